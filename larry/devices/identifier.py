"""Reads the Device ID of each heard device once, in the background, one at a time.

The advertisement carries only three bytes of the Device ID. Connections that the user asked
for come first: they interrupt a reading, which is repeated later. A device that does not answer
is asked again after 10, 20, 40 … at most 300 s.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from larry.devices.device_data import DeviceInfo
from larry.devices.device_table import DeviceTable, HeardDevice
from larry.errors import LarryError

_LOGGER: Final = logging.getLogger(__name__)
_FIRST_PAUSE_S: Final = 10.0
_LONGEST_PAUSE_S: Final = 300.0
_WEAKEST_DBM: Final = -95.0
_FRESH_S: Final = 5.0


class Identifier:
    """Works through the table.

    Args:
        table: which devices were heard.
        read: connects to an address and reads.
    """

    def __init__(self, table: DeviceTable, read: Callable[[str], Awaitable[DeviceInfo]]) -> None:
        self._table = table
        self._read = read
        self._failures: dict[str, int] = {}
        self._not_before_s: dict[str, float] = {}
        self._current: asyncio.Task[DeviceInfo] | None = None
        self._busy = 0
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look again: the table has changed."""
        self._wake.set()

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Keep the radio free for a connection that the user asked for."""
        self._busy += 1
        if self._current is not None:
            self._current.cancel()
        try:
            yield
        finally:
            self._busy -= 1
            self._wake.set()

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            device = None if self._busy else self._next()
            if device is None:
                self._wake.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(1.0):  # not wait_for: see link_opener
                        await self._wake.wait()
                continue
            await self._identify(device.address)

    def _next(self) -> HeardDevice | None:
        now_s = self._table.clock()
        for device in self._table.heard_devices():
            if (
                device.data is not None
                and device.info is None
                and not device.connected
                and now_s >= self._not_before_s.get(device.address, 0.0)
                and now_s - device.last_at_s < _FRESH_S
                and (device.rssi_dbm is None or device.rssi_dbm > _WEAKEST_DBM)
            ):
                return device
        return None

    async def _identify(self, address: str) -> None:
        task: asyncio.Task[DeviceInfo] = asyncio.ensure_future(self._reading(address))
        self._current = task
        try:
            await asyncio.wait({task})
        finally:
            self._current = None
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        if task.cancelled():
            return  # interrupted, not failed
        error = task.exception()
        if error is None:
            self._table.identified(address, task.result())
            return
        if not isinstance(error, LarryError):
            _LOGGER.warning("reading %s failed: %s", address, type(error).__name__)
            _LOGGER.debug("reading %s failed", address, exc_info=error)
        failures = self._failures[address] = self._failures.get(address, 0) + 1
        pause_s = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2 ** min(failures - 1, 8))
        self._not_before_s[address] = self._table.clock() + pause_s

    async def _reading(self, address: str) -> DeviceInfo:
        return await self._read(address)
