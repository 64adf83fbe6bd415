"""The facts about one device as they stand in the sheet and in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.rule_context import display_name
from larry.handover.site_facts import SiteFacts

COLUMNS = {
    "name": "Name",
    "kind": "Kind",
    "model": "Model",
    "device_id": "Device ID",
    "mac": "MAC",
    "floor": "Floor",
    "parent": "Parent",
    "iq": "IQ",
    "state": "State",
    "firmware": "Firmware",
    "battery_percent": "Battery %",
    "margin_db": "Link margin dB",
    "distance_m": "Distance m",
    "x_m": "x m",
    "y_m": "y m",
    "id": "Id in site.json",
}
KIND_WORDS = {Kind.IQ: "IQ", Kind.REPEATER: "Repeater", Kind.LOCK: "Lock"}


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device; `depth` counts the steps from the top of its tree.

    `margin_db` is the weaker measured direction over the pass limit, None while not measured both ways.
    """

    id: str
    name: str
    kind: str
    model: str
    device_id: str
    mac: str
    floor: str
    parent: str
    iq: str
    state: str
    firmware: str
    battery_percent: float | None
    margin_db: float | None
    distance_m: float | None
    x_m: float | None
    y_m: float | None
    depth: int

    def to_json(self) -> dict[str, Any]:
        """Return the row as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


def device_rows(facts: SiteFacts) -> list[DeviceRow]:
    """Return all devices in tree order."""
    return [_row(facts, node) for node in facts.order]


def state_words(facts: SiteFacts, node: Node) -> str:
    """Say in one or two words how far a device is, by what was read from it."""
    online = facts.seen(node, "online")
    if node.kind is Kind.IQ:
        if not facts.seen(node, "cloud_id"):
            return "planned"
        return {True: "online", False: "offline"}.get(online, "in the cloud")
    if node.parent is None:
        return "not placed"
    link_state = facts.seen(node, "link_state")
    if link_state == "attached":
        return {True: "online", False: "offline"}.get(online, "attached")
    return str(link_state).replace("_", " ") if link_state else "planned"


def _row(facts: SiteFacts, node: Node) -> DeviceRow:
    site, above = facts.site, list(facts.site.ancestors(node.id))
    floor = site.floors.get(node.floor or "")
    model = facts.catalogue.models.get(node.model or "")
    iq = site.iq_of(node.id)
    battery = facts.seen(node, "battery")
    return DeviceRow(
        id=node.id,
        name=display_name(node),
        kind=KIND_WORDS[node.kind],
        model=model.name if model else (node.model or ""),
        device_id=str(node.device_id or facts.seen(node, "device_id") or ""),
        mac=str(node.mac or facts.seen(node, "mac") or ""),
        floor=(floor.name or floor.id) if floor else "",
        parent=display_name(above[0]) if above else "",
        iq=display_name(iq) if iq else "",
        state=state_words(facts, node),
        firmware=str(facts.seen(node, "firmware") or ""),
        battery_percent=battery if isinstance(battery, int | float) else None,
        margin_db=margin_db(facts, node),
        distance_m=_distance_m(facts, node),
        x_m=node.x_m,
        y_m=node.y_m,
        depth=len(above),
    )


def margin_db(facts: SiteFacts, node: Node) -> float | None:
    """Return the margin of the link to the parent over the pass limit, None until measured both ways."""
    link = facts.site.link_between(node.id, node.parent) if node.parent else None
    if link is None or not link.both_ways or link.weaker_dbm is None:
        return None
    return link.weaker_dbm - facts.catalogue.rule("link-weak").limit("pass_dbm")


def _distance_m(facts: SiteFacts, node: Node) -> float | None:
    distance = facts.site.distance_m(node.id, node.parent) if node.parent else None
    return None if distance is None else round(distance, 1)
