"""Attach, card, detach, heartbeats (domain.md 4 and 5)."""

from __future__ import annotations

import pytest

from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.node import UNKNOWN_IQ
from larry.simulator.world.refusal import RefusalError
from larry.simulator.world.repeater import SimulatedRepeater


def attach(world: World, iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock) -> None:
    iq.links.attach(lock.device_id, repeater.device_id, "lock")
    lock.present_maintenance_card()
    world.advance(10)


def test_lock_goes_pending_attached_online(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    assert lock.link_state == "free"
    assert online_iq.links.attach(lock.device_id, repeater.device_id, "lock") == "attached_pending"
    assert lock.link_state == "attached_pending"
    world.advance(600)
    assert lock.link_state == "attached_pending"
    lock.present_maintenance_card()
    assert str(lock.led) == "orange flashing"
    world.advance(2)
    assert lock.link_state == "attached"
    assert str(lock.led) == "green steady"
    assert not lock.online
    world.advance(3)
    assert lock.online


def test_card_without_anybody_waiting_is_red(world: World, lock: SimulatedLock) -> None:
    lock.present_maintenance_card()
    world.advance(2)
    assert str(lock.led) == "red steady"
    assert lock.link_state == "free"


def test_lock_of_another_iq_is_red_at_the_card(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    world.faults.set("stuck-at-other-iq", True, {"device": "Room 103"})
    assert lock.attached_to == UNKNOWN_IQ
    attach(world, online_iq, repeater, lock)
    item = online_iq.tree.find(lock.device_id)
    assert item is not None
    assert item.link_state == "attached_pending"
    assert world.events.since(0)[-1].what == "attached-elsewhere"
    world.faults.set("stuck-at-other-iq", False, {"device": "Room 103"})
    lock.present_maintenance_card()
    world.advance(10)
    assert lock.online


def test_out_of_range_lock_stays_pending(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    world.faults.set("extra-loss-db", True, {"device": "Room 103", "db": 60})
    attach(world, online_iq, repeater, lock)
    assert lock.link_state == "attached_pending"
    assert lock.attached_to is None


def test_card_shows_online_and_offline(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    attach(world, online_iq, repeater, lock)
    lock.present_maintenance_card()
    assert str(lock.led) == "green steady"
    repeater.set_power(False)
    world.advance(6 * 60)
    lock.present_maintenance_card()
    assert str(lock.led) == "red steady"


def test_offline_only_after_five_missed_heartbeats(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    attach(world, online_iq, repeater, lock)
    lock.set_power(False)
    world.advance(4 * 60)
    assert lock.online, "stale by four heartbeats"
    world.advance(2 * 60)
    assert not lock.online
    lock.set_power(True)
    world.advance(61)
    assert lock.online


def test_detach_has_two_phases(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    attach(world, online_iq, repeater, lock)
    assert online_iq.links.detach(lock.device_id) == "detached_pending"
    world.advance(3600)
    assert lock.link_state == "detached_pending"
    lock.present_maintenance_card()
    world.advance(3)
    item = online_iq.tree.find(lock.device_id)
    assert item is not None
    assert item.link_state == "detached"
    assert lock.link_state == "free"


def test_detach_before_the_card_is_done_at_once(
    online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    online_iq.links.attach(lock.device_id, repeater.device_id, "lock")
    assert online_iq.links.detach(lock.device_id) == "detached"
    assert lock.link_state == "free"


def test_lock_attached_here_is_not_taken_by_another_iq(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    attach(world, online_iq, repeater, lock)
    other = world.find("IQ Lobby")
    assert isinstance(other, SimulatedIq)
    other.links.attach(lock.device_id, None, "lock")
    lock.present_maintenance_card()
    world.advance(10)
    assert lock.attached_to == online_iq.device_id


@pytest.mark.parametrize(
    ("technology", "act", "opens"),
    [
        ("ble", "construction", True),
        ("ble", "tag", False),
        ("rf", "tag", True),
        ("rf", "construction", False),
    ],
)
def test_is_it_free(lock: SimulatedLock, technology: str, act: str, opens: bool) -> None:
    lock.technology = technology
    (lock.present_construction_card if act == "construction" else lock.present_tag)()
    assert str(lock.led) == ("green steady" if opens else "red steady")


def test_attached_lock_rejects_construction_card(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    attach(world, online_iq, repeater, lock)
    lock.present_construction_card()
    assert str(lock.led) == "red steady"


def test_lock_without_batteries_is_dark(world: World, lock: SimulatedLock) -> None:
    lock.set_power(False)
    lock.present_maintenance_card()
    world.advance(5)
    assert str(lock.led) == "off"
    assert world.events.since(0)[-1].what == "no-reaction"


def test_repeater_links_by_button_and_is_freed_by_clear(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater
) -> None:
    assert repeater.link_state == "attached"
    assert repeater.online
    world.advance(10)
    assert str(repeater.led) == "off"
    assert online_iq.links.detach(repeater.device_id) == "detached_pending"
    repeater.hold_reset(2)
    assert repeater.link_state == "detached_pending", "its reset button does not free it"
    repeater.hold_clear(3)
    assert repeater.link_state == "free"
    assert str(repeater.led) == "red steady"


def test_clear_before_the_software_leaves_a_dead_entry(
    online_iq: SimulatedIq, repeater: SimulatedRepeater
) -> None:
    repeater.hold_clear(3)
    item = online_iq.tree.find(repeater.device_id)
    assert item is not None
    assert item.link_state == "attached"
    assert repeater.factory


def test_clear_shorter_than_three_seconds_does_nothing(repeater: SimulatedRepeater) -> None:
    repeater.hold_clear(2)
    assert repeater.link_state == "attached"


def test_repeater_with_locks_cannot_be_detached(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    attach(world, online_iq, repeater, lock)
    with pytest.raises(RefusalError) as refused:
        online_iq.links.detach(repeater.device_id)
    assert refused.value.code == "has-children"
