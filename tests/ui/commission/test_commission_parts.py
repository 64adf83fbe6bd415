"""Words and numbers of the stage's parts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from ui.components.countdown_ring import CountdownRing, clock_text
from ui.components.step_bar import BarStep, StepBar
from ui.stages.commission.moments import clock, moment, rest_s


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(84, "1:24"), (83.2, "1:24"), (60, "1:00"), (0.4, "0:01"), (0, "0:00"), (-5, "0:00"), (600, "10:00")],
)
def test_countdown_text(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


def test_the_ring_speaks_at_60_30_and_10_seconds_only(dressed: QApplication) -> None:
    ring = CountdownRing()
    heard = []
    for rest in range(70, -1, -1):
        ring.show_rest(rest, 120, "until 10:44:31")
        if not heard or heard[-1] != ring.accessibleName():
            heard.append(ring.accessibleName())
    assert heard == [f"{text} left, until 10:44:31" for text in ("1:10", "1:00", "0:30", "0:10")]


def test_moments_are_local_and_forgiving() -> None:
    at = datetime.now(UTC) + timedelta(seconds=90)
    assert 88 < rest_s(at.isoformat()) <= 90
    assert rest_s((at - timedelta(seconds=200)).isoformat()) == 0.0
    assert clock(at.isoformat()) == at.astimezone().strftime("%H:%M:%S")
    assert (clock(None), clock("soon"), moment(""), rest_s(None)) == ("", "", None, 0.0)


def test_the_step_bar_tells_its_states(dressed: QApplication) -> None:
    bar = StepBar()
    bar.show_steps((BarStep("Device ID", "10:42", "done"), BarStep("Present card", "waiting", "waiting")))
    assert bar.accessibleName() == "Steps: 1 Device ID, done; 2 Present card, waiting"
    for width in (300, 900):
        bar.resize(width, 56)
        assert not bar.grab().isNull()
