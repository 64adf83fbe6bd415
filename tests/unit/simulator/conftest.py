"""A hotel that stands still until a test moves its clock."""

from __future__ import annotations

import pytest

from larry.simulator.build_world import build_world
from larry.simulator.scenario import load_scenario
from larry.simulator.world import World
from larry.simulator.world.clock import ManualClock
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.repeater import SimulatedRepeater


@pytest.fixture
def world() -> World:
    """The built-in hotel, seed 1."""
    return build_world(load_scenario(), ManualClock(), seed=1)


@pytest.fixture
def iq(world: World) -> SimulatedIq:
    """IQ Upper, as it left the factory."""
    found = world.find("IQ Upper")
    assert isinstance(found, SimulatedIq)
    return found


@pytest.fixture
def online_iq(world: World, iq: SimulatedIq) -> SimulatedIq:
    """IQ Upper in the Wi-Fi, in the site, its window closed again."""
    iq.hold_reset(2)
    iq.wifi.provision("Adler-Staff", "practice-Edelweiss")
    world.advance(10)
    iq.join_site("Hotel Adler", "Europe/Vienna")
    world.advance(120)
    return iq


@pytest.fixture
def repeater(world: World, online_iq: SimulatedIq) -> SimulatedRepeater:
    """Rep 3, linked to IQ Upper."""
    found = world.find("Rep 3")
    assert isinstance(found, SimulatedRepeater)
    online_iq.links.attach(found.device_id, None, "repeater")
    found.hold_reset(2)
    world.advance(5)
    return found


@pytest.fixture
def lock(world: World) -> SimulatedLock:
    """Room 103, free."""
    found = world.find("Room 103")
    assert isinstance(found, SimulatedLock)
    return found
