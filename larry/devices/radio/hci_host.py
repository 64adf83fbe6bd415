"""One Bluetooth host of our own over an HCI controller: the simulator's, later a dongle.

All scanners and clients of the process share it, because a controller has one scanner,
one pending connection and one list of links.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Final

from bumble import core, hci
from bumble.device import Connection, Device
from bumble.transport import open_transport
from bumble.transport.common import Transport

_LOGGER: Final = logging.getLogger(__name__)
_CANCEL_GRACE_S: Final = 2.0
_MOST_DEVICES: Final = 2000

AdvertisingReport = Any
"""`bumble.hci.HCI_LE_Advertising_Report_Event.Report`"""


class HciHost:
    """The host stack over one controller.

    Args:
        spec: bumble transport, such as `tcp-client:127.0.0.1:9001`.
    """

    def __init__(self, spec: str) -> None:
        self.spec = spec
        self.lost = asyncio.Event()
        self._transport: Transport | None = None
        self._device: Device | None = None
        self._connect_lock = asyncio.Lock()
        self._scan_lock = asyncio.Lock()
        self._listeners: set[Callable[[AdvertisingReport], None]] = set()
        self._addresses: dict[str, hci.Address] = {}

    async def start(self, timeout_s: float = 10.0) -> None:
        """Open the transport and reset the controller.

        Raises:
            OSError: the transport cannot be opened.
            TimeoutError: the controller does not answer.
        """
        async with asyncio.timeout(timeout_s):
            self._transport = await open_transport(self.spec)
            try:
                await self._power_on(self._transport)
            except BaseException:
                await self.close()
                raise

    async def _power_on(self, transport: Transport) -> None:
        address = hci.Address.generate_static_address()
        device = Device.with_hci("Larry", address, transport.source, transport.sink)
        self._device = device
        # The raw reports, not bumble's accumulated ones: those hold an advertisement back
        # until its scan response comes, and one that is lost would hide a device.
        device.host.on("advertising_report", self._on_report)
        device.host.on("flush", self.lost.set)
        await device.power_on()
        self.lost.clear()  # a reset flushes too

    async def close(self) -> None:
        """Drop all links and close the transport; safe to repeat."""
        device, self._device = self._device, None
        transport, self._transport = self._transport, None
        if device is not None and not self.lost.is_set():
            for connection in list(device.connections.values()):
                with contextlib.suppress(Exception):
                    async with asyncio.timeout(_CANCEL_GRACE_S):
                        await connection.disconnect()
        self.lost.set()
        if transport is not None:
            with contextlib.suppress(Exception):
                await transport.close()

    @property
    def device(self) -> Device:
        """The bumble device.

        Raises:
            ConnectionError: the controller is gone.
        """
        if self._device is None or self.lost.is_set():
            raise ConnectionError("the Bluetooth controller is gone")
        return self._device

    # --- scanning -------------------------------------------------------------------

    async def listen(self, listener: Callable[[AdvertisingReport], None]) -> None:
        """Add a listener for advertising reports; the first one starts the scanner."""
        async with self._scan_lock:
            if not self._listeners:
                await self.device.start_scanning(
                    legacy=True, active=True, own_address_type=hci.OwnAddressType.RANDOM
                )
            self._listeners.add(listener)

    async def unlisten(self, listener: Callable[[AdvertisingReport], None]) -> None:
        """Remove a listener; the last one stops the scanner."""
        async with self._scan_lock:
            self._listeners.discard(listener)
            if not self._listeners and not self.lost.is_set() and self._device is not None:
                await self._device.stop_scanning(legacy=True)

    def _on_report(self, report: AdvertisingReport) -> None:
        address = report.address.to_string(False)
        if address not in self._addresses and len(self._addresses) >= _MOST_DEVICES:
            del self._addresses[next(iter(self._addresses))]
        self._addresses[address] = report.address
        for listener in list(self._listeners):
            listener(report)

    # --- connecting -----------------------------------------------------------------

    async def connect(self, address: str, timeout_s: float) -> Connection:
        """Connect to a device.

        Args:
            address: as it was seen while scanning.
            timeout_s: for this connection; waiting for other connections comes on top.

        Raises:
            TimeoutError: the device was not heard in time.
            ConnectionError: the controller is gone or refused.
        """
        target = self._addresses.get(address) or hci.Address(address)
        async with self._connect_lock:
            return await self._connect(target, timeout_s)

    async def _connect(self, target: hci.Address, timeout_s: float) -> Connection:
        device = self.device
        task = asyncio.ensure_future(
            device.connect(target, own_address_type=hci.OwnAddressType.RANDOM, timeout=None)
        )
        try:
            done, _ = await asyncio.wait({task}, timeout=timeout_s)
        except asyncio.CancelledError:
            await self._give_up(device, task)
            raise
        if not done:
            await self._give_up(device, task)
            raise TimeoutError("the device was not heard")
        if task.cancelled():
            raise ConnectionError("the Bluetooth controller is gone")
        try:
            return task.result()
        except core.BaseBumbleError as error:
            raise ConnectionError("the controller could not connect") from error

    async def _give_up(self, device: Device, task: asyncio.Future[Connection]) -> None:
        """Cancel a pending connection in the controller too; one that was just made is dropped."""
        if not self.lost.is_set():
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_CANCEL_GRACE_S):
                    await device.cancel_connection()  # type: ignore[no-untyped-call]
            await asyncio.wait({task}, timeout=_CANCEL_GRACE_S)
        if not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=_CANCEL_GRACE_S)
        if not task.cancelled() and task.exception() is None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_CANCEL_GRACE_S):
                    await task.result().disconnect()
