"""`larry device`: one device, named by Device ID, port or URL."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import click

from larry.cli.device_actions import ACTIONS
from larry.cli.options import json_option
from larry.cli.output import answer
from larry.cli.radio_options import chosen_devices, radio_options


@click.command(options_metavar="[OPTIONS]")
@click.argument("target")
@click.argument("action", type=click.Choice(list(ACTIONS)))
@click.argument("values", nargs=-1)
@radio_options
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(1, 600),
    default=15.0,
    show_default=True,
    metavar="S",
    help="Seconds to find and connect.",
)
@json_option
def command(
    target: str,
    action: str,
    values: tuple[str, ...],
    radio: str,
    serial: tuple[str, ...],
    timeout_s: float,
) -> None:
    """Talk to TARGET: a Device ID, a name, a serial port or a pyserial URL (socket://…).

    \b
    info              who it is and how it is now
    identify [S]      let it blink
    wifi [SSID]       the networks it hears, or give it one (password: asked, or LARRY_WIFI_PASSWORD)
    reboot            start it again
    echo [TEXT]       the shortest proof that management works
    parameters        buffer sizes
    setting NAME [V]  read or write a setting (on, off or text)
    """
    data = asyncio.run(_talk(target, action, values, radio, serial, timeout_s))
    answer(data, _lines(data))


async def _talk(
    target: str, action: str, values: Sequence[str], radio: str, serial: Sequence[str], timeout_s: float
) -> dict[str, Any]:
    if _is_port(target):
        radio, serial = "none", [target]  # a cable needs no radio, and no other port is touched
    async with chosen_devices(radio, serial) as devices:
        link = await devices.open(target, timeout_s)
        async with link:
            return await ACTIONS[action](link, values)


def _is_port(target: str) -> bool:
    return "://" in target or target.startswith(("/", "./", "COM"))


def _lines(data: dict[str, Any]) -> str:
    """Return the values a person wants to see: those that say something."""
    told = {key: value for key, value in data.items() if value not in ("", None, [])}
    width = max((len(key) for key in told), default=0)
    return "\n".join(f"{key.replace('_', ' '):<{width}}  {_text(value)}" for key, value in told.items())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return (
            f"{value.get('ssid', '')} ({value.get('rssi_dbm')} dBm{'' if value.get('secured') else ', open'})"
        )
    return str(value)
