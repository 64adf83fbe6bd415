"""Physical acts, by name: what hands, cards and plugs can do to a device."""

from __future__ import annotations

from collections.abc import Callable

from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.repeater import SimulatedRepeater

ActOf = dict[str, Callable[[], None]]


class ActError(ValueError):
    """The device offers no such act; the text names those it offers."""


def acts_of(device: SimulatedDevice) -> ActOf:
    """Return what can be done to this device with hands."""
    power: ActOf = {
        "power-off": lambda: device.set_power(False),
        "power-on": lambda: device.set_power(True),
    }
    if isinstance(device, SimulatedIq):
        return {
            "reset-2s": lambda: device.hold_reset(2),
            "reset-8s": lambda: device.hold_reset(8),
            **power,
        }
    if isinstance(device, SimulatedRepeater):
        return {
            "reset-2s": lambda: device.hold_reset(2),
            "clear-3s": lambda: device.hold_clear(3),
            **power,
        }
    if isinstance(device, SimulatedLock):
        return {
            "maintenance-card": device.present_maintenance_card,
            "construction-card": device.present_construction_card,
            "tag": device.present_tag,
            "batteries-out": lambda: device.set_power(False),
            "batteries-in": lambda: device.set_power(True),
            "door-open": lambda: device.set_door(True),
            "door-closed": lambda: device.set_door(False),
        }
    return power


def do_act(device: SimulatedDevice, act: str) -> None:
    """Do it.

    Raises:
        ActError: the device offers no such act.
        RefusalError: it is in that state already.
    """
    offered = acts_of(device)
    if act not in offered:
        raise ActError(f"{device.name} offers no {act!r}; it offers {', '.join(offered)}.")
    offered[act]()
