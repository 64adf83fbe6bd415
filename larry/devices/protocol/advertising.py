"""What a device says about itself before anyone connects.

An Improv device must put its UUID and its service data into one advertisement, which is
then full (31 bytes, Improv specification). So the manufacturer data, together with the SMP
UUID, goes into a second advertisement that alternates with the first, and the name goes
into the scan response. See device-profile.md, "Advertising".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from larry.devices.protocol import uuids

COMPANY_ID: Final = 0xFFFF
"""The SIG's number for tests and internal use; ours until the maker lends its own."""

PROFILE_VERSION: Final = 1
MAX_ADVERTISEMENT: Final = 31
_MAGIC: Final = 0x4C
_PAYLOAD_LENGTH: Final = 6
_FLAGS: Final = bytes((2, 0x01, 0x06))  # general discoverable, no classic Bluetooth
_FACTORY, _WINDOW, _IN_SITE, _FAULT = 1, 2, 4, 8


class AdvertisedKind(IntEnum):
    """The four bits that tell an IQ from a repeater from a lock."""

    IQ = 1
    REPEATER = 2
    LOCK = 3

    @property
    def word(self) -> str:
        """The kind as the rest of Larry writes it: iq, repeater, lock."""
        return self.name.lower()


class DeviceState(StrEnum):
    """One word for the state bits, the most urgent first."""

    FAULT = "fault"
    WINDOW_OPEN = "window-open"
    FACTORY = "factory"
    IN_SITE = "in-site"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class ManufacturerData:
    """The six bytes after the company identifier.

    Args:
        kind: iq, repeater or lock.
        id_tail: last three bytes of the Device ID; enough to recognise, not to prove.
        factory: in factory state (nothing configured).
        window_open: the 2-minute Bluetooth window is open (domain.md 5).
        in_site: belongs to a site.
        fault: the device reports a fault.
        profile_version: 0 to 15.
    """

    kind: AdvertisedKind
    id_tail: bytes
    factory: bool = False
    window_open: bool = False
    in_site: bool = False
    fault: bool = False
    profile_version: int = PROFILE_VERSION

    def __post_init__(self) -> None:
        if len(self.id_tail) != 3:
            raise ValueError("the tail of the Device ID has three bytes")
        if not 0 <= self.profile_version <= 15:
            raise ValueError("the profile version has four bits")

    @property
    def state(self) -> DeviceState:
        """The state bits as one word."""
        for is_set, state in (
            (self.fault, DeviceState.FAULT),
            (self.window_open, DeviceState.WINDOW_OPEN),
            (self.in_site, DeviceState.IN_SITE),
            (self.factory, DeviceState.FACTORY),
        ):
            if is_set:
                return state
        return DeviceState.READY

    def encode(self) -> bytes:
        """Return the payload as it stands after the company identifier."""
        bits = (
            (self.factory and _FACTORY)
            | (self.window_open and _WINDOW)
            | (self.in_site and _IN_SITE)
            | (self.fault and _FAULT)
        )
        return bytes((_MAGIC, self.profile_version << 4 | self.kind, *self.id_tail, bits))

    @classmethod
    def decode(cls, payload: bytes) -> ManufacturerData | None:
        """Read a payload; None when it is not ours (the company identifier is shared by many)."""
        if len(payload) != _PAYLOAD_LENGTH or payload[0] != _MAGIC or payload[5] & 0xF0:
            return None
        try:
            kind = AdvertisedKind(payload[1] & 0x0F)
        except ValueError:
            return None
        bits = payload[5]
        return cls(
            kind=kind,
            id_tail=bytes(payload[2:5]),
            factory=bool(bits & _FACTORY),
            window_open=bool(bits & _WINDOW),
            in_site=bool(bits & _IN_SITE),
            fault=bool(bits & _FAULT),
            profile_version=payload[1] >> 4,
        )


def id_tail(device_id: str) -> bytes:
    """Return the last three bytes of a Device ID in any of its forms (14 hex, 8 hex, NN.NN.NN).

    Raises:
        ValueError: fewer than six hexadecimal digits.
    """
    digits = "".join(character for character in device_id if character in "0123456789abcdefABCDEF")
    if len(digits) < 6:
        raise ValueError("a Device ID has at least six hexadecimal digits")
    return bytes.fromhex(digits[-6:])


def improv_advertisement(state: int, capabilities: int) -> bytes:
    """Return the full first advertisement of a device with Improv Wi-Fi: exactly 31 bytes."""
    service_data = uuids.IMPROV_SERVICE_DATA_NUMBER.to_bytes(2, "little") + bytes(
        (state, capabilities, 0, 0, 0, 0)
    )
    return _FLAGS + _structure(0x07, uuids.uuid_bytes(uuids.IMPROV_SERVICE)) + _structure(0x16, service_data)


def profile_advertisement(data: ManufacturerData) -> bytes:
    """Return the advertisement with the SMP UUID and the manufacturer data: exactly 31 bytes."""
    company = COMPANY_ID.to_bytes(2, "little")
    return (
        _FLAGS
        + _structure(0x07, uuids.uuid_bytes(uuids.SMP_SERVICE))
        + _structure(0xFF, company + data.encode())
    )


def scan_response(name: str) -> bytes:
    """Return the scan response: the name, cut at a whole character when it is longer than 29 bytes."""
    encoded = name.encode()
    if len(encoded) <= MAX_ADVERTISEMENT - 2:
        return _structure(0x09, encoded)
    shortened = encoded[: MAX_ADVERTISEMENT - 2].decode(errors="ignore").encode()
    return _structure(0x08, shortened)


def _structure(kind: int, content: bytes) -> bytes:
    return bytes((len(content) + 1, kind)) + content
