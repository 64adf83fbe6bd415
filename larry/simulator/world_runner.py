"""Lets the world's timers run in real time."""

from __future__ import annotations

import asyncio

from larry.simulator.world import World

_LONGEST_SLEEP_S = 3600.0


class WorldRunner:
    """Sleeps until the next timer is due, however fast virtual time runs."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin; needs a running loop."""
        self._world.timers.on_earlier = self.rearm
        self.rearm()

    def stop(self) -> None:
        """Run nothing any more."""
        self._world.timers.on_earlier = lambda: None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def rearm(self) -> None:
        """Look again when the next timer is due: a timer was added, or the speed changed."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        due_s = self._world.timers.next_due_s
        delay_s = None if due_s is None else self._world.timers.clock.real_delay_s(due_s)
        if delay_s is not None:
            loop = asyncio.get_running_loop()
            self._handle = loop.call_later(min(delay_s, _LONGEST_SLEEP_S), self._run)

    def _run(self) -> None:
        self._handle = None
        self._world.timers.run_due()
        self.rearm()
