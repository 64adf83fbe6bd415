"""Looks at the serial ports once per second, and asks once what is at a new one."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from larry.devices.device_table import DeviceTable
from larry.devices.drivers.driver import Driver
from larry.devices.open_device import OpenDevice, open_device
from larry.devices.radio_watch import as_problem
from larry.devices.serial_errors import translate_serial_error
from larry.devices.serial_ports import PortInfo, PortProvider
from larry.devices.serial_transport import ConsoleTraits, SerialTransport
from larry.errors import DeviceError, DeviceRefusedError, DeviceUnavailableError

_LOGGER: Final = logging.getLogger(__name__)
_ATTEMPTS: Final = 3
_RETRY_S: Final = 4.0


class PortWatch:
    """Feeds the table with ports.

    Args:
        provider: which ports there are.
        table: what is fed.
        drivers: to find out what is there.
        is_open: whether a link holds a port.
        poll_s: pause between looks.
    """

    def __init__(
        self,
        provider: PortProvider,
        table: DeviceTable,
        drivers: Sequence[Driver],
        is_open: Callable[[str], bool] = lambda _port: False,
        *,
        poll_s: float = 1.0,
    ) -> None:
        self.locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._provider = provider
        self._table = table
        self._drivers = drivers
        self._is_open = is_open
        self._poll_s = poll_s
        self._present: dict[str, PortInfo] = {}
        self._traits: dict[str, ConsoleTraits] = {}
        self._probes: dict[str, asyncio.Task[None]] = {}

    async def open(self, port: str) -> OpenDevice:
        """Open a port and find out what is there; the caller holds the port's lock.

        What was found out last time is not asked again, unless opening failed since.
        """
        transport = await SerialTransport.open(port)
        transport.traits = self._traits.pop(port, None)
        device = await open_device(transport, self._drivers)
        if transport.traits is not None:
            self._traits[port] = transport.traits
        if port in self._present:
            self._table.set_problem(port, None)
            self._table.plugged(port, self._present[port].description, device.info)
        return device

    async def run(self) -> None:
        """Look until cancelled; never raises for a broken port."""
        try:
            while True:
                try:
                    self._look()
                except OSError as error:
                    _LOGGER.warning("cannot list the ports: %s", type(error).__name__)
                await asyncio.sleep(self._poll_s)
        finally:
            for probe in self._probes.values():
                probe.cancel()
            await asyncio.gather(*self._probes.values(), return_exceptions=True)

    def _look(self) -> None:
        ports = {port.path: port for port in self._provider.ports()}
        for path in self._present.keys() - ports.keys():
            self._unplugged(path)
        for path, port in ports.items():
            if path not in self._present:
                self._present[path] = port
                self._table.set_problem(path, None)
                self._probes[path] = asyncio.create_task(self._probe(port))
        for path in self._provider.expected():
            if path not in self._present:
                self._table.set_problem(path, as_problem(translate_serial_error(FileNotFoundError(), path)))

    def _unplugged(self, path: str) -> None:
        self._present.pop(path, None)
        self._traits.pop(path, None)
        self._table.unplugged(path)
        self._table.set_problem(path, None)
        probe = self._probes.pop(path, None)
        if probe is not None:
            probe.cancel()

    async def _probe(self, port: PortInfo) -> None:
        """Find out what is at a port; a device that still starts and a busy port get more attempts."""
        silent = 0
        while silent < _ATTEMPTS:
            try:
                await self._probe_once(port)
            except DeviceUnavailableError as error:
                self._table.set_problem(port.path, as_problem(error))
            except (DeviceError, DeviceRefusedError) as error:
                _LOGGER.debug("nothing answers at %s: %s", port.path, error.what)
                silent += 1
            else:
                return
            await asyncio.sleep(_RETRY_S)
        if port.path in self._provider.expected():
            self._table.plugged(port.path, port.description, None)

    async def _probe_once(self, port: PortInfo) -> None:
        async with self.locks[port.path]:
            if self._is_open(port.path):
                return  # a link that the user opened has told already
            device = await self.open(port.path)
            await device.transport.close()
