"""Things that will happen at a virtual moment, run strictly in order so that a run can be repeated."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from larry.simulator.world.clock import Clock


@dataclass(order=True)
class Timer:
    """One planned happening; `cancel` makes it not happen."""

    at_s: float
    order: int
    action: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Forget it; harmless when it already happened."""
        self.cancelled = True


class TimerQueue:
    """A heap of timers on a clock. While a timer runs, `now_s` is the moment it was planned for."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._heap: list[Timer] = []
        self._order = itertools.count()
        self._running_at_s: float | None = None
        self.on_earlier: Callable[[], None] = lambda: None
        """Called when a new timer became the next one: whoever sleeps until `next_due_s` looks again."""

    @property
    def now_s(self) -> float:
        """The virtual moment; inside a timer, the moment it was due."""
        return self.clock.now_s() if self._running_at_s is None else self._running_at_s

    @property
    def next_due_s(self) -> float | None:
        """The moment of the next timer, None when nothing is planned."""
        while self._heap and self._heap[0].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0].at_s if self._heap else None

    def after(self, delay_s: float, action: Callable[[], None]) -> Timer:
        """Plan `action` for `delay_s` virtual seconds from now."""
        timer = Timer(self.now_s + delay_s, next(self._order), action)
        first = self.next_due_s
        heapq.heappush(self._heap, timer)
        if first is None or timer.at_s < first:
            self.on_earlier()
        return timer

    def run_due(self) -> int:
        """Run everything that is due, in order; return how many ran."""
        count = 0
        until_s = self.clock.now_s()
        while (due_s := self.next_due_s) is not None and due_s <= until_s:
            timer = heapq.heappop(self._heap)
            self._running_at_s = due_s
            try:
                timer.action()
            finally:
                self._running_at_s = None
            count += 1
        return count
