"""Places, radio, acts, faults, events, determinism."""

from __future__ import annotations

import random
from typing import Any

import pytest

from larry.simulator.build_world import build_world
from larry.simulator.scenario import load_scenario
from larry.simulator.world import World
from larry.simulator.world.acts import ActError, acts_of, do_act
from larry.simulator.world.clock import ManualClock
from larry.simulator.world.faults import FaultError
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.position import Position
from larry.simulator.world.propagation import BuildingWall, RadioModel
from larry.simulator.world.refusal import RefusalError


def test_signal_weakens_with_distance_walls_and_ceilings() -> None:
    model, here = RadioModel(), Position(0, 0)
    wall = BuildingWall(0, 2.5, -1, 2.5, 1, 6.0)
    near = model.received_dbm(here, Position(1, 0), ())
    far = model.received_dbm(here, Position(5, 0), ())
    assert near == pytest.approx(-45)
    assert far < near
    assert model.received_dbm(here, Position(5, 0), (wall,)) == pytest.approx(far - 6)
    assert (
        model.received_dbm(here, Position(5, 3), (wall,)) > model.received_dbm(here, Position(5, 3), ()) - 1
    )
    beside = model.received_dbm(here, Position(2.5, 0), (wall,))
    assert beside == model.received_dbm(here, Position(2.5, 0), ()), "mounted on the wall is not behind it"
    above = model.received_dbm(here, Position(0, 0, 1), ())
    assert above < model.received_dbm(here, Position(3, 0), ()) - 10


def test_every_link_of_the_plan_holds(world: World) -> None:
    assert len(world.iqs) == 2
    assert len(world.repeaters) == 5
    assert len(world.locks) == 24
    for device in world:
        level = world.rssi_at_laptop_dbm(device)
        assert level is not None, f"{device.name} is heard where the installer starts"
        assert level > -85


def test_a_device_far_away_is_not_heard(world: World) -> None:
    world.move_laptop(Position(500, 500), "far away")
    assert all(world.rssi_at_laptop_dbm(device) is None for device in world)


def test_out_of_range_fault_breaks_the_link(world: World) -> None:
    lost: list[str] = []
    world.faults.on_link_lost = lambda device: lost.append(device.name)
    world.faults.set("out-of-range", True, {"device": "Room 103"})
    assert lost == ["Room 103"]
    assert world.rssi_at_laptop_dbm(world.find("Room 103")) is None
    world.faults.set("out-of-range", False, {"device": "Room 103"})
    assert world.rssi_at_laptop_dbm(world.find("Room 103")) is not None


@pytest.mark.parametrize(
    ("fault", "numbers"),
    [
        ("no-such-fault", {}),
        ("link-lost", {"device": "nobody"}),
        ("extra-loss-db", {"device": "Room 103", "db": "much"}),
        ("extra-loss-db", {"device": "Room 103", "db": -3}),
        ("stuck-at-other-iq", {"device": "IQ Lobby"}),
        ("battery-low", {"device": "Rep 1"}),
    ],
)
def test_wrong_faults_are_refused(world: World, fault: str, numbers: dict[str, Any]) -> None:
    with pytest.raises(FaultError):
        world.faults.set(fault, True, numbers)
    assert world.faults.active == {}


def test_active_faults_are_listed_until_switched_off(world: World) -> None:
    world.faults.set("no-dhcp", True, {})
    world.faults.set("extra-loss-db", True, {"device": "Room 103", "db": 6})
    assert world.faults.active == {"no-dhcp": True, "extra-loss-db:Room 103": {"db": 6}}
    world.faults.set("no-dhcp", False, {})
    world.faults.set("extra-loss-db", False, {"device": world.find("Room 103").device_id})
    assert world.faults.active == {}


def test_acts_are_those_of_the_kind(world: World) -> None:
    assert "maintenance-card" in acts_of(world.find("Room 103"))
    assert "clear-3s" in acts_of(world.find("Rep 1"))
    with pytest.raises(ActError, match="reset-2s"):
        do_act(world.find("IQ Lobby"), "maintenance-card")
    with pytest.raises(RefusalError):
        do_act(world.find("IQ Lobby"), "power-on")


def test_devices_are_found_by_name_and_id(world: World) -> None:
    assert world.find("00A1B2C35D0288") is world.find("Room 103")
    with pytest.raises(KeyError):
        world.find("Room 999")


def test_a_name_stands_once(world: World) -> None:
    with pytest.raises(ValueError, match="twice"):
        world.add(world.find("Room 103"))


def _play(seed: int) -> list[dict[str, Any]]:
    """Do a hundred chosen acts on a hotel."""
    world = build_world(load_scenario(), ManualClock(), seed)
    hands = random.Random(seed)
    for iq in world.iqs:
        iq.hold_reset(2)
        iq.wifi.provision("Adler-Staff", "practice-Edelweiss")
    for _ in range(100):
        device = hands.choice(list(world))
        if isinstance(device, SimulatedIq) and hands.random() < 0.7:
            target = hands.choice([*world.locks, *world.repeaters])
            try:
                device.links.attach(target.device_id, None, target.kind)
            except RefusalError as refusal:
                world.note("site", refusal.code, refusal.text)
        else:
            try:
                do_act(device, hands.choice(sorted(acts_of(device))))
            except RefusalError as refusal:
                world.note("site", refusal.code, refusal.text)
        world.advance(hands.uniform(0, 30))
    return [event.to_json() for event in world.events.since(0)]


def test_same_seed_and_acts_give_the_same_events() -> None:
    first = _play(20)
    assert len(first) > 120
    assert first == _play(20)
    assert first != _play(21)


@pytest.mark.parametrize("seed", range(12))
def test_no_act_ever_breaks_the_world(seed: int) -> None:
    numbers = [event["number"] for event in _play(seed)]
    assert numbers == list(range(1, len(numbers) + 1))
