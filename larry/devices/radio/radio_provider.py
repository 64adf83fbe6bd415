"""Chooses and opens the radio by its specification: `system`, `none` or `hci:SPEC`."""

from __future__ import annotations

import asyncio
from typing import Any, Final, Protocol

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementDataCallback

from larry.devices.radio.hci_client import HciClient
from larry.devices.radio.hci_host import HciHost
from larry.devices.radio.hci_scanner import HciScanner
from larry.errors import InputError

HCI_PREFIX: Final = "hci:"
_SCHEMES: Final = (
    "tcp-client",
    "tcp-server",
    "ws-client",
    "ws-server",
    "udp",
    "unix",
    "serial",
    "usb",
    "pyusb",
    "hci-socket",
    "vhci",
    "pty",
    "file",
)
"""Transports of bumble that carry HCI."""


class RadioProvider(Protocol):
    """A source of bleak scanners and clients.

    Attributes:
        spec: `system` or `hci:SPEC`.
        silence_limit_s: after how long without any advertisement the radio is asked whether it still
            works; None when it tells by itself (`wait_lost`).
    """

    spec: str
    silence_limit_s: float | None

    async def start(self) -> None:
        """Open the radio; what fails is translated by the caller (`radio_errors`)."""

    async def close(self) -> None:
        """Release it; safe to repeat."""

    def scanner(self, callback: AdvertisementDataCallback) -> BleakScanner:
        """Return a scanner that is not yet started."""

    def client(self, device: BLEDevice, *, on_lost: Any, timeout_s: float) -> BleakClient:
        """Return a client that is not yet connected."""

    async def wait_lost(self) -> None:
        """Return when the radio itself is gone; never returns while it cannot know."""


class SystemRadio:
    """The system's own Bluetooth through unpatched bleak."""

    spec = "system"
    silence_limit_s: float | None = 15.0

    async def start(self) -> None:
        """Nothing to open: the scanner tells whether there is a radio."""

    async def close(self) -> None:
        """Nothing to release."""

    def scanner(self, callback: AdvertisementDataCallback) -> BleakScanner:
        """Return bleak's scanner for this system."""
        return BleakScanner(callback)

    def client(self, device: BLEDevice, *, on_lost: Any, timeout_s: float) -> BleakClient:
        """Return bleak's client for this system."""
        return BleakClient(device, disconnected_callback=on_lost, timeout=timeout_s)

    async def wait_lost(self) -> None:
        """Wait for ever: a system radio that disappears shows when it is used."""
        await asyncio.Event().wait()


class HciRadio:
    """Our own host over an HCI controller.

    Args:
        spec: bumble transport without the prefix `hci:`.
    """

    silence_limit_s: float | None = None

    def __init__(self, spec: str) -> None:
        self.spec = HCI_PREFIX + spec
        self._hci_spec = spec
        self._host: HciHost | None = None

    @property
    def host(self) -> HciHost:
        """The open host.

        Raises:
            ConnectionError: not started.
        """
        if self._host is None:
            raise ConnectionError("the Bluetooth controller is not open")
        return self._host

    async def start(self) -> None:
        """Open the controller."""
        await self.close()
        host = HciHost(self._hci_spec)
        await host.start()
        self._host = host

    async def close(self) -> None:
        """Close the controller."""
        host, self._host = self._host, None
        if host is not None:
            await host.close()

    def scanner(self, callback: AdvertisementDataCallback) -> BleakScanner:
        """Return a bleak scanner over our host."""
        return BleakScanner(callback, backend=HciScanner.bound_to(self.host))

    def client(self, device: BLEDevice, *, on_lost: Any, timeout_s: float) -> BleakClient:
        """Return a bleak client over our host."""
        return BleakClient(
            device,
            disconnected_callback=on_lost,
            timeout=timeout_s,
            backend=HciClient.bound_to(self.host),
        )

    async def wait_lost(self) -> None:
        """Return when the controller's transport has ended."""
        await self.host.lost.wait()


def radio_provider(spec: str) -> RadioProvider | None:
    """Return the provider for a specification; None for `none`.

    Raises:
        InputError: not `system`, `none` or `hci:SPEC`.
    """
    if spec == "none":
        return None
    if spec == "system":
        return SystemRadio()
    scheme, separator, _ = spec.removeprefix(HCI_PREFIX).partition(":")
    if spec.startswith(HCI_PREFIX) and separator and scheme in _SCHEMES:
        return HciRadio(spec.removeprefix(HCI_PREFIX))
    raise InputError(
        f"The radio “{spec}” is not known.",
        why="A radio is “system”, “none” or “hci:” with a transport.",
        remedy="For the practice site take the line that `larry simulate` prints, "
        "such as hci:tcp-client:127.0.0.1:9001.",
    )
