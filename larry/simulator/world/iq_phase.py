"""The phases of an IQ between power and running: starting, rebooting, resetting, updating."""

from __future__ import annotations

from collections.abc import Callable

from larry.simulator.world.timer_queue import Timer, TimerQueue


class IqPhase:
    """Where the IQ's program is; phases other than `running` and `off` end by themselves.

    Args:
        timers: of the world.
        ended: called when a phase is over, before anything else; it starts the next one.
    """

    def __init__(self, timers: TimerQueue, ended: Callable[[], None]) -> None:
        self._timers = timers
        self._ended = ended
        self._timer: Timer | None = None
        self.name = "running"

    @property
    def is_running(self) -> bool:
        """True when the program runs, also while it updates."""
        return self.name in ("running", "updating")

    def enter(self, name: str, duration_s: float | None = None) -> None:
        """Begin a phase; without a duration it stays until the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.name = name
        if duration_s is not None:
            self._timer = self._timers.after(duration_s, self._over)

    def _over(self) -> None:
        self._timer = None
        self._ended()
