"""What all groups of routes share: one connection, records out of answers, capabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from larry.cloud.capabilities import PUBLIC_CAPABILITIES, Capabilities
from larry.cloud.clock import CloudClock
from larry.cloud.cloud_wait import CloudWait
from larry.cloud.connection import CloudConnection
from larry.cloud.host import CloudHost
from larry.cloud.listing import read_list
from larry.cloud.record_reader import read_record
from larry.cloud.timeouts import CloudTimeouts
from larry.cloud.token_source import TokenSource
from larry.cloud.unreachable import foreign_answer
from larry.errors import CloudRefusedError

Record = TypeVar("Record")


class CloudRequests:
    """Base of `CloudClient`; see there for the arguments."""

    def __init__(
        self,
        base_url: str,
        token: TokenSource,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        timeouts: CloudTimeouts | None = None,
        clock: CloudClock | None = None,
        on_wait: Callable[[CloudWait], None] | None = None,
        api_version: str = "v1.2",
    ) -> None:
        self.host = CloudHost.from_url(base_url)
        self._connection = CloudConnection(
            self.host, token, transport=transport, timeouts=timeouts, clock=clock, on_wait=on_wait
        )
        self._version = api_version
        self._capabilities: Capabilities | None = None

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        await self.close()

    async def close(self) -> None:
        """Close all sockets."""
        await self._connection.close()

    def expect_new(self, thing_id: str) -> None:
        """Treat an id as just created (a resumed job did it): its routes may need up to a minute."""
        self._connection.expect_new(thing_id)

    async def capabilities(self) -> Capabilities:
        """Return what this host offers; asked once.

        Only a practice cloud is asked; any other host has what is published.
        """
        if self._capabilities is None:
            names: Sequence[str] = [capability.value for capability in PUBLIC_CAPABILITIES]
            if self.host.practice:
                names = [*names, *await self._practice_capabilities()]
            self._capabilities = Capabilities.of(self.host.origin, names)
        return self._capabilities

    def _url(self, *segments: str) -> str:
        """Return the address of a published route."""
        path = "/".join(quote(segment, safe="") for segment in segments)
        return self.host.url(f"/{self._version}/{path}")

    async def _list(self, record: type[Record], url: str, action: str) -> list[Record]:
        return self._records(record, await read_list(self._connection, url, action), action)

    async def _one(
        self, record: type[Record], method: str, url: str, action: str, body: Any = None
    ) -> Record:
        answer = await self._connection.request(method, url, action, body=body)
        return self._records(record, [answer], action)[0]

    def _records(self, record: type[Record], items: Sequence[object], action: str) -> list[Record]:
        try:
            return [read_record(record, item) for item in items]
        except ValueError as error:
            raise foreign_answer(self.host, action) from error

    async def _practice_capabilities(self) -> list[str]:
        action = "What the practice cloud offers could not be read."
        url = self.host.url("/practice/capabilities")
        try:
            answer = await self._connection.request("GET", url, action, signed=False)
        except CloudRefusedError:
            return []  # some other service on this computer, with the public routes only
        names = answer.get("capabilities", []) if isinstance(answer, dict) else []
        return [str(name) for name in names]
