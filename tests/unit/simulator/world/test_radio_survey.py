"""What an IQ measures: levels that follow the building, packet by packet."""

from __future__ import annotations

from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.radio_survey import PACKETS_PER_S, HeardNode, survey
from larry.simulator.world.repeater import SimulatedRepeater


def link(heard: list[HeardNode], by: str, to: str) -> HeardNode | None:
    return next((each for each in heard if (each.heard_by, each.device_id) == (by, to)), None)


def test_levels_are_those_of_the_building(world: World, online_iq: SimulatedIq, lock: SimulatedLock) -> None:
    mean_dbm = world.rssi_between_dbm(online_iq, lock)
    assert mean_dbm is not None
    found = link(survey(world, online_iq, 10, 0), online_iq.device_id, lock.device_id)
    assert found is not None
    assert found.rssi_there_dbm is not None
    assert found.rssi_here_dbm is not None
    assert abs(found.rssi_there_dbm - mean_dbm) <= 1.5
    assert abs(found.rssi_here_dbm - (mean_dbm - world.radio.lock_weaker_db)) <= 1.5
    assert (found.count, found.success_percent) == (10 * PACKETS_PER_S, 100)


def test_less_power_and_an_open_door_are_seen(
    world: World, online_iq: SimulatedIq, lock: SimulatedLock
) -> None:
    def level_dbm(reduce_db: int = 0) -> int:
        found = link(survey(world, online_iq, 60, reduce_db), online_iq.device_id, lock.device_id)
        assert found is not None
        assert found.rssi_there_dbm is not None
        return found.rssi_there_dbm

    full_dbm = level_dbm()
    assert abs(full_dbm - level_dbm(6) - 6) <= 1
    lock.set_door(True)
    assert abs(full_dbm - level_dbm() - world.radio.door_open_db) <= 1


def test_lost_packets_are_counted(world: World, online_iq: SimulatedIq, lock: SimulatedLock) -> None:
    world.faults.set("loss", True, {"value": 0.3})
    found = link(survey(world, online_iq, 60, 0), online_iq.device_id, lock.device_id)
    assert found is not None
    assert 35 <= found.success_percent <= 63, "0.7 there times 0.7 back"
    assert found.success_percent == round(100 * found.count / (60 * PACKETS_PER_S))


def test_silent_nodes_are_not_heard(world: World, online_iq: SimulatedIq, lock: SimulatedLock) -> None:
    lock.set_power(False)
    assert link(survey(world, online_iq, 5, 0), online_iq.device_id, lock.device_id) is None
    lock.set_power(True)
    lock.out_of_range = True
    assert link(survey(world, online_iq, 5, 0), online_iq.device_id, lock.device_id) is None


def test_linked_repeaters_measure_too(
    world: World, online_iq: SimulatedIq, repeater: SimulatedRepeater, lock: SimulatedLock
) -> None:
    heard = survey(world, online_iq, 5, 0)
    assert {each.heard_by for each in heard} == {online_iq.device_id, repeater.device_id}
    near, far = (link(heard, by, lock.device_id) for by in (repeater.device_id, online_iq.device_id))
    assert near is not None
    assert far is not None
    assert (near.rssi_there_dbm or -200) > (far.rssi_there_dbm or 0)


def test_same_seed_same_survey(world: World, online_iq: SimulatedIq) -> None:
    world.random.seed(5)
    first = survey(world, online_iq, 5, 0)
    world.random.seed(5)
    assert survey(world, online_iq, 5, 0) == first
