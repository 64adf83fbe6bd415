"""From a name that the user gave to an open link: finds the device and the way to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final, Literal

from larry.devices.ble_transport import BleTransport
from larry.devices.device_data import DeviceInfo
from larry.devices.device_table import DeviceTable
from larry.devices.drivers.driver import Driver
from larry.devices.found_device import FoundDevice
from larry.devices.identifier import Identifier
from larry.devices.link_pool import LinkPool, SharedLink
from larry.devices.open_device import OpenDevice, open_device
from larry.devices.port_watch import PortWatch
from larry.devices.protocol.advertising import id_tail
from larry.devices.radio.radio_provider import RadioProvider
from larry.devices.radio_watch import RadioWatch
from larry.errors import (
    DeviceDisconnectedError,
    DeviceError,
    DeviceNotFoundError,
    DeviceTimeoutError,
    DeviceUnavailableError,
)

_LOGGER: Final = logging.getLogger(__name__)
_READ_TIMEOUT_S: Final = 8.0
_RECENT_S: Final = 10.0
_RETRY_S: Final = 0.3
Prefer = Literal["ble", "serial"]
_Way = tuple[Prefer, str]


class LinkOpener:
    """Opens links for the user and, quickly and quietly, for the identifier."""

    def __init__(
        self,
        table: DeviceTable,
        drivers: Sequence[Driver],
        pool: LinkPool,
        ports: PortWatch,
        radio: RadioProvider | None,
        radio_watch: RadioWatch | None,
    ) -> None:
        self.identifier: Identifier | None = None
        self._table = table
        self._drivers = drivers
        self._pool = pool
        self._ports = ports
        self._radio = radio
        self._radio_watch = radio_watch
        self._changed = asyncio.Event()

    def wake(self) -> None:
        """The table has changed."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def open(self, target: str, timeout_s: float, prefer: Prefer) -> SharedLink:
        """See `DeviceService.open`."""
        deadline_s = asyncio.get_running_loop().time() + timeout_s
        assert self.identifier is not None
        with self.identifier.paused():
            while True:
                ways = await self._ways(target.strip(), deadline_s, prefer)
                for way in ways:
                    try:
                        return await self._open_way(way, target, deadline_s)
                    except (DeviceDisconnectedError, DeviceTimeoutError, DeviceNotFoundError) as error:
                        # A lost packet while connecting is everyday life: try the other way or again.
                        if _left(deadline_s) < 1.0:
                            raise
                        _LOGGER.debug("%s: %s", way, error.what)
                    except DeviceUnavailableError:
                        if len(ways) == 1:
                            raise
                await asyncio.sleep(min(_RETRY_S, max(0.0, _left(deadline_s))))

    async def release(self, link: SharedLink) -> None:
        """Leave a link."""
        await self._pool.release(link)

    async def read_info(self, address: str) -> DeviceInfo:
        """Connect to a heard device, read who it is, and leave."""
        device = await self._open_ble(address, _READ_TIMEOUT_S)
        await device.transport.close()
        return device.info

    # --- finding --------------------------------------------------------------------

    async def _ways(self, target: str, deadline_s: float, prefer: Prefer) -> list[_Way]:
        """Wait until the target is known; return the ways to it, the preferred one first."""
        if looks_like_port(target):
            return [("serial", target)]
        while True:
            changed = self._changed
            ways = self._known_ways(target, prefer)
            if ways:
                return ways
            try:
                # Not wait_for: Python 3.11 swallows a cancellation that meets the event (gh-86296).
                async with asyncio.timeout(max(0.0, _left(deadline_s))):
                    await changed.wait()
            except TimeoutError:
                raise self._not_found(target) from None

    def _known_ways(self, target: str, prefer: Prefer) -> list[_Way]:
        devices = self._table.snapshot().devices
        for found in devices:
            if _names(found, target):
                return _ways_of(found, prefer)
        # Its Device ID may not have been read yet; the tail says where to look first.
        candidates = [found for found in devices if not found.device_id and found.address]
        heard = {device.address: device for device in self._table.heard_devices()}
        for found in candidates:
            data = heard[found.address].data if found.address in heard else None
            if data is not None and data.id_tail == _tail(target):
                return [("ble", found.address)]
        return []

    def _not_found(self, target: str) -> DeviceError:
        snapshot = self._table.snapshot()
        if self._radio is not None and not snapshot.listening:
            problem = next((p for p in snapshot.problems if "radio" in p.reason or "perm" in p.reason), None)
            if problem is not None:
                return DeviceUnavailableError(
                    problem.what, reason=problem.reason, why=problem.why, remedy=problem.remedy
                )
        return DeviceNotFoundError(
            f"The device {target} was not found.",
            why="It is out of range, switched off, or its Device ID is another one.",
            remedy="Move closer, check its power and its label, and try again.",
        )

    # --- opening --------------------------------------------------------------------

    async def _open_way(self, way: _Way, target: str, deadline_s: float) -> SharedLink:
        name, address = way

        async def opener() -> OpenDevice:
            timeout_s = max(1.0, _left(deadline_s))
            return await (
                self._open_ble(address, timeout_s) if name == "ble" else self._open_port(address, timeout_s)
            )

        link = await self._pool.get(address, opener)
        info = link.device.info
        if name == "ble":
            self._table.identified(address, info)
        if _is_device_id(target) and info.device_id and _digits(info.device_id) != _digits(target):
            await self._pool.release(link)
            raise DeviceNotFoundError(
                f"The device {target} was not found.",
                why=f"At its place answers {info.device_id}.",
                remedy="Compare the Device ID with the label.",
            )
        return link

    async def _open_ble(self, address: str, timeout_s: float) -> OpenDevice:
        device = self._radio_watch.devices.get(address) if self._radio_watch is not None else None
        if self._radio is None or device is None:
            raise self._not_found(address)
        try:
            transport = await BleTransport.open(self._radio, device, timeout_s=timeout_s)
        except ConnectionError as error:
            raise DeviceDisconnectedError(
                "The radio is gone.", why="It was unplugged or switched off.", remedy="Plug it in again."
            ) from error
        return await open_device(transport, self._drivers)

    async def _open_port(self, port: str, timeout_s: float) -> OpenDevice:
        lock = self._ports.locks[port]
        try:
            async with asyncio.timeout(timeout_s):
                await lock.acquire()
        except TimeoutError as error:
            raise DeviceTimeoutError(
                f"The port {port} is still being looked at.", remedy="Try again in a moment."
            ) from error
        try:
            return await self._ports.open(port)
        finally:
            # The pool shares the open port from here on; a probe only runs for a new port.
            lock.release()


def looks_like_port(target: str) -> bool:
    """Whether a target is a serial port or a pyserial URL rather than a device."""
    return "://" in target or target.startswith(("/", "./", "COM"))


def _ways_of(found: FoundDevice, prefer: Prefer) -> list[_Way]:
    ways: list[_Way] = []
    if found.address and found.last_seen_s <= _RECENT_S:
        ways.append(("ble", found.address))
    if found.port:
        ways.append(("serial", found.port))
    if prefer == "serial":
        ways.reverse()
    return ways


def _names(found: FoundDevice, target: str) -> bool:
    if target in (found.identity, found.address, found.port, found.name):
        return True
    return bool(found.device_id) and _digits(found.device_id) == _digits(target)


def _digits(text: str) -> str:
    return text.replace(".", "").replace(":", "").upper()


def _is_device_id(target: str) -> bool:
    digits = _digits(target)
    return len(digits) in (6, 8, 14) and all(character in "0123456789ABCDEF" for character in digits)


def _tail(target: str) -> bytes:
    try:
        return id_tail(target) if _is_device_id(target) else b""
    except ValueError:
        return b""


def _left(deadline_s: float) -> float:
    return deadline_s - asyncio.get_running_loop().time()
