"""The control of the practice site from Larry's side: eyes, hands, building and bad luck."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import httpx

from larry.errors import AnswerIsNoError, UnreachableError

TIMEOUT_S = 10.0


class PracticeControl:
    """Client of the control API of a practice site on this computer; `async with`, or `close` it.

    Every method raises `UnreachableError` when the practice site does not answer, and `AnswerIsNoError`
    with its own words when it refuses.
    """

    def __init__(self, base_url: str) -> None:
        # trust_env off: a proxy of the laptop must not stand between Larry and its own process.
        self._client = httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT_S, trust_env=False)

    async def world(self) -> dict[str, Any]:
        """Return everything an eye can see, stickers included."""
        return await self._ask("GET", "/world")

    async def act(self, device: str, act: str) -> dict[str, Any]:
        """Do something with hands at a device (Device ID or name); return how it is then."""
        return await self._ask("POST", "/acts", {"device": device, "act": act})

    async def fault(self, name: str, on: bool = True, **numbers: Any) -> dict[str, Any]:
        """Switch a fault on or off."""
        return await self._ask("POST", "/faults", {"fault": name, "on": on, **numbers})

    async def walk_to(self, device: str) -> dict[str, Any]:
        """Carry the laptop to a device."""
        return await self._ask("POST", "/laptop", {"near": device})

    async def walk_on(self, x_m: float, y_m: float, level: int) -> dict[str, Any]:
        """Carry the laptop to a place of the building."""
        return await self._ask("POST", "/laptop", {"x_m": x_m, "y_m": y_m, "level": level})

    async def carry(self, device: str, x_m: float, y_m: float, level: int) -> dict[str, Any]:
        """Carry a device to another place; return how it is then."""
        return await self._ask("POST", "/move", {"device": device, "x_m": x_m, "y_m": y_m, "level": level})

    async def events(self, since: int = 0) -> list[dict[str, Any]]:
        """Return what happened after the event of this number, oldest first."""
        return list((await self._ask("GET", f"/events?since={since}"))["events"])

    async def set_speed(self, speed: float) -> dict[str, Any]:
        """Let the practice site run faster than life; 0 holds it."""
        return await self._ask("POST", "/time", {"speed": speed})

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _ask(self, method: str, route: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            response = await self._client.request(method, route, json=body)
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise UnreachableError(
                "The practice site does not answer.", remedy="Start the practice site again."
            ) from error
        if response.is_error:
            raise AnswerIsNoError(str(answer.get("error", "The practice site refused.")))
        return dict(answer)
