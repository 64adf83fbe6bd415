"""Finds the drivers: ours, and those that other packages name in the entry point group `larry.drivers`."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib import metadata
from typing import Any, Final

from larry.devices.drivers import generic, larry_profile
from larry.devices.drivers.driver import Driver, LinkTools
from larry.devices.found_device import DeviceProblem

_LOGGER: Final = logging.getLogger(__name__)
GROUP: Final = "larry.drivers"


def load_drivers(entry_points: Iterable[Any] | None = None) -> tuple[list[Driver], list[DeviceProblem]]:
    """Return the drivers in the order in which they are asked, and a problem for each that does not load.

    Others' drivers come first (they know their devices best), ours next, the generic one last.

    Args:
        entry_points: for tests; those of the installed packages by default.
    """
    found = metadata.entry_points(group=GROUP) if entry_points is None else entry_points
    drivers: list[Driver] = []
    problems: list[DeviceProblem] = []
    own: list[Driver] = [larry_profile.DRIVER, generic.DRIVER]
    names = {driver.name for driver in own}
    for entry_point in found:
        if entry_point.name in names:
            continue
        try:
            drivers.append(_checked(entry_point.load()))
            names.add(entry_point.name)
        except Exception as error:  # someone else's code: anything may happen
            _LOGGER.warning("driver %s left out: %s", entry_point.name, type(error).__name__)
            problems.append(broken_driver(str(entry_point.name), error))
    return drivers + own, problems


def _checked(driver: Any) -> Driver:
    if not isinstance(driver.name, str) or not callable(driver.accepts) or not callable(driver.session):
        raise TypeError("not a driver")
    checked: Driver = driver
    return checked


def broken_driver(name: str, error: BaseException) -> DeviceProblem:
    """Return the problem that names a driver which does not work."""
    return DeviceProblem(
        reason="driver",
        what=f"The driver “{name}” was left out.",
        why=f"It failed with {type(error).__name__}.",
        remedy="Update or remove the package that brings it; the other drivers work on.",
    )


async def choose_driver(drivers: Iterable[Driver], tools: LinkTools) -> Driver | None:
    """Return the first driver that accepts the device; one that fails is passed over.

    Errors of the link itself end the search.
    """
    for driver in drivers:
        try:
            if await driver.accepts(tools):
                return driver
        except Exception as error:
            if tools.transport.ended.is_set():
                raise
            _LOGGER.warning("driver %s failed to look at a device: %s", driver.name, type(error).__name__)
    return None
