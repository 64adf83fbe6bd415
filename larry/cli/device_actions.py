"""What `larry device` can do with one device: each action by its name."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from typing import Any

import click

from larry.cli.output import say
from larry.devices.device_link import DeviceLink
from larry.errors import InputError

WIFI_VARIABLE = "LARRY_WIFI_PASSWORD"
IDENTIFY_S = 10
Answer = dict[str, Any]
Action = Callable[[DeviceLink, Sequence[str]], Awaitable[Answer]]


async def read_info(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Who the device is and how it is now."""
    _take(values, 0, "")
    info = await link.info()
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(info).items()}


async def identify(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Let it blink."""
    _take(values, 1, "SECONDS")
    seconds = _whole(values[0]) if values else IDENTIFY_S
    await link.identify(seconds)
    return {"identify_s": seconds}


async def wifi(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Without a network: what it hears; with one: give it that network."""
    _take(values, 1, "SSID")
    if not values:
        networks = [asdict(network) for network in await link.wifi_networks()]
        return {"state": await link.wifi_state(), "networks": networks}
    say(f'Sending the network "{values[0]}" …')
    address = await link.provision_wifi(values[0], _password(values[0]))
    return {"state": await link.wifi_state(), "ssid": values[0], "address": address}


async def reboot(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Start it again."""
    _take(values, 0, "")
    await link.reboot()
    return {"rebooting": True}


async def echo(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Let it answer a text."""
    _take(values, 1, "TEXT")
    return {"echo": await link.echo(values[0] if values else "Larry")}


async def parameters(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Read its buffer sizes."""
    _take(values, 0, "")
    return asdict(await link.smp_parameters())


async def setting(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Read a setting, or write one (on, off or text)."""
    _take(values, 2, "NAME [VALUE]")
    if not values:
        raise InputError("Which setting?", remedy="Give its name, such as iq/green_heartbeat.")
    if len(values) == 2:
        switch = {"on": True, "off": False}.get(values[1].lower())
        await link.write_setting(values[0], values[1] if switch is None else switch)
    raw = await link.read_setting(values[0])
    return {"name": values[0], "hex": raw.hex(), "text": raw.decode("utf-8", "replace")}


async def images(link: DeviceLink, values: Sequence[str]) -> Answer:
    """List its firmware images."""
    _take(values, 0, "")
    listed = [asdict(image) | {"image_hash": image.image_hash.hex()} for image in await link.images()]
    running = next((image["version"] for image in listed if image["active"]), "")
    waiting = next((image["version"] for image in listed if not image["active"]), "")
    return {"running": running, "second_slot": waiting, "images": listed}


async def statistics(link: DeviceLink, values: Sequence[str]) -> Answer:
    """Read what it counts."""
    _take(values, 0, "")
    return {"statistics": await link.statistics()}


ACTIONS: dict[str, Action] = {
    "info": read_info,
    "identify": identify,
    "wifi": wifi,
    "reboot": reboot,
    "echo": echo,
    "parameters": parameters,
    "setting": setting,
    "images": images,
    "statistics": statistics,
}


def _take(values: Sequence[str], most: int, what: str) -> None:
    if len(values) > most:
        remedy = f"It takes {what} at most." if most else "It takes none."
        raise InputError(f"Too many values: {' '.join(values)}.", remedy=remedy)


def _whole(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 600:
        raise InputError(f"{text} is no number of seconds.", remedy="Give 0 to 600.")
    return int(text)


def _password(ssid: str) -> str:
    given = os.environ.get(WIFI_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise InputError(
            f'No password for "{ssid}".',
            remedy=f"Put it into the variable {WIFI_VARIABLE} (empty for an open network).",
        )
    text: str = click.prompt(
        f'Password of "{ssid}"', hide_input=True, default="", show_default=False, err=True
    )
    return text
