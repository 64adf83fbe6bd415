"""The devices of the practice site as a tree: what hangs on which IQ, and what hangs nowhere yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device with its depth in the tree."""

    device: dict[str, Any]
    depth: int


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading."""

    key: str
    count: int


Row = DeviceRow | HeadingRow


def rows_of(world: dict[str, Any], search: str = "") -> list[Row]:
    """Return the rows: each IQ with its tree in the IQ's own order, then what belongs to none.

    Args:
        search: only devices whose name or Device ID holds it, without their tree.
    """
    devices: dict[str, dict[str, Any]] = {each["device_id"]: each for each in world.get("devices", ())}
    words = search.casefold().strip()
    if words:
        return [
            DeviceRow(each, 0)
            for each in devices.values()
            if words in each["name"].casefold() or words in each["device_id"].casefold()
        ]
    rows: list[Row] = []
    shown: set[str] = set()
    for iq in (each for each in devices.values() if each["kind"] == "iq"):
        rows.append(DeviceRow(iq, 0))
        shown.add(iq["device_id"])
        _add_below(rows, shown, devices, iq["tree"], None, iq["device_id"], 1)
    free = [each for each in devices.values() if each["device_id"] not in shown]
    if free:
        rows.append(HeadingRow("free", len(free)))
        rows.extend(DeviceRow(each, 0) for each in sorted(free, key=_floor_and_kind))
    return rows


def _add_below(
    rows: list[Row],
    shown: set[str],
    devices: dict[str, dict[str, Any]],
    tree: list[dict[str, Any]],
    parent: str | None,
    iq_id: str,
    depth: int,
) -> None:
    for item in tree:
        above = None if item["parent"] == iq_id else item["parent"]
        device = devices.get(item["device_id"])
        if above != parent or device is None or item["device_id"] in shown:
            continue
        rows.append(DeviceRow(device, depth))
        shown.add(item["device_id"])
        _add_below(rows, shown, devices, tree, item["device_id"], iq_id, depth + 1)


def _floor_and_kind(device: dict[str, Any]) -> tuple[int, bool, str]:
    return device["position"]["level"], device["kind"] != "repeater", device["name"]
