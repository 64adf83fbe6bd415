"""Clocks of the practice site: one that follows real time at a chosen speed, one that tests move by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """Where virtual seconds come from."""

    def now_s(self) -> float:
        """Return seconds since the practice site started."""
        ...

    def set_speed(self, speed: float) -> None:
        """Let virtual time run `speed` times as fast as real time; 0 pauses it."""
        ...

    @property
    def speed(self) -> float:
        """Virtual seconds per real second."""
        ...

    def real_delay_s(self, at_s: float) -> float | None:
        """Return the real seconds until the virtual moment `at_s`, or None while paused."""
        ...


class VirtualClock:
    """Real time, stretched: continuous when the speed changes."""

    def __init__(self, real_s: Callable[[], float] = time.monotonic, speed: float = 1.0) -> None:
        self._real_s = real_s
        self._speed = speed
        self._base_real_s = real_s()
        self._base_virtual_s = 0.0

    @property
    def speed(self) -> float:
        """Virtual seconds per real second; 0 while paused."""
        return self._speed

    def now_s(self) -> float:
        """Return virtual seconds since the start."""
        return self._base_virtual_s + (self._real_s() - self._base_real_s) * self._speed

    def set_speed(self, speed: float) -> None:
        """Change the speed from now on; what has passed stays passed.

        Raises:
            ValueError: for a negative speed, or one over 1000.
        """
        if not 0 <= speed <= 1000:
            raise ValueError("the speed must be between 0 (paused) and 1000")
        self._base_virtual_s = self.now_s()
        self._base_real_s = self._real_s()
        self._speed = speed

    def real_delay_s(self, at_s: float) -> float | None:
        """Return the real seconds until `at_s`, at least 0; None while paused."""
        if self._speed == 0:
            return None
        return max(0.0, (at_s - self.now_s()) / self._speed)


class ManualClock:
    """Stands still until told; for tests that must not wait."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self.speed = 0.0

    def now_s(self) -> float:
        """Return the moment it was moved to."""
        return self._now_s

    def set_speed(self, speed: float) -> None:
        """Note the speed; this clock moves by `advance` only."""
        self.speed = speed

    def advance(self, seconds: float) -> None:
        """Move forward."""
        self._now_s += seconds

    def real_delay_s(self, at_s: float) -> float | None:
        """Return None: no real delay leads to any virtual moment."""
        del at_s
        return None
