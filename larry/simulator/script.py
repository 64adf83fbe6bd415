"""What a scenario lets happen by itself: acts and faults at virtual moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from larry.simulator.world import World
from larry.simulator.world.acts import ActError, acts_of, do_act
from larry.simulator.world.faults import FaultError
from larry.simulator.world.refusal import RefusalError


@dataclass(frozen=True, slots=True)
class Happening:
    """At `at_s`, either the act on the device, or the fault with its numbers."""

    at_s: float
    act: str = ""
    fault: str = ""
    device: str = ""
    is_on: bool = True
    numbers: tuple[tuple[str, Any], ...] = ()


def happening(entry: Mapping[str, Any]) -> Happening:
    """Read one entry `{at_s, device, act}` or `{at_s, fault, on, device, …}`.

    Raises:
        KeyError, TypeError, ValueError: says what is wrong.
    """
    at_s = entry["at_s"]
    if isinstance(at_s, bool) or not isinstance(at_s, int | float) or not 0 <= at_s < 1e9:
        raise ValueError("at_s must be a number of seconds, 0 or more")
    if ("act" in entry) == ("fault" in entry):
        raise ValueError("an entry of the script has either an act or a fault")
    known = {"at_s", "act", "fault", "device", "on"}
    numbers = tuple((key, value) for key, value in entry.items() if key not in known)
    if "act" in entry and (numbers or "on" in entry or "device" not in entry):
        raise ValueError("an act has at_s, device and act, nothing else")
    if not isinstance(entry.get("on", True), bool):
        raise TypeError("on must be true or false")
    texts = {key: entry.get(key, "") for key in ("act", "fault", "device")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("act, fault and device must be texts")
    return Happening(float(at_s), is_on=entry.get("on", True), numbers=numbers, **texts)


def plan_script(world: World, script: tuple[Happening, ...]) -> None:
    """Plan everything on the world's timers.

    Raises:
        ValueError: a device, act or fault is not known.
    """
    for item in script:
        _check(world, item)
        world.timers.after(item.at_s, partial(_happen, world, item))


def _check(world: World, item: Happening) -> None:
    try:
        device = world.find(item.device) if item.device else None
    except KeyError:
        raise ValueError(f"there is no device {item.device!r}") from None
    if item.fault and item.fault not in world.faults.names:
        raise ValueError(f"there is no fault {item.fault!r}")
    if item.act and (device is None or item.act not in acts_of(device)):
        raise ValueError(f"{item.device} offers no {item.act!r}")


def _happen(world: World, item: Happening) -> None:
    do: Callable[[], None]
    if item.act:
        do = partial(do_act, world.find(item.device), item.act)
    else:
        numbers = dict(item.numbers) | ({"device": item.device} if item.device else {})
        do = partial(world.faults.set, item.fault, item.is_on, numbers)
    try:
        do()
    except (ActError, FaultError, RefusalError) as error:
        world.note("site", "script", f"the script could not do {item.act or item.fault}: {error}")
