"""From a scenario to a world."""

from __future__ import annotations

from larry.simulator.scenario import Scenario, ScenarioDevice
from larry.simulator.script import plan_script
from larry.simulator.world import World
from larry.simulator.world.building_network import BuildingNetwork
from larry.simulator.world.clock import Clock
from larry.simulator.world.device import Identity, SimulatedDevice
from larry.simulator.world.foreign_device import ForeignDevice
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.repeater import SimulatedRepeater


def build_world(scenario: Scenario, clock: Clock, seed: int = 0) -> World:
    """Build all devices in factory state, powered, in the order of the scenario.

    Raises:
        ValueError: a Device ID or name stands twice, or the script names what is not there.
    """
    world = World(
        scenario.name,
        clock,
        seed=seed,
        timings=scenario.timings,
        network=BuildingNetwork(networks=scenario.networks),
        walls=scenario.walls,
        radio=scenario.radio,
        laptop=scenario.laptop,
    )
    for described in scenario.devices:
        world.add(_device(world, described))
    plan_script(world, scenario.script)
    world.note("site", "started", f"practice site started, seed {seed}")
    return world


def _device(world: World, described: ScenarioDevice) -> SimulatedDevice:
    identity = Identity(
        device_id=described.device_id,
        kind=described.kind,
        model=described.model,
        name=described.name,
        firmware=described.firmware,
        mac=described.mac,
    )
    place = described.position
    if described.kind == "iq":
        return SimulatedIq(
            world,
            identity,
            place,
            activation_code=described.activation_code,
            adapter_macs=described.adapter_macs,
            dual_band=described.dual_band,
        )
    if described.kind == "repeater":
        return SimulatedRepeater(world, identity, place)
    if described.kind == "lock":
        return SimulatedLock(
            world,
            identity,
            place,
            technology=described.technology,
            battery_percent=described.battery_percent,
        )
    return ForeignDevice(world, identity, place, described.speaks)
