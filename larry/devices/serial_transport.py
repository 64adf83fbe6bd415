"""A serial console: one UART with SMP frames, Improv frames and log lines mixed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

import serialx

from larry.devices.protocol import improv, smp_serial
from larry.devices.protocol.console import BrokenFrame, ConsoleDecoder, ConsoleItem, LogLine, SmpMessage
from larry.devices.protocol.improv import (
    SERIAL_REQUEST_STATE,
    ImprovCapability,
    ImprovError,
    ImprovFrame,
    ImprovFrameType,
    ImprovMessage,
    ImprovState,
)
from larry.devices.serial_errors import translate_serial_error
from larry.devices.transport import ImprovEvent, TransportName
from larry.errors import DeviceProtocolError

_LOGGER: Final = logging.getLogger(__name__)
_QUEUE_LIMIT: Final = 64
_LOG_LIMIT: Final = 200
_SMP_PACKET: Final = 1024
"""A message of this length is taken by every usual console buffer before the device names its own."""


@dataclass(frozen=True, slots=True)
class ConsoleTraits:
    """What was found out about a console, so that it need not be asked again.

    Attributes:
        smp, improv: what answers.
        line_pause_s: pause after each line (console_fitting.py).
        buffer_size: longest SMP message with its framing, in bytes; None = not told.
    """

    smp: bool
    improv: bool
    line_pause_s: float
    buffer_size: int | None


class SerialTransport:
    """See `Transport`. Made by `open`.

    Attributes:
        traits: what is known about the console; None until it was asked.
    """

    name: TransportName = "serial"

    def __init__(self, port: str) -> None:
        self.address = port
        self.ended = asyncio.Event()
        self.speaks: frozenset[str] = frozenset({"smp", "improv"})
        self._improv = SerialImprovChannel(self)
        self.smp_packet = _SMP_PACKET
        self.line_pause_s = 0.0
        self.traits: ConsoleTraits | None = None
        self._wire: Any = None
        self._decoder = ConsoleDecoder()
        self._messages: asyncio.Queue[bytes | BrokenFrame] = asyncio.Queue(_QUEUE_LIMIT)
        self._log: deque[str] = deque(maxlen=_LOG_LIMIT)

    @classmethod
    async def open(cls, port: str, *, baud: int = 115_200, timeout_s: float = 5.0) -> SerialTransport:
        """Open a port by path or URL, for this program alone.

        Raises:
            DeviceUnavailableError: busy, gone, or not permitted.
        """
        transport = cls(port)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout_s):
                transport._wire, _ = await serialx.create_serial_connection(
                    loop, lambda: _Protocol(transport), port, baudrate=baud
                )
        except (OSError, TimeoutError, serialx.SerialException, ValueError) as error:
            raise translate_serial_error(error, port) from error
        return transport

    @property
    def improv(self) -> SerialImprovChannel:
        """The Improv channel."""
        return self._improv

    # --- bytes ----------------------------------------------------------------------

    def on_bytes(self, data: bytes) -> None:
        """Take what arrived."""
        for item in self._decoder.feed(data):
            self._sort(item)

    def _sort(self, item: ConsoleItem) -> None:
        match item:
            case LogLine():
                self._log.append(item.text)
            case ImprovFrame():
                self._improv.on_frame(item)
            case SmpMessage():
                self._put(item.data)
            case BrokenFrame():
                _LOGGER.debug("%s: %s", self.address, item.why)
                self._put(item)

    def _put(self, item: bytes | BrokenFrame) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self._messages.put_nowait(item)

    def write(self, data: bytes) -> None:
        """Send bytes.

        Raises:
            DeviceUnavailableError: the port is gone.
        """
        if self._wire is None or self.ended.is_set():
            raise translate_serial_error(FileNotFoundError(), self.address)
        try:
            self._wire.write(data)
        except (OSError, serialx.SerialException, RuntimeError) as error:
            raise translate_serial_error(error, self.address) from error

    # --- SMP ------------------------------------------------------------------------

    async def send_smp(self, message: bytes) -> None:
        """Send the message as console lines, with a pause after each when the device needs it."""
        lines = smp_serial.encode_frame(message)
        if not self.line_pause_s:
            self.write(lines)
            return
        for line in lines.splitlines(keepends=True):
            self.write(line)
            await asyncio.sleep(self.line_pause_s)

    async def receive_smp(self) -> bytes:
        """Return the next message."""
        item = await self._messages.get()
        if isinstance(item, BrokenFrame):
            raise DeviceProtocolError(
                f"A damaged frame arrived at {self.address}.",
                why=f"It has {item.why}.",
                remedy="Check the cable and that no other program writes to the port, then try again.",
            )
        return item

    # --- the rest -------------------------------------------------------------------

    async def device_information(self) -> dict[str, str]:
        """There is no GATT on a console."""
        return {}

    async def battery_percent(self) -> int | None:
        """There is no GATT on a console."""
        return None

    def log_lines(self) -> list[str]:
        """Return the last 200 log lines."""
        return list(self._log)

    async def close(self) -> None:
        """Close the port."""
        wire, self._wire = self._wire, None
        self.ended.set()
        if wire is not None:
            wire.close()
            with contextlib.suppress(OSError, TimeoutError, serialx.SerialException):
                async with asyncio.timeout(3):
                    await wire.wait_closed()


class _Protocol(asyncio.Protocol):
    def __init__(self, transport: SerialTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._transport.on_bytes(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport.ended.set()


class SerialImprovChannel:
    """Improv over the console; see `ImprovChannel`."""

    over_serial = True

    def __init__(self, transport: SerialTransport) -> None:
        self.events: asyncio.Queue[ImprovEvent] = asyncio.Queue(_QUEUE_LIMIT)
        self._transport = transport

    async def send(self, message: ImprovMessage) -> None:
        """Send a command frame."""
        frame = ImprovFrame(ImprovFrameType.COMMAND, improv.encode_body(message))
        self._transport.write(improv.encode_frame(frame))

    async def request_state(self) -> ImprovState | None:
        """Ask for the state; it comes as an event."""
        await self.send(ImprovMessage(SERIAL_REQUEST_STATE))
        return None

    async def capabilities(self) -> int:
        """Serial has no capability bits and no identify."""
        return int(ImprovCapability.DEVICE_INFO | ImprovCapability.SCAN_WIFI)

    def on_frame(self, frame: ImprovFrame) -> None:
        """Take a frame from the device; what does not check is dropped."""
        event = _event(frame)
        if event is None:
            _LOGGER.debug("%s: an Improv frame that is not for us", self._transport.address)
            return
        with contextlib.suppress(asyncio.QueueFull):
            self.events.put_nowait(event)


def _event(frame: ImprovFrame) -> ImprovEvent | None:
    try:
        if frame.type == ImprovFrameType.STATE:
            return ImprovEvent(state=ImprovState(frame.content[0]))
        if frame.type == ImprovFrameType.ERROR:
            return ImprovEvent(error=ImprovError(frame.content[0]))
        if frame.type == ImprovFrameType.RESULT:
            return ImprovEvent(result=improv.decode_body(frame.content))
    except (ValueError, IndexError):
        return None
    return None
