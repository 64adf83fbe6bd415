"""From a world's refusal to the code of group 65."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from larry.devices.protocol.group65 import GROUP_ID
from larry.devices.protocol.group65_errors import Group65Error
from larry.simulator.firmware.smp_command import SmpRefusalError
from larry.simulator.world.refusal import RefusalError

_CODES = {
    "stale-revision": Group65Error.TREE_STALE,
    "locks-per-iq": Group65Error.TOO_MANY_LOCKS,
    "repeaters-per-iq": Group65Error.TOO_MANY_REPEATERS,
    "repeater-depth": Group65Error.TOO_DEEP,
    "unknown-device": Group65Error.UNKNOWN_NODE,
    "unknown-parent": Group65Error.WRONG_PARENT,
    "attached-elsewhere": Group65Error.ATTACHED_ELSEWHERE,
    "out-of-range": Group65Error.OUT_OF_RANGE,
    "window-closed": Group65Error.WINDOW_CLOSED,
    "busy": Group65Error.BUSY,
    "duplicate": Group65Error.INVALID,
    "still-attached": Group65Error.NOT_IN_STATE,
    "has-children": Group65Error.NOT_IN_STATE,
    "already-in-tree": Group65Error.NOT_IN_STATE,
    "restore-required": Group65Error.NOT_IN_STATE,
}


def refuse(code: Group65Error) -> SmpRefusalError:
    """Return the refusal to raise."""
    return SmpRefusalError(code, GROUP_ID)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a world's refusal into one of group 65."""
    try:
        yield
    except RefusalError as refusal:
        raise refuse(_CODES.get(refusal.code, Group65Error.UNKNOWN)) from refusal
