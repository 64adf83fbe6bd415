"""SMP over a console: how MCUmgr packs a binary message into lines of text.

`06 09` starts the first line and `04 14` each further one; the rest is base64 of
`length (2, big endian) · SMP message · CRC16-XMODEM`; a line feed ends each line. Lines
are at most 128 bytes with the line feed (Zephyr, MCUmgr "serial/console transport").
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

FIRST: Final = b"\x06\x09"
NEXT: Final = b"\x04\x14"
MAX_LINE: Final = 128
"""Bytes of one line with its line feed."""


class SmpFrameError(ValueError):
    """A console frame that does not check: bad base64, length or CRC."""


def crc16(data: bytes) -> int:
    """Return the CRC16-XMODEM."""
    return binascii.crc_hqx(data, 0)


def encode_frame(message: bytes, line_length: int = MAX_LINE) -> bytes:
    """Return the lines of one SMP message.

    Args:
        message: header and CBOR.
        line_length: longest line with its line feed, at least 7.

    Raises:
        ValueError: the message does not fit its 16-bit length, or lines are too short.
    """
    room = (line_length - 3) // 4 * 4
    if room < 4:
        raise ValueError("a line needs room for four characters")
    if len(message) > 0xFFFF - 2:
        raise ValueError("the message is too long for a console frame")
    packed = (len(message) + 2).to_bytes(2, "big") + message + crc16(message).to_bytes(2, "big")
    text = base64.b64encode(packed)
    lines = [text[start : start + room] for start in range(0, len(text), room)]
    return b"".join((FIRST if index == 0 else NEXT) + line + b"\n" for index, line in enumerate(lines))


class FrameAssembler:
    """Joins the lines of a frame. Memory is bounded by `max_message` bytes.

    Args:
        max_message: longest SMP message that is accepted.
    """

    def __init__(self, max_message: int = 16_384) -> None:
        self._max_message = max_message
        self._data: bytearray | None = None

    def feed_line(self, line: bytes) -> bytes | None:
        """Add one line, delimiter included, line feed excluded; return the message when it is complete.

        A first line abandons what was collected before.

        Raises:
            SmpFrameError: the frame does not check; the collection starts anew.
        """
        if line.startswith(FIRST):
            self._data = bytearray()
        elif not line.startswith(NEXT) or self._data is None:
            self._data = None
            raise SmpFrameError("a continuation without a start")
        try:
            return self._add(line[2:].rstrip(b"\r"))
        except SmpFrameError:
            self._data = None
            raise

    def _add(self, text: bytes) -> bytes | None:
        assert self._data is not None
        try:
            self._data += base64.b64decode(text, validate=True)
        except binascii.Error:
            raise SmpFrameError("not base64") from None
        if len(self._data) < 2:
            return None
        length = int.from_bytes(self._data[:2], "big")
        if not 2 <= length <= self._max_message + 2:
            raise SmpFrameError("the announced length is impossible")
        if len(self._data) < length + 2:
            return None
        return self._finish(length)

    def _finish(self, length: int) -> bytes:
        assert self._data is not None
        if len(self._data) > length + 2:
            raise SmpFrameError("longer than announced")
        message, expected = bytes(self._data[2:-2]), int.from_bytes(self._data[-2:], "big")
        self._data = None
        if crc16(message) != expected:
            raise SmpFrameError("wrong CRC")
        return message
