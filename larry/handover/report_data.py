"""What the report says, as JSON values for the typst templates in `resources/report`.

Numbers arrive formatted, so that the templates hold layout only. Text stays text there: it comes in as
data and is never read as markup.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.rule_context import display_name, display_site_name
from larry.handover.checklist import Checklist, ChecklistLine, LineState, counted
from larry.handover.device_row import DeviceRow, device_rows
from larry.handover.plan_data import plan_data
from larry.handover.redaction import OWNER, Redaction, redaction_for
from larry.handover.site_facts import SiteFacts

_NAMES_LISTED = 24  # names below an open point; the device table has them all


def report_data(
    facts: SiteFacts, checklist: Checklist, *, draft: bool, audience: str = OWNER
) -> dict[str, Any]:
    """Return all the report's data; `audience` chooses the sections."""
    table = redaction_for(audience)
    rows = device_rows(facts)
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    return {
        "draft": draft,
        "audience": audience,
        "variant": "" if audience == OWNER else table.title,
        "sections": list(table.report),
        "site": _site(facts),
        "made": _made(facts),
        "tiles": _tiles(facts, checklist, table),
        "summary": checklist.summary() if checklist.lines else "",
        "checklist": [
            {
                "name": group.value,
                "done": sum(line.state is LineState.OK for line in lines),
                "lines": [_line(facts, line) for line in lines],
            }
            for group, lines in checklist.groups()
        ],
        "open_points": [_line(facts, line) for line in checklist.lines if line.state is not LineState.OK],
        "trees": _trees(facts, rows, numbers),
        "devices": [_device(row, numbers[row.id]) for row in rows],
        "plans": [plan_data(facts, floor, numbers) for floor in facts.site.floors.values()],
        "findings": [_finding(facts, finding) for finding in facts.findings],
        "network": [_network_row(facts, iq) for iq in facts.of_kind(Kind.IQ)],
        "rules": {"profile": facts.catalogue.profile, "version": facts.catalogue.version},
    }


def local_time(facts: SiteFacts, at: str) -> datetime:
    """Return a UTC time stamp in the time zone of the site (UTC where that is unknown)."""
    moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    try:
        return moment.astimezone(ZoneInfo(facts.site.info.time_zone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(ZoneInfo("UTC"))


def _site(facts: SiteFacts) -> dict[str, Any]:
    info = facts.site.info
    return {
        "name": display_site_name(facts.site),
        "address": info.address or "",
        "uid": info.site_uid or "",
        "country": info.country_code or "",
        "time_zone": info.time_zone or "",
        "owner_email": info.owner_email or "",
    }


def _made(facts: SiteFacts) -> dict[str, Any]:
    moment = local_time(facts, facts.made_at)
    return {
        "day": f"{moment.day} {moment:%B %Y}",
        "time": f"{moment:%H:%M} {moment.tzname() or 'UTC'}",
        "date": [moment.year, moment.month, moment.day],
        "by": facts.made_by,
        "larry": facts.larry_version,
        "project": facts.project_uuid,
    }


def _tiles(facts: SiteFacts, checklist: Checklist, table: Redaction) -> list[dict[str, str]]:
    words = {Kind.IQ: "IQs", Kind.REPEATER: "repeaters", Kind.LOCK: "locks"}
    tiles = [
        {"value": str(len(facts.of_kind(kind))), "label": label}
        for kind, label in words.items()
        if kind in table.kinds
    ]
    locks = facts.of_kind(Kind.LOCK)
    if Kind.LOCK in table.kinds:
        online = sum(facts.seen(lock, "online") is True for lock in locks)
        tiles.append({"value": f"{online} of {len(locks)}", "label": "locks seen online"})
    if checklist.lines:
        total = len(checklist.lines)
        tiles.append({"value": f"{checklist.done} of {total}", "label": "checklist lines done"})
        tiles.append({"value": str(total - checklist.done), "label": "open points"})
    return tiles


def _line(facts: SiteFacts, line: ChecklistLine) -> dict[str, Any]:
    return {
        "state": line.state.value,
        "title": line.title,
        "evidence": line.evidence,
        "who": line.who,
        "at": f"{local_time(facts, line.at):%d %b %H:%M}",
        "remedy": "" if line.waiver else line.remedy,
        "waiver": line.waiver,
        "names": _names(facts, line),
    }


def _names(facts: SiteFacts, line: ChecklistLine) -> list[str]:
    names = [display_name(facts.site.nodes[node]) for node in line.nodes if node in facts.site.nodes]
    more = len(names) - _NAMES_LISTED
    return [*names[:_NAMES_LISTED], f"and {more} more"] if more > 0 else names


def _trees(facts: SiteFacts, rows: list[DeviceRow], numbers: dict[str, int]) -> list[dict[str, Any]]:
    by_id = {row.id: row for row in rows}
    trees = []
    loose: list[Node] = []
    for root_id in facts.site.children(None):
        root = facts.site.nodes[root_id]
        if root.kind is not Kind.IQ:
            loose.extend(facts.site.walk(root_id))
            continue
        nodes = list(facts.site.walk(root_id))
        trees.append(_tree(facts, root, [_tree_row(by_id[node.id], numbers) for node in nodes], nodes))
    if loose:
        trees.append(
            {
                "name": "Not placed",
                "load": counted(len(loose), "device") + " without a parent",
                "locks": 0,
                "lock_limit": 0,
                "state": "",
                "rows": [_tree_row(by_id[node.id], numbers) for node in loose],
            }
        )
    return trees


def _tree(facts: SiteFacts, iq: Node, rows: list[dict[str, Any]], nodes: list[Node]) -> dict[str, Any]:
    locks = sum(node.kind is Kind.LOCK for node in nodes)
    repeaters = sum(node.kind is Kind.REPEATER for node in nodes)
    lock_limit = int(facts.catalogue.rule("locks-per-iq").limit())
    repeater_limit = int(facts.catalogue.rule("repeaters-per-iq").limit())
    return {
        "name": display_name(iq),
        "load": f"{locks} of {lock_limit} locks, {repeaters} of {repeater_limit} repeaters",
        "locks": locks,
        "lock_limit": lock_limit,
        "state": rows[0]["state"],
        "rows": rows,
    }


def _tree_row(row: DeviceRow, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "number": numbers[row.id],
        "depth": row.depth,
        "name": row.name,
        "kind": row.kind,
        "model": row.model,
        "state": row.state,
        "margin": _margin(row.margin_db),
        "distance": "" if row.distance_m is None else f"{row.distance_m:.1f} m",
    }


def _device(row: DeviceRow, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "name": row.name,
        "kind": row.kind,
        "model": row.model,
        "device_id": row.device_id,
        "mac": row.mac,
        "floor": row.floor,
        "parent": row.parent,
        "state": row.state,
        "firmware": row.firmware,
        "battery": "" if row.battery_percent is None else f"{row.battery_percent:g} %",
        "margin": _margin(row.margin_db),
    }


def _margin(margin_db: float | None) -> str:
    return "" if margin_db is None else f"{margin_db:g} dB".replace("-", "−")


def _finding(facts: SiteFacts, finding: Finding) -> dict[str, Any]:
    node = facts.site.nodes.get(finding.node or "")
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "name": display_name(node) if node else "",
        "message": finding.message,
        "fix": finding.fix,
    }


def _network_row(facts: SiteFacts, iq: Node) -> dict[str, Any]:
    adapters = facts.seen(iq, "adapter_macs")
    floor = facts.site.floors.get(iq.floor or "")
    return {
        "name": display_name(iq),
        "mac": str(iq.mac or facts.seen(iq, "mac") or ""),
        "adapters": [str(mac) for mac in adapters] if isinstance(adapters, list | tuple) else [],
        "network": str(iq.wifi_ssid or facts.seen(iq, "wifi_ssid") or ""),
        "floor": (floor.name or floor.id) if floor else "",
        "state": "online" if facts.seen(iq, "online") else "",
    }
