"""What a scenario lets happen by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from larry.errors import InputError
from larry.simulator.build_world import build_world
from larry.simulator.practice_site import PracticeSite
from larry.simulator.scenario import load_scenario
from larry.simulator.script import happening
from larry.simulator.world.clock import ManualClock


def test_acts_and_faults_happen_at_their_moments() -> None:
    script = (
        happening({"at_s": 5, "device": "Room 103", "act": "batteries-out"}),
        happening({"at_s": 0, "fault": "extra-loss-db", "device": "Room 104", "db": 9}),
        happening({"at_s": 7, "fault": "extra-loss-db", "device": "Room 104", "on": False}),
        happening({"at_s": 8, "device": "Room 103", "act": "batteries-out"}),
    )
    world = build_world(replace(load_scenario(), script=script), ManualClock())
    world.advance(1)
    assert world.find("Room 104").extra_loss_db == 9
    assert world.find("Room 103").powered
    world.advance(5)
    assert not world.find("Room 103").powered
    world.advance(5)
    assert world.find("Room 104").extra_loss_db == 0
    assert world.events.since(0)[-1].what == "script", "taking batteries out twice is noted, not fatal"


@pytest.mark.parametrize(
    "entry",
    [
        {"device": "Room 103", "act": "tag"},
        {"at_s": -1, "device": "Room 103", "act": "tag"},
        {"at_s": 1, "device": "Room 103"},
        {"at_s": 1, "device": "Room 103", "act": "tag", "fault": "loss"},
        {"at_s": 1, "act": "tag"},
        {"at_s": 1, "device": "Room 103", "act": "tag", "db": 3},
        {"at_s": 1, "fault": "loss", "on": "yes"},
        {"at_s": 1, "fault": 5},
    ],
)
def test_wrong_entries_are_refused(entry: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        happening(entry)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"at_s": 1, "device": "Room 999", "act": "tag"}, "Room 999"),
        ({"at_s": 1, "device": "IQ Lobby", "act": "tag"}, "tag"),
        ({"at_s": 1, "fault": "meteor"}, "meteor"),
    ],
)
def test_what_is_not_there_is_said(entry: dict[str, Any], why: str) -> None:
    with pytest.raises(InputError) as refused:
        PracticeSite(replace(load_scenario(), script=(happening(entry),)))
    assert why in refused.value.why
