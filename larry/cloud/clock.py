"""The client's clock, so that tests need not wait."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class CloudClock(Protocol):
    """Where the client reads the time and how it waits."""

    def monotonic_s(self) -> float:
        """Return seconds that only grow."""
        ...

    def utc_s(self) -> float:
        """Return seconds since 1970, as the laptop believes."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemCloudClock:
    """The laptop's own clock."""

    def monotonic_s(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()

    def utc_s(self) -> float:
        """Return seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
