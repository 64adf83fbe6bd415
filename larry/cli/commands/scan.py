"""`larry scan`: what can be heard and what is plugged in."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any

import click
from rich.table import Table

from larry.cli.options import json_option
from larry.cli.output import answer, say
from larry.cli.radio_options import chosen_devices, radio_options
from larry.devices.found_device import DiscoverySnapshot, FoundDevice


@click.command()
@radio_options
@click.option(
    "--for",
    "seconds",
    type=click.FloatRange(0.1, 3600),
    default=8.0,
    show_default=True,
    metavar="S",
    help="Seconds to listen.",
)
@json_option
@click.pass_context
def command(context: click.Context, radio: str, serial: tuple[str, ...], seconds: float) -> None:
    """List the devices around: by radio and by cable, each once.

    Exit code 3 when nothing was found and a way to devices does not work.
    """
    snapshot = asyncio.run(_scan(radio, serial, seconds))
    for problem in snapshot.problems:
        say(" ".join(part for part in (problem.what, problem.why, problem.remedy) if part))
    answer(_json(snapshot), _table(snapshot))
    if snapshot.problems and not snapshot.devices:
        context.exit(3)


async def _scan(radio: str, serial: tuple[str, ...], seconds: float) -> DiscoverySnapshot:
    async with chosen_devices(radio, serial) as devices:
        await asyncio.sleep(seconds)
        return devices.snapshot()


def _json(snapshot: DiscoverySnapshot) -> dict[str, Any]:
    return {
        "devices": [asdict(device) for device in snapshot.devices],
        "problems": [asdict(problem) for problem in snapshot.problems],
        "listening": snapshot.listening,
    }


def _table(snapshot: DiscoverySnapshot) -> Table | str:
    if not snapshot.devices:
        return "Nothing found." if snapshot.problems else "Nothing heard. Go closer, or press reset 2 s."
    table = Table(box=None, pad_edge=False)
    for title in ("Kind", "Device ID", "Name", "State", "dBm", "Firmware", "Way", "Speaks"):
        table.add_column(title, justify="right" if title == "dBm" else "left")
    for device in snapshot.devices:
        table.add_row(*_cells(device))
    return table


def _cells(device: FoundDevice) -> tuple[str, ...]:
    rssi = "" if device.rssi_dbm is None else f"{device.rssi_dbm:.0f}"
    way = ", ".join(part for part in (device.address, device.port) if part)
    speaks = " ".join(device.speaks)
    identity = device.device_id or device.identity
    return (device.kind, identity, device.name, device.state, rssi, device.firmware, way, speaks)
