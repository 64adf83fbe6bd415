"""Turns what bleak and the systems raise into what a person can act on; the only place that does."""

from __future__ import annotations

from typing import Final

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakGATTProtocolError,
)
from bleak.exc import BleakBluetoothNotAvailableReason as Reason

from larry.errors import (
    DeviceDisconnectedError,
    DeviceError,
    DeviceNotFoundError,
    DeviceProtocolError,
    DeviceTimeoutError,
    DeviceUnavailableError,
    LarryError,
)

_DENIED: Final = (Reason.DENIED_BY_USER, Reason.DENIED_BY_SYSTEM, Reason.DENIED_BY_UNKNOWN)


def radio_unavailable(error: BaseException, spec: str) -> DeviceUnavailableError:
    """Return the error for a radio that cannot be used.

    Args:
        error: what opening or scanning raised.
        spec: the radio's specification.
    """
    reason = _reason(error)
    if reason == "radio-failed" and spec.startswith("hci:"):
        return DeviceUnavailableError(
            "The Bluetooth controller cannot be reached.",
            reason=reason,
            why=f"Nothing answers at {spec.removeprefix('hci:')}.",
            remedy="Start the practice site or plug the controller in; Larry tries again by itself.",
        )
    what, why, remedy = _RADIO_WORDS[reason]
    return DeviceUnavailableError(what, reason=reason, why=why, remedy=remedy)


_RADIO_WORDS: Final = {
    "no-radio": (
        "This computer has no Bluetooth radio that Larry can use.",
        "The system reports no Bluetooth adapter, or its Bluetooth service is not running.",
        "Plug in a Bluetooth 4.0 (or newer) adapter, start the Bluetooth service, "
        "or connect the device by its serial cable.",
    ),
    "radio-off": (
        "Bluetooth is switched off.",
        "The radio is there, but the system has turned it off.",
        "Switch Bluetooth on in the system's settings; flight mode must be off. Larry tries again by itself.",
    ),
    "no-permission": (
        "Larry is not allowed to use Bluetooth.",
        "The system or its user refused the permission.",
        "Allow Bluetooth for this program in the system's privacy settings, then start Larry again.",
    ),
    "radio-failed": (
        "The Bluetooth radio does not work.",
        "The system reports an error that Larry does not know.",
        "Switch Bluetooth off and on, or unplug the adapter and plug it in again.",
    ),
}


def _reason(error: BaseException) -> str:
    if isinstance(error, BleakBluetoothNotAvailableError):
        if error.reason is Reason.POWERED_OFF:
            return "radio-off"
        return "no-permission" if error.reason in _DENIED else "no-radio"
    if isinstance(error, BleakDBusError):
        return _dbus_reason(error.dbus_error)
    if isinstance(error, PermissionError):
        return "no-permission"
    if isinstance(error, FileNotFoundError | NotImplementedError):
        return "no-radio"  # no system bus, no Bluetooth service
    return "radio-failed"


def _dbus_reason(name: str) -> str:
    if name.endswith(("ServiceUnknown", "NoReply", "UnknownObject")):
        return "no-radio"
    if name.endswith(("AccessDenied", "NotAuthorized")):
        return "no-permission"
    return "radio-off" if name.endswith("NotReady") else "radio-failed"


def translate_ble_error(error: BaseException, device: str, doing: str) -> LarryError:
    """Return the error for a failed operation on a BLE link."""
    if isinstance(error, LarryError):
        return error
    if isinstance(error, BleakDeviceNotFoundError):
        return DeviceNotFoundError(
            f"The device {device} was not heard while {doing}.",
            why="It is out of range, switched off, or connected to someone else.",
            remedy="Move closer, check its power, close other programs that use it, and try again.",
        )
    if isinstance(error, BleakGATTProtocolError):
        return DeviceProtocolError(
            f"The device {device} refused a Bluetooth operation while {doing}.",
            why=f"Its answer was the ATT error 0x{int(error.code):02X}.",
            remedy="Connect again; if it repeats, update the device's firmware.",
        )
    if isinstance(error, TimeoutError):
        return DeviceTimeoutError(
            f"The device {device} did not answer while {doing}.",
            why="The link was too weak or the device was busy.",
            remedy="Move closer and try again.",
        )
    if isinstance(error, BleakBluetoothNotAvailableError):
        return radio_unavailable(error, "")
    return _lost(device, doing)


def _lost(device: str, doing: str) -> DeviceError:
    return DeviceDisconnectedError(
        f"The link to the device {device} was lost while {doing}.",
        why="It moved out of range, was switched off, or closed the link.",
        remedy="Move closer, check its power, and try again.",
    )
