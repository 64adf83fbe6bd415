"""What discovery shows: immutable, safe to hand to any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DeviceKind = Literal["iq", "repeater", "lock", "unknown"]
ProblemReason = Literal[
    "no-radio", "radio-off", "no-permission", "port-busy", "port-gone", "radio-failed", "driver"
]


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """One device near us, however it was found.

    Attributes:
        identity: Device ID when it is known, else the address it was found at.
        device_id: read from the device itself, else "".
        kind: unknown = another maker's.
        name, model, firmware: "" while they are not known.
        state: fault, window-open, in-site, factory, ready; of another maker's device its Wi-Fi state.
        rssi_dbm: smoothed (device_table.py); None when it was not heard by radio.
        last_seen_s: seconds since it was heard, 0 while it is connected or plugged in.
        transports: of "ble", "serial".
        address: Bluetooth address, or "".
        port: serial port, or "".
        speaks: of "smp", "improv", "group65".
    """

    identity: str
    device_id: str
    kind: DeviceKind
    name: str
    model: str
    firmware: str
    state: str
    rssi_dbm: float | None
    last_seen_s: float
    transports: tuple[str, ...]
    address: str
    port: str
    speaks: tuple[str, ...]
    battery_percent: int | None


@dataclass(frozen=True, slots=True)
class DeviceProblem:
    """Why a way to devices does not work: what, why, what to do."""

    reason: ProblemReason
    what: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DiscoverySnapshot:
    """Everything found at one moment.

    Attributes:
        devices: in the order in which they were first heard, so that rows do not jump.
        problems: the present ones.
        listening: whether the radio listens.
        revision: grows with every change except RSSI and last_seen_s.
    """

    devices: tuple[FoundDevice, ...] = ()
    problems: tuple[DeviceProblem, ...] = ()
    listening: bool = False
    revision: int = 0
