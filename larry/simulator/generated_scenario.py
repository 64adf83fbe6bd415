"""A practice site of any size, for load tests: one big hall with IQs, locks and two foreign devices."""

from __future__ import annotations

import random

from larry.simulator.scenario import Scenario, ScenarioDevice
from larry.simulator.world.building_network import WifiNetwork
from larry.simulator.world.position import Position


def generated_scenario(count: int, seed: int = 0) -> Scenario:
    """Return a hall with `count` devices within reach of a laptop in its middle.

    One in ten is an IQ, one in ten a repeater, the rest are locks; the last two speak only SMP and only
    Improv, as another maker's devices would.

    Raises:
        ValueError: fewer than 4 devices.
    """
    if count < 4:
        raise ValueError("a generated site has at least 4 devices")
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    places = [Position(chance.uniform(0, 20), chance.uniform(0, 20)) for _ in range(count)]
    devices = [_own_device(number, places[number]) for number in range(count - 2)]
    devices += [
        ScenarioDevice("foreign", f"Foreign {speaks}", f"F0{number:06X}", places[number], speaks=speaks)
        for number, speaks in ((count - 2, "smp"), (count - 1, "improv"))
    ]
    return Scenario(
        name=f"Hall of {count}",
        floors={"f0": 0},
        devices=tuple(devices),
        laptop=Position(10.0, 10.0),
        networks=(WifiNetwork("Hall-Staff", "practice-hall"),),
    )


def _own_device(number: int, place: Position) -> ScenarioDevice:
    tail = f"{number + 1:06X}"
    if number % 10 == 0:
        return ScenarioDevice(
            "iq",
            f"IQ {number:03d}",
            f"00A1B2C4{tail}",
            place,
            model="iq2-bluenet",
            mac=f"{tail[:2]}.{tail[2:4]}.{tail[4:]}",
            activation_code=f"PRACTICE{number:04d}",
            adapter_macs=(f"02:1B:C4:{tail[:2]}:{tail[2:4]}:{tail[4:]}",),
        )
    if number % 10 == 5:
        return ScenarioDevice(
            "repeater", f"Rep {number:03d}", f"00112234{tail}", place, model="repeater-bluenet"
        )
    return ScenarioDevice("lock", f"Door {number:03d}", f"00A1B2C5{tail}", place, model="escutcheon")
