"""What a link must offer, whether it is BLE or a serial console."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal, Protocol

from larry.devices.protocol.improv import ImprovError, ImprovMessage, ImprovState

TransportName = Literal["ble", "serial"]


@dataclass(frozen=True, slots=True)
class ImprovEvent:
    """Something the device says by itself: exactly one of the three is set."""

    state: ImprovState | None = None
    error: ImprovError | None = None
    result: ImprovMessage | None = field(default=None, repr=False)


class ImprovChannel(Protocol):
    """Improv on one link.

    Attributes:
        events: what the device reports, in order.
        over_serial: commands differ a little over serial (improv.py).
    """

    events: asyncio.Queue[ImprovEvent]
    over_serial: bool

    async def send(self, message: ImprovMessage) -> None:
        """Send a command."""

    async def request_state(self) -> ImprovState | None:
        """Return the state where it can be read, or ask for it and return None: it will come as an event."""

    async def capabilities(self) -> int:
        """Return the capability bits; all but identify where they cannot be read."""


class Transport(Protocol):
    """An open link to one device. All errors are those of `larry.errors`.

    Attributes:
        name: ble or serial.
        address: Bluetooth address (or the system's substitute) or port.
        ended: set when the link is over, by whatever cause.
        speaks: of `smp`, `improv`, `device-information`, `battery`: what the link may carry. A serial
            console cannot tell before it was tried.
        improv: the Improv channel, None when the device has none.
        smp_packet: bytes of one packet on the link, for choosing message sizes.
    """

    name: TransportName
    address: str
    ended: asyncio.Event
    speaks: frozenset[str]
    smp_packet: int

    @property
    def improv(self) -> ImprovChannel | None:
        """The Improv channel."""

    async def send_smp(self, message: bytes) -> None:
        """Send a whole SMP message."""

    async def receive_smp(self) -> bytes:
        """Return the next whole SMP message; a damaged one raises DeviceProtocolError."""

    async def device_information(self) -> dict[str, str]:
        """Return the Device Information Service's texts by UUID; empty where there is none."""

    async def battery_percent(self) -> int | None:
        """Return the Battery Service's level; None where there is none."""

    def log_lines(self) -> list[str]:
        """Return the last log lines that stood between the frames (serial only)."""

    async def close(self) -> None:
        """Close the link; safe to repeat."""
