"""One UART, three voices: SMP frames, Improv frames and log lines, told apart byte by byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from larry.devices.protocol import improv, smp_serial

_MAX_LINE: Final = 4096


@dataclass(frozen=True, slots=True)
class SmpMessage:
    """A whole SMP message (header and CBOR)."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line that is neither SMP nor Improv, without its line end."""

    text: str


@dataclass(frozen=True, slots=True)
class BrokenFrame:
    """Something that began as a frame and does not check; `why` never repeats its bytes."""

    why: str


ConsoleItem = SmpMessage | improv.ImprovFrame | LogLine | BrokenFrame


class ConsoleDecoder:
    """Splits the byte stream of one UART, in either direction.

    Endless lines are cut at 4 KiB and frames at `max_message` bytes, so noise cannot fill the memory.

    Args:
        max_message: longest SMP message that is accepted.
    """

    def __init__(self, max_message: int = 16_384) -> None:
        self._frames = smp_serial.FrameAssembler(max_message)
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[ConsoleItem]:
        """Add bytes; return what became complete, in order."""
        self._buffer += data
        items: list[ConsoleItem] = []
        while self._buffer:
            used = self._take(items)
            if not used:
                break
            del self._buffer[:used]
        return items

    def _take(self, items: list[ConsoleItem]) -> int:
        """Read one item at the start of the buffer; return the bytes it used, 0 when it is incomplete."""
        header = improv.SERIAL_HEADER
        if self._buffer.startswith(header):
            return self._take_improv(items)
        if header.startswith(self._buffer):
            return 0  # may still become an Improv frame
        # A log line without line end may stand directly before a frame.
        starts = [at for at in (self._buffer.find(mark, 1) for mark in (header, smp_serial.FIRST)) if at > 0]
        newline = self._buffer.find(b"\n")
        if starts and (newline < 0 or min(starts) < newline):
            return self._take_line(min(starts), 0, items)
        if newline >= 0:
            return self._take_line(newline, 1, items)
        return self._take_line(_MAX_LINE, 0, items) if len(self._buffer) > _MAX_LINE else 0

    def _take_improv(self, items: list[ConsoleItem]) -> int:
        head = len(improv.SERIAL_HEADER)
        if len(self._buffer) < head + 3:
            return 0
        version, kind, length = self._buffer[head : head + 3]
        if version != improv.SERIAL_VERSION:
            items.append(BrokenFrame("an Improv frame of an unknown version"))
            return head
        end = head + 3 + length
        if len(self._buffer) < end + 1:
            return 0
        if improv.checksum(bytes(self._buffer[:end])) != self._buffer[end]:
            items.append(BrokenFrame("an Improv frame with a wrong checksum"))
            return head  # its "length" may be wrong too: look for the next item right behind
        items.append(improv.ImprovFrame(kind, bytes(self._buffer[head + 3 : end])))
        return end + 1 + (self._buffer[end + 1 : end + 2] == b"\n")

    def _take_line(self, end: int, line_end: int, items: list[ConsoleItem]) -> int:
        line = bytes(self._buffer[:end])
        if line.startswith((smp_serial.FIRST, smp_serial.NEXT)):
            try:
                message = self._frames.feed_line(line)
            except smp_serial.SmpFrameError as error:
                items.append(BrokenFrame(str(error)))
            else:
                if message is not None:
                    items.append(SmpMessage(message))
        elif text := line.rstrip(b"\r"):
            items.append(LogLine(text.decode("utf-8", "replace")))
        return end + line_end
