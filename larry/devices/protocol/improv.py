"""Improv Wi-Fi: the codec shared by its two transports, BLE and serial (www.improv-wifi.com).

A command or result is `id, length, content, checksum`; on serial it travels without its
own checksum inside a frame (`ImprovFrame`). Command 2 means *identify* over BLE but
*report your state* over serial.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Final

SERIAL_HEADER: Final = b"IMPROV"
SERIAL_VERSION: Final = 1
MAX_SERIAL_FRAME: Final = len(SERIAL_HEADER) + 3 + 255 + 1


class ImprovState(IntEnum):
    """State of provisioning."""

    AUTHORIZATION_REQUIRED = 1
    AUTHORIZED = 2
    PROVISIONING = 3
    PROVISIONED = 4


class ImprovError(IntEnum):
    """Last error; reset to NONE by each new command."""

    NONE = 0
    INVALID_RPC = 1
    UNKNOWN_COMMAND = 2
    UNABLE_TO_CONNECT = 3
    NOT_AUTHORIZED = 4
    BAD_HOSTNAME = 5
    UNKNOWN = 0xFF


class ImprovCapability(IntFlag):
    """What the device offers besides Wi-Fi settings."""

    IDENTIFY = 1
    DEVICE_INFO = 2
    SCAN_WIFI = 4
    HOSTNAME = 8


class ImprovCommand(IntEnum):
    """Commands; the same numbers mark their results."""

    WIFI_SETTINGS = 1
    IDENTIFY = 2
    DEVICE_INFO = 3
    SCAN_WIFI = 4
    HOSTNAME = 5


SERIAL_REQUEST_STATE: Final = 2
"""Command 2 over serial."""


class ImprovFrameType(IntEnum):
    """Type byte of a serial frame."""

    STATE = 1
    ERROR = 2
    COMMAND = 3
    RESULT = 4


class ImprovDecodeError(ValueError):
    """Not a well-formed Improv message; the text never repeats its bytes (a password may be inside)."""


@dataclass(frozen=True, slots=True)
class ImprovMessage:
    """A command or a result: its number and its strings. The strings may be secret, so `repr` hides them."""

    command: int
    strings: tuple[bytes, ...] = field(default=(), repr=False)

    def texts(self) -> tuple[str, ...]:
        """The strings as text; what is not UTF-8 is replaced (an SSID may be any bytes)."""
        return tuple(string.decode("utf-8", "replace") for string in self.strings)


@dataclass(frozen=True, slots=True)
class ImprovFrame:
    """One serial frame. `content` is hidden in `repr` because a command may carry a password."""

    type: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WifiEntry:
    """One network of a Wi-Fi scan. `rssi_dbm` is None when the device writes something else than a number."""

    ssid: str
    rssi_dbm: int | None
    secured: bool


def checksum(data: bytes) -> int:
    """Return the low byte of the sum."""
    return sum(data) & 0xFF


def encode_message(message: ImprovMessage) -> bytes:
    """Return the BLE form: id, length, strings with their lengths, checksum.

    Raises:
        ValueError: a string or the whole is longer than 255 bytes.
    """
    body = encode_body(message)
    return body + bytes((checksum(body),))


def encode_body(message: ImprovMessage) -> bytes:
    """Return `encode_message` without the checksum: what a serial frame carries."""
    if any(len(string) > 255 for string in message.strings):
        raise ValueError("an Improv string has at most 255 bytes")
    content = b"".join(bytes((len(string),)) + string for string in message.strings)
    if len(content) > 255:
        raise ValueError("an Improv message has at most 255 bytes")
    return bytes((message.command, len(content))) + content


def decode_message(data: bytes) -> ImprovMessage:
    """Read the BLE form.

    Raises:
        ImprovDecodeError: wrong length, checksum or string lengths.
    """
    if len(data) < 3 or len(data) != data[1] + 3:
        raise ImprovDecodeError("the length of the message is wrong")
    if checksum(data[:-1]) != data[-1]:
        raise ImprovDecodeError("the checksum of the message is wrong")
    return decode_body(data[:-1])


def decode_body(data: bytes) -> ImprovMessage:
    """Read the form without checksum.

    Raises:
        ImprovDecodeError: wrong length or string lengths.
    """
    if len(data) < 2 or len(data) != data[1] + 2:
        raise ImprovDecodeError("the length of the message is wrong")
    strings: list[bytes] = []
    position = 2
    while position < len(data):
        end = position + 1 + data[position]
        if end > len(data):
            raise ImprovDecodeError("a string of the message runs past its end")
        strings.append(bytes(data[position + 1 : end]))
        position = end
    return ImprovMessage(data[0], tuple(strings))


class MessageAssembler:
    """Joins a message that arrives in several BLE writes or notifications (each of 20 bytes or more).

    A message that grows past its announced length is refused, so memory stays below 300 bytes.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, part: bytes) -> ImprovMessage | None:
        """Add a part; return the message when it is complete.

        Raises:
            ImprovDecodeError: the collected bytes are not a message; the collection starts anew.
        """
        self._buffer += part
        if len(self._buffer) < 3 or len(self._buffer) < self._buffer[1] + 3:
            return None
        whole = bytes(self._buffer)
        self.reset()
        return decode_message(whole)

    def reset(self) -> None:
        """Forget what was collected."""
        self._buffer.clear()


def wifi_settings(ssid: str, password: str) -> ImprovMessage:
    """Return the command that carries network name and password."""
    return ImprovMessage(ImprovCommand.WIFI_SETTINGS, (ssid.encode(), password.encode()))


def encode_networks(networks: Iterable[WifiEntry]) -> tuple[bytes, ...]:
    """Return the strings of a Wi-Fi scan result: name, RSSI, YES or NO, and so on."""
    strings: list[bytes] = []
    for network in networks:
        rssi = b"" if network.rssi_dbm is None else str(network.rssi_dbm).encode()
        strings += [network.ssid.encode(), rssi, b"YES" if network.secured else b"NO"]
    return tuple(strings)


def decode_networks(strings: Sequence[bytes]) -> tuple[WifiEntry, ...]:
    """Read the strings of a Wi-Fi scan result; an incomplete last entry is refused.

    Anything but "NO" as authentication counts as secured: newer devices name the method.

    Raises:
        ImprovDecodeError: not a multiple of three strings.
    """
    if len(strings) % 3:
        raise ImprovDecodeError("a Wi-Fi scan result has three strings per network")
    entries: list[WifiEntry] = []
    for index in range(0, len(strings), 3):
        ssid, rssi, secured = (string.decode("utf-8", "replace") for string in strings[index : index + 3])
        entries.append(WifiEntry(ssid, _integer(rssi), secured.strip().upper() != "NO"))
    return tuple(entries)


def encode_frame(frame: ImprovFrame) -> bytes:
    """Return a serial frame, ended by a line feed so that line-based log readers recover.

    Raises:
        ValueError: more than 255 bytes of content.
    """
    if len(frame.content) > 255:
        raise ValueError("an Improv frame has at most 255 bytes of content")
    head = SERIAL_HEADER + bytes((SERIAL_VERSION, frame.type, len(frame.content))) + frame.content
    return head + bytes((checksum(head),)) + b"\n"


def _integer(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
