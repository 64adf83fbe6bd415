"""The job's clock: time stamps, deadlines and waits, so that tests need not wait."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

MIN_PAUSE_S = 0.25
"""Real seconds: nothing is asked more often than four times a second."""


class JobClock(Protocol):
    """Where the job reads the time and how it waits. Seconds are those of the site."""

    def monotonic_s(self) -> float:
        """Return seconds that only grow."""
        ...

    def utc_iso(self, in_s: float = 0.0) -> str:
        """Return the moment `in_s` seconds from now, ISO 8601, UTC."""
        ...

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Wait until the event is set or the time has passed."""
        ...


class SystemJobClock:
    """The laptop's clock.

    Args:
        speed: seconds of the site per real second; a practice site may run faster than life.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed

    def monotonic_s(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic() * self._speed

    def utc_iso(self, in_s: float = 0.0) -> str:
        """Return the real moment at which `in_s` seconds of the site have passed."""
        moment = datetime.now(UTC) + timedelta(seconds=in_s / self._speed)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Wait until the event is set or the time has passed, but at least 0.25 s of real time."""
        with contextlib.suppress(TimeoutError):
            # Not wait_for: Python 3.11 swallows a cancellation that meets the event (gh-86296).
            async with asyncio.timeout(max(seconds / self._speed, MIN_PAUSE_S)):
                await event.wait()
