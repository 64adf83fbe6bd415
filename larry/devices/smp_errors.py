"""SMP refusals in words: each general code has a sentence and a next step."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

from smp.error import MGMT_ERR

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error, explain
from larry.errors import DeviceRefusedError, DeviceUnsupportedError, LarryError

_TRY_AGAIN: Final = "Wait a moment and try again."
_UPDATE: Final = "Update the device's firmware, or do the step by hand."

_GENERAL: Final[dict[int, tuple[str, str]]] = {
    MGMT_ERR.EUNKNOWN: ("It reports an error without a reason.", "Restart the device and try again."),
    MGMT_ERR.ENOMEM: ("It has not enough memory for the command.", "Restart the device and try again."),
    MGMT_ERR.EINVAL: ("It does not accept one of the values.", "Check the value and try again."),
    MGMT_ERR.ETIMEOUT: ("Something inside the device took too long.", _TRY_AGAIN),
    MGMT_ERR.ENOENT: ("It does not have what was asked for.", "Check the name and try again."),
    MGMT_ERR.EBADSTATE: (
        "It is not in a state that allows this.",
        "Finish what it is doing, then try again.",
    ),
    MGMT_ERR.EMSGSIZE: ("The answer does not fit its buffer.", "Ask for less at once."),
    MGMT_ERR.ENOTSUP: ("It does not offer this command.", _UPDATE),
    MGMT_ERR.ECORRUPT: ("Its stored data are damaged.", "Write the setting again, or reset the device."),
    MGMT_ERR.EBUSY: ("It is busy with another command.", _TRY_AGAIN),
    MGMT_ERR.EACCESSDENIED: ("It does not permit this.", "Unlock the device with its activation code first."),
    MGMT_ERR.UNSUPPORTED_TOO_OLD: ("Larry's protocol is too old for it.", "Update Larry."),
    MGMT_ERR.UNSUPPORTED_TOO_NEW: ("Larry's protocol is too new for it.", _UPDATE),
}


def smp_refusal(response: Any, device: str) -> LarryError:
    """Return the error for an SMP error response of version 1 or 2."""
    details = getattr(response, "err", None)
    if details is not None:
        return group_refusal(int(details.group), details.rc, device)
    return _general(int(response.rc), device)


def group_refusal(group: int, code: int | IntEnum, device: str) -> LarryError:
    """Return the error for a version-2 code of a group."""
    if group == group65.GROUP_ID:
        return _group65(int(code), device)
    name = code.name.lower().replace("_", "-") if isinstance(code, IntEnum) else str(int(code))
    if name.endswith("not-supported"):
        return _unsupported(device)
    return DeviceRefusedError(
        f"{device} refused the command.",
        why=f"Its reason: {name.replace('-', ' ')} (SMP group {group}, code {int(code)}).",
        remedy="Check the value or name and try again.",
        code=f"smp-{group}-{name}",
    )


def _group65(code: int, device: str) -> LarryError:
    words = explain(code)
    if code == Group65Error.NOT_SUPPORTED:
        return DeviceUnsupportedError(
            f"{device} does not offer this command.", why=words.why, remedy=words.remedy
        )
    return DeviceRefusedError(
        f"{device} refused the command.", why=words.why, remedy=words.remedy, code=words.code
    )


def _general(code: int, device: str) -> LarryError:
    if code == MGMT_ERR.ENOTSUP:
        return _unsupported(device)
    why, remedy = _GENERAL.get(
        code, (f"Its reason is the unknown code {code}.", "Update Larry and try again.")
    )
    try:
        name = MGMT_ERR(code).name.lower()
    except ValueError:
        name = str(code)
    return DeviceRefusedError(f"{device} refused the command.", why=why, remedy=remedy, code=f"smp-{name}")


def _unsupported(device: str) -> DeviceUnsupportedError:
    why, remedy = _GENERAL[MGMT_ERR.ENOTSUP]
    return DeviceUnsupportedError(f"{device} does not offer this command.", why=why, remedy=remedy)
