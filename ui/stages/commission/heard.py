"""How a device was last heard, in one sentence."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from larry.domain.hardware import Node


def heard_line(snapshot: Any, node: Node) -> str:
    """Return "Heard over Bluetooth, −66 dBm" or why not."""
    found = None
    if snapshot is not None and node.device_id:
        found = next((each for each in snapshot.devices if each.device_id == node.device_id), None)
    if found is None:
        return _tr("{name} is not heard here right now").format(name=node.name)
    if found.rssi_dbm is None:
        return _tr("{name} is connected by cable").format(name=node.name)
    level = f"{found.rssi_dbm:.0f}".replace("-", "\N{MINUS SIGN}")
    good = found.rssi_dbm >= -80
    words = (
        _tr("Heard over Bluetooth, {level} dBm: radio is fine")
        if good
        else _tr("Heard faintly, {level} dBm: go closer")
    )
    return words.format(level=level)


def no_way(snapshot: Any) -> tuple[str, str] | None:
    """Return what is wrong and its remedy when no device can be reached at all, else None."""
    if snapshot is None:
        return (_tr("Larry is not listening for devices"), _tr("Turn Bluetooth on or connect a cable."))
    reasons = ("radio-off", "no-permission", "radio-failed", "no-radio")
    problem = next((each for each in snapshot.problems if each.reason in reasons), None)
    if problem is None or any("serial" in each.transports for each in snapshot.devices):
        return None
    return problem.what, " ".join(part for part in (problem.why, problem.remedy) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommissionHeard", text)
