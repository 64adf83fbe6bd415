"""`larry device`: one device, named by Device ID, port or URL."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from larry.bootstrap import open_project
from larry.cli.device_actions import ACTIONS
from larry.cli.device_firmware import update_firmware
from larry.cli.device_measurements import MEASUREMENTS, DeviceOptions, Told
from larry.cli.device_procedures import PROCEDURES
from larry.cli.options import json_option
from larry.cli.output import answer
from larry.cli.passphrase import ask_passphrase
from larry.cli.radio_options import chosen_devices, radio_options


@click.command(options_metavar="[OPTIONS]")
@click.argument("target")
@click.argument("action", type=click.Choice([*ACTIONS, *MEASUREMENTS, "firmware", *PROCEDURES]))
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
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The project that holds the activation code and keeps what was measured.",
)
@click.option("--door", type=click.Choice(["open", "closed"]), help="How the doors stand during a survey.")
@click.option(
    "--reduce-db",
    type=click.IntRange(0, 20),
    default=0,
    metavar="N",
    help="Headroom test: both ends send with so much less power.",
)
@click.option("--allow-older", is_flag=True, help="Also send firmware that is older than what runs.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    target: str,
    action: str,
    values: tuple[str, ...],
    radio: str,
    serial: tuple[str, ...],
    timeout_s: float,
    project: Path | None,
    door: str | None,
    reduce_db: int,
    allow_older: bool,
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
    images            the firmware in its slots
    statistics        what it counts

    \b
    Inside the session (activation code: from the project, LARRY_ACTIVATION_CODE, or asked):
    survey [S]        measure the links around an IQ, both directions
    network-check     let an IQ try its network; says what to tell IT
    firmware IMAGE    send a .bin image, test it, keep it; the same command resumes it

    \b
    With --project, TARGET is a lock or repeater of it:
    which-iq          ask all its IQs which one holds it
    detach [S]        detach it, wait for card or CLEAR; the same command resumes it
    detach opened     the is-it-free test: a card opened it (or: rejected)
    """
    with contextlib.ExitStack() as stack:
        opened = (
            stack.enter_context(open_project(project, passphrase=ask_passphrase))
            if project is not None
            else None
        )
        options = DeviceOptions(opened, door, reduce_db, allow_older)
        told = asyncio.run(_talk(target, action, values, radio, serial, timeout_s, options))
    answer(told.data, told.text)
    if not told.fine:
        context.exit(1)


async def _talk(
    target: str,
    action: str,
    values: Sequence[str],
    radio: str,
    serial: Sequence[str],
    timeout_s: float,
    options: DeviceOptions,
) -> Told:
    if _is_port(target) and action not in PROCEDURES:
        radio, serial = "none", [target]  # a cable needs no radio, and no other port is touched
    async with chosen_devices(radio, serial) as devices:
        if action == "firmware":
            return await update_firmware(
                devices, target, timeout_s, values, options.project, options.allow_older
            )
        if action in PROCEDURES:
            return await PROCEDURES[action](devices, target, timeout_s, values, options)
        link = await devices.open(target, timeout_s)
        async with link:
            if action in MEASUREMENTS:
                return await MEASUREMENTS[action](link, values, options)
            data = await ACTIONS[action](link, values)
            return Told(data, _lines(data))


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
    if isinstance(value, dict) and "ssid" not in value:
        return ", ".join(f"{key} {_text(each)}" for key, each in value.items() if each not in ("", False))
    if isinstance(value, dict):
        return (
            f"{value.get('ssid', '')} ({value.get('rssi_dbm')} dBm{'' if value.get('secured') else ', open'})"
        )
    return str(value)
