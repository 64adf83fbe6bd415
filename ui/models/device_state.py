"""The state of a device in one word and three squares: planned, written, read back (never mixed)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from larry.domain.hardware import Node
from larry.domain.records import DeviceRecord


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How far a device is.

    Attributes:
        filled: 1 planned, 2 written, 3 read back.
        tone: the token of word and third square, None while nothing was read back.
    """

    key: str
    word: str
    filled: int
    tone: str | None


def _tr(text: str) -> str:
    return QCoreApplication.translate("DeviceState", text)


def device_state(node: Node, record: DeviceRecord | None) -> DeviceState:
    """Return the state of a device from what was written to it and read from it."""
    if record is None or not (record.written or record.observed):
        return DeviceState("planned", _tr("Planned"), 1, None)
    link, online = record.seen("link_state"), record.seen("online")
    if link == "attached_pending":
        return DeviceState("card", _tr("Waiting for card"), 3, "warn")
    if link == "detached_pending":
        return DeviceState("leaving", _tr("Leaving, card at lock"), 3, "warn")
    if online is True:
        return DeviceState("online", _tr("Online"), 3, "ok")
    if online is False and (record.written or link == "attached"):
        return DeviceState("offline", _tr("Offline"), 3, "error")
    if link == "attached":
        return DeviceState("attached", _tr("Attached"), 3, "ok")
    if record.written:
        return DeviceState("written", _tr("Written"), 2, None)
    if link in ("free", "detached"):
        return DeviceState("free", _tr("Heard, free"), 1, None)
    return DeviceState("heard", _tr("Heard"), 1, None)
