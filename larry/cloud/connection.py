"""One connection to the cloud: sends a request, waits where waiting helps, translates every ending."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Literal

import httpx

from larry.cloud.clock import CloudClock, SystemCloudClock
from larry.cloud.cloud_wait import CloudWait
from larry.cloud.host import CloudHost
from larry.cloud.refusal import Refusal, find_refusal
from larry.cloud.retry_after import retry_after_s
from larry.cloud.timeouts import CloudTimeouts
from larry.cloud.token_source import TokenSource, read_token
from larry.cloud.unreachable import (
    captive_portal,
    cloud_in_trouble,
    cloud_is_busy,
    foreign_answer,
    transport_error,
)

logger = logging.getLogger(__name__)

_FIRST_SETTLE_WAIT_S = 1.0
_LONGEST_SETTLE_WAIT_S = 8.0
_USUAL_BUSY_WAIT_S = 5.0


class CloudConnection:
    """Requests to one host, with the waiting rules of domain.md 6.

    Things created less than `settle_s` ago (see `expect_new`) may answer 403/2203 or 404/2202: such
    requests are sent again with growing pauses. HTTP 429, and 503 with Retry-After, are waited for.
    Nothing else is repeated: a request whose answer was lost may have arrived, and only the caller can
    find out.
    """

    def __init__(
        self,
        host: CloudHost,
        token: TokenSource,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        timeouts: CloudTimeouts | None = None,
        clock: CloudClock | None = None,
        on_wait: Callable[[CloudWait], None] | None = None,
    ) -> None:
        self.host = host
        self._token = token
        self._timeouts = timeouts or CloudTimeouts()
        self._clock = clock or SystemCloudClock()
        self._on_wait = on_wait
        self._new_since_s: dict[str, float] = {}
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(self._timeouts.answer_s, connect=self._timeouts.connect_s),
            trust_env=not host.practice,  # a proxy of the environment has no business inside this computer
            follow_redirects=False,
            headers={"Accept": "application/json, application/problem+json"},
        )

    async def close(self) -> None:
        """Close all sockets."""
        await self._http.aclose()

    def expect_new(self, thing_id: str) -> None:
        """Note that this id was created just now, so its routes may need up to `settle_s` to know it."""
        self._new_since_s[thing_id] = self._clock.monotonic_s()

    def expect_no_more(self, thing_id: str) -> None:
        """Forget that an id is new: refusals about it are meant."""
        self._new_since_s.pop(thing_id, None)

    async def request(
        self,
        method: str,
        url: str,
        action: str,
        *,
        body: Any = None,
        code_sent: bool = False,
        signed: bool = True,
    ) -> Any:
        """Send one request and return the decoded JSON of a good answer (None when it is empty).

        Args:
            method: HTTP method.
            url: full address on this host.
            action: what did not happen if it goes wrong, one sentence for a person.
            body: sent as JSON.
            code_sent: the body carries a Code of the owner's app.
            signed: send the token.

        Raises:
            CloudRefusedError: the cloud said no, with its code.
            CloudUnreachableError: no connection, no answer, or not the cloud's answer.
        """
        started_s = self._clock.monotonic_s()
        pause_s = _FIRST_SETTLE_WAIT_S
        while True:
            response = await self._send(method, url, action, body, signed)
            busy_s = self._busy_wait_s(response)
            if busy_s is not None:
                left_s = self._timeouts.busy_s - (self._clock.monotonic_s() - started_s)
                if busy_s > left_s:
                    raise cloud_is_busy(action, busy_s)
                await self._wait("busy", action, busy_s, left_s)
                continue
            answer, refusal = self._read(response, action, writes=method != "GET")
            if refusal is None:
                return answer
            left_s = self._settle_left_s(url) if refusal.may_settle else 0.0
            if left_s <= 0:
                logger.info(
                    "cloud refused %s: HTTP %s code %s", method, refusal.status, refusal.code or "none"
                )
                raise refusal.error(action, code_sent=code_sent)
            await self._wait("settling", action, min(pause_s, left_s), left_s)
            pause_s = min(2 * pause_s, _LONGEST_SETTLE_WAIT_S)

    async def _send(self, method: str, url: str, action: str, body: Any, signed: bool) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await read_token(self._token)}"} if signed else {}
        # httpx limits each read; the sum of them needs a limit too, or a trickling answer never ends.
        longest_s = self._timeouts.connect_s + self._timeouts.answer_s
        try:
            async with asyncio.timeout(longest_s):
                return await self._http.request(method, url, json=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            writes, answer_s = method != "GET", self._timeouts.answer_s
            raise transport_error(error, self.host, action, writes=writes, answer_s=answer_s) from error

    def _busy_wait_s(self, response: httpx.Response) -> float | None:
        header = response.headers.get("Retry-After")
        if response.status_code == 429 or (response.status_code == 503 and header is not None):
            asked_s = retry_after_s(header, self._clock.utc_s())
            return _USUAL_BUSY_WAIT_S if asked_s is None else max(asked_s, 0.1)
        return None

    def _read(self, response: httpx.Response, action: str, *, writes: bool) -> tuple[Any, Refusal | None]:
        status, kind = response.status_code, response.headers.get("Content-Type", "")
        if status == 511 or 300 <= status < 400 or ("html" in kind and status < 300):
            raise captive_portal(action)
        if "html" in kind and status < 500:
            raise foreign_answer(self.host, action)
        try:
            answer = response.json() if response.content.strip() else None
        except ValueError as error:
            if status < 400:
                raise foreign_answer(self.host, action) from error
            answer = None
        refusal = find_refusal(status, kind, answer)
        if refusal is not None and not refusal.code and status >= 500:
            raise cloud_in_trouble(action, status, writes=writes)
        return answer, refusal

    def _settle_left_s(self, url: str) -> float:
        """Return how long the youngest new thing named in the address may still be unknown."""
        segments = set(url.partition("?")[0].split("/"))
        ages_s = [
            self._clock.monotonic_s() - at_s for key, at_s in self._new_since_s.items() if key in segments
        ]
        return self._timeouts.settle_s - min(ages_s) if ages_s else 0.0

    async def _wait(
        self, reason: Literal["settling", "busy"], action: str, next_try_s: float, deadline_s: float
    ) -> None:
        if self._on_wait is not None:
            self._on_wait(CloudWait(reason, action, next_try_s, deadline_s))
        await self._clock.sleep(next_try_s)
