"""A clock that never waits, and a client whose server is a function."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import httpx
import pytest

from larry.cloud.client import CloudClient
from larry.cloud.cloud_wait import CloudWait


class HandClock:
    """Sleeping moves the time and nothing else."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.slept: list[float] = []

    def monotonic_s(self) -> float:
        return self.now_s

    def utc_s(self) -> float:
        return 1_790_000_000.0 + self.now_s

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


@pytest.fixture
def waits() -> list[CloudWait]:
    return []


Handler = Callable[[httpx.Request], httpx.Response]
ClientOf = Callable[..., CloudClient]


@pytest.fixture
async def client_of(hand_clock: HandClock, waits: list[CloudWait]) -> AsyncIterator[ClientOf]:
    """Make clients of `https://cloud.example.com` answered by a handler; all are closed at the end."""
    async with AsyncExitStack() as stack:

        def make(
            handler: Handler, base_url: str = "https://cloud.example.com", **options: object
        ) -> CloudClient:
            settings: dict[str, object] = {
                "token": lambda: "planted-secret-token",
                "clock": hand_clock,
                "on_wait": waits.append,
                **options,
            }
            client = CloudClient(base_url, transport=httpx.MockTransport(handler), **settings)  # type: ignore[arg-type]
            stack.push_async_callback(client.close)
            return client

        yield make
