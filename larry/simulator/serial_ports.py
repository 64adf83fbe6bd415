"""The cables of the practice site: each IQ on a pseudo-terminal, or on a TCP port where there are none."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import importlib
import logging
import os
from typing import Any, Protocol

from larry.simulator.firmware.firmware import Firmware
from larry.simulator.serial_console import SerialConsole
from larry.simulator.world import World
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.event_log import WorldEvent

_LOG = logging.getLogger(__name__)
_READ_SIZE = 4096
_UNREAD_LIMIT = 1024
"""Log lines are dropped while so much stands unread in the cable: nobody listens."""
_PENDING_LIMIT = 65536


class Cable(Protocol):
    """One end of a cable."""

    path: str

    async def open(self) -> None:
        """Plug in."""
        ...

    async def close(self) -> None:
        """Unplug."""
        ...


class SerialPorts:
    """All cables of one site."""

    def __init__(self, world: World, firmwares: dict[str, Firmware]) -> None:
        self._world = world
        self._consoles: dict[str, SerialConsole] = {}
        self._cables: dict[str, PtyCable | TcpCable] = {}
        for iq in world.iqs:
            cable = PtyCable() if hasattr(os, "openpty") else TcpCable()
            console = SerialConsole(firmwares[iq.device_id], cable.write)
            cable.feed = console.feed
            self._consoles[iq.device_id] = console
            self._cables[iq.device_id] = cable
        self._unsubscribe = [world.subscribe(self._changed), world.events.subscribe(self._event)]

    @property
    def listing(self) -> list[dict[str, str]]:
        """What `larry simulate` publishes: path, Device ID, description."""
        return [
            {"path": cable.path, "device_id": device_id, "description": f"Practice cable of {iq.name}"}
            for device_id, cable in self._cables.items()
            if (iq := self._world.device(device_id)) is not None
        ]

    async def start(self) -> None:
        """Plug all in."""
        for cable in self._cables.values():
            await cable.open()

    async def close(self) -> None:
        """Unplug all."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for cable in self._cables.values():
            await cable.close()

    def _changed(self, device: SimulatedDevice) -> None:
        console = self._consoles.get(device.device_id)
        if console is not None:
            console.refresh()

    def _event(self, event: WorldEvent) -> None:
        console = self._consoles.get(event.device_id)
        if console is not None:
            console.show_event(event)


def _ignore(data: bytes) -> None:
    del data


class PtyCable:
    """A pseudo-terminal in raw mode. This side keeps both ends open so that a program may come and go."""

    def __init__(self) -> None:
        self.path = ""
        self.feed = _ignore
        self._master = self._slave = -1
        self._pending = bytearray()

    async def open(self) -> None:
        """Make the pair."""
        tty: Any = importlib.import_module("tty")  # not on Windows
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        asyncio.get_running_loop().add_reader(self._master, self._readable)

    async def close(self) -> None:
        """Unplug: a program that has it open gets an error."""
        if self._master >= 0:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._master)
            loop.remove_writer(self._master)
            os.close(self._master)
            os.close(self._slave)
            self._master = self._slave = -1

    def write(self, data: bytes, may_drop: bool) -> None:
        """Send; log lines are dropped when nobody reads."""
        if self._master < 0 or (may_drop and (self._pending or self._unread() > _UNREAD_LIMIT)):
            return
        if len(self._pending) + len(data) > _PENDING_LIMIT:
            _LOG.debug("%s: nobody reads, %d bytes dropped", self.path, len(data))
            return
        self._pending += data
        self._flush()

    def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            sent = os.write(self._master, self._pending)
        except BlockingIOError:
            sent = 0
        del self._pending[:sent]
        if self._pending:
            loop.add_writer(self._master, self._flush)
        else:
            loop.remove_writer(self._master)

    def _unread(self) -> int:
        fcntl: Any = importlib.import_module("fcntl")
        termios: Any = importlib.import_module("termios")
        answer = fcntl.ioctl(self._slave, termios.FIONREAD, b"\0" * 4)
        return int.from_bytes(answer, "little")

    def _readable(self) -> None:
        try:
            data = os.read(self._master, _READ_SIZE)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EIO):
                raise
            return
        self.feed(data)


class TcpCable:
    """The same on a TCP port of this computer, `socket://127.0.0.1:PORT`; one program at a time."""

    def __init__(self) -> None:
        self.path = ""
        self.feed = _ignore
        self._server: asyncio.Server | None = None
        self._client: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.path = f"socket://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Hang up."""
        if self._server is not None:
            self._server.close()
            if self._client is not None:
                self._client.close()
            await self._server.wait_closed()

    def write(self, data: bytes, may_drop: bool) -> None:
        """Send to who is there."""
        del may_drop
        if self._client is not None and not self._client.is_closing():
            self._client.write(data)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._client is not None:
            writer.close()
            return
        self._client = writer
        try:
            while data := await reader.read(_READ_SIZE):
                self.feed(data)
        except ConnectionError:
            pass
        finally:
            self._client = None
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
