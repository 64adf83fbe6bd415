"""Virtual time and timers."""

from __future__ import annotations

import pytest

from larry.simulator.world.clock import ManualClock, VirtualClock
from larry.simulator.world.timer_queue import TimerQueue


def test_speed_changes_are_continuous() -> None:
    real = [100.0]
    clock = VirtualClock(lambda: real[0])
    real[0] += 10
    assert clock.now_s() == 10
    clock.set_speed(20)
    real[0] += 1
    assert clock.now_s() == 30
    assert clock.real_delay_s(50) == 1
    clock.set_speed(0)
    real[0] += 1000
    assert clock.now_s() == 30
    assert clock.real_delay_s(31) is None


@pytest.mark.parametrize("speed", [-1, 1001])
def test_impossible_speeds_are_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        VirtualClock().set_speed(speed)


def test_timers_run_in_order_each_at_its_moment() -> None:
    clock = ManualClock()
    queue = TimerQueue(clock)
    seen: list[tuple[str, float]] = []
    queue.after(2, lambda: seen.append(("late", queue.now_s)))
    first = queue.after(1, lambda: (seen.append(("early", queue.now_s)), queue.after(0.5, again))[0])

    def again() -> None:
        seen.append(("again", queue.now_s))

    queue.after(1, lambda: seen.append(("second of the same moment", queue.now_s)))
    clock.advance(5)
    assert queue.run_due() == 4
    assert seen == [("early", 1), ("second of the same moment", 1), ("again", 1.5), ("late", 2)]
    first.cancel()


def test_cancelled_timers_do_not_run() -> None:
    clock = ManualClock()
    queue = TimerQueue(clock)
    timer = queue.after(1, lambda: pytest.fail("cancelled"))
    timer.cancel()
    assert queue.next_due_s is None
    clock.advance(5)
    assert queue.run_due() == 0
