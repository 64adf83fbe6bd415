"""The reasons why a device refuses a command of group 65, each with a sentence and a next step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final


@unique
class Group65Error(IntEnum):
    """Codes of SMP version-2 errors with group 65."""

    OK = 0
    UNKNOWN = 1
    INVALID = 2
    WRONG_CODE = 3
    LOCKED_OUT = 4
    WINDOW_CLOSED = 5
    SESSION_REQUIRED = 6
    NOT_AUTHORISED = 7
    TREE_STALE = 8
    TOO_MANY_LOCKS = 9
    TOO_MANY_REPEATERS = 10
    TOO_DEEP = 11
    UNKNOWN_NODE = 12
    ATTACHED_ELSEWHERE = 13
    BUSY = 14
    NOT_IN_STATE = 15
    OUT_OF_RANGE = 16
    WRONG_PARENT = 17
    SEAL_BROKEN = 18
    NOT_SUPPORTED = 19


@dataclass(frozen=True, slots=True)
class Explanation:
    """A refusal in words.

    Args:
        code: name for programs, kebab-case; stable.
        why: one sentence, the reason.
        remedy: the next step.
    """

    code: str
    why: str
    remedy: str


EXPLANATIONS: Final[dict[Group65Error, Explanation]] = {
    Group65Error.UNKNOWN: Explanation(
        "device-error", "The device reports an internal error.", "Power it off and on, then try again."
    ),
    Group65Error.INVALID: Explanation(
        "invalid",
        "The device does not understand the command.",
        "Check that Larry and the device's firmware are up to date.",
    ),
    Group65Error.WRONG_CODE: Explanation(
        "activation-code",
        "The activation code does not belong to this device.",
        "Read it again from the sticker behind the front cover; 0 and O, 1 and I are easily confused.",
    ),
    Group65Error.LOCKED_OUT: Explanation(
        "locked-out",
        "Too many wrong activation codes: the device refuses attempts for a while.",
        "Wait until the device accepts attempts again (at most 64 minutes) and check the code meanwhile.",
    ),
    Group65Error.WINDOW_CLOSED: Explanation(
        "window-closed",
        "The Bluetooth window of 2 minutes is closed.",
        "Hold the reset button behind the cover for 2 seconds until the LED blinks green every second.",
    ),
    Group65Error.SESSION_REQUIRED: Explanation(
        "session-required",
        "The device wants the activation code first.",
        "Enter the activation code from the sticker behind the front cover.",
    ),
    Group65Error.NOT_AUTHORISED: Explanation(
        "not-authorised",
        "This session may not do that.",
        "Connect to the IQ that the device belongs to.",
    ),
    Group65Error.TREE_STALE: Explanation(
        "tree-stale",
        "The tree of the IQ has changed since it was read.",
        "Read the tree again and repeat the change.",
    ),
    Group65Error.TOO_MANY_LOCKS: Explanation(
        "too-many-locks",
        "The IQ already has 16 locks, direct and through repeaters together.",
        "Put the lock on another IQ.",
    ),
    Group65Error.TOO_MANY_REPEATERS: Explanation(
        "too-many-repeaters", "The IQ already has 6 repeaters.", "Put the repeater on another IQ."
    ),
    Group65Error.TOO_DEEP: Explanation(
        "too-deep",
        "More than 3 repeaters in a row are not possible.",
        "Choose a parent closer to the IQ.",
    ),
    Group65Error.UNKNOWN_NODE: Explanation(
        "unknown-node",
        "The IQ does not know this Device ID.",
        "Compare the Device ID with the label; attach the device first.",
    ),
    Group65Error.ATTACHED_ELSEWHERE: Explanation(
        "attached-elsewhere",
        "The device still belongs to another IQ.",
        "Detach it there and confirm with the maintenance card; then attach it here.",
    ),
    Group65Error.BUSY: Explanation(
        "busy", "The device is busy with another task.", "Wait a moment and try again."
    ),
    Group65Error.NOT_IN_STATE: Explanation(
        "not-in-state",
        "The device is not in a state that allows this.",
        "Look at its LED and its link state, and finish the open step first.",
    ),
    Group65Error.OUT_OF_RANGE: Explanation(
        "out-of-range",
        "The parent does not hear the device.",
        "Bring the device within 10 m of its parent or put a repeater between them.",
    ),
    Group65Error.WRONG_PARENT: Explanation(
        "wrong-parent",
        "The chosen parent is not part of this IQ's tree or cannot carry devices.",
        "Choose the IQ itself or one of its repeaters.",
    ),
    Group65Error.SEAL_BROKEN: Explanation(
        "seal-broken",
        "A sealed message was altered, repeated or belongs to an older session.",
        "Connect again and enter the activation code.",
    ),
    Group65Error.NOT_SUPPORTED: Explanation(
        "not-supported",
        "This device does not offer the command.",
        "Update its firmware, or do the step by hand.",
    ),
}


def explain(rc: int) -> Explanation:
    """Return the words for a code; an unknown number is explained as such."""
    try:
        return EXPLANATIONS[Group65Error(rc)]
    except (KeyError, ValueError):
        return Explanation(
            f"group65-{rc}",
            f"The device refused with the unknown reason {rc}.",
            "Update Larry and try again.",
        )
