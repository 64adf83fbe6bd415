"""`--radio` and `--serial`: which ways to devices a command may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from larry.bootstrap import device_service
from larry.devices.service import DeviceService

F = TypeVar("F", bound=Callable[..., Any])


def radio_options(function: F) -> F:
    """Add `--radio` and `--serial` as arguments `radio` and `serial`."""
    serial = click.option(
        "--serial",
        multiple=True,
        metavar="PORT",
        help="A serial port or pyserial URL; only these are used then. Without: all ports of this computer, "
        "or none with --radio hci.",
    )
    radio = click.option(
        "--radio",
        default="system",
        show_default=True,
        metavar="system|none|hci:SPEC",
        help="The computer's Bluetooth, none, or an HCI transport such as that of `larry simulate`.",
    )
    return radio(serial(function))


def chosen_devices(radio: str, serial: Sequence[str]) -> DeviceService:
    """Return the devices' service for these options, not started yet.

    Raises:
        InputError: the radio is none of these.
    """
    if not serial and not radio.startswith("hci:"):
        return device_service(radio)
    return device_service(radio, list(serial))
