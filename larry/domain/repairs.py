"""The smallest changes that take a finding away, each one undoable edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from larry.domain.catalogue import Catalogue
from larry.domain.edits import Edit, MoveNode, SetNode
from larry.domain.finding import Finding
from larry.domain.kind import Kind
from larry.domain.placement import Placement, Verdict, can_place
from larry.domain.records import DeviceRecord
from larry.domain.rule_context import display_name
from larry.domain.site import Site

_MOVE_HELPS = {
    "unplaced", "range-exceeded", "range-marginal", "link-weak", "wrong-parent-kind",
    "direct-lock-beside-repeater", "repeater-depth",
}  # fmt: skip
_ORDER = {Verdict.YES: 0, Verdict.CARE: 1, Verdict.NO: 2}


@dataclass(frozen=True, slots=True)
class Repair:
    """One offered change: `label` is what its button says."""

    label: str
    edit: Edit
    placement: Placement | None = None


def placements(
    site: Site, catalogue: Catalogue, node_id: str, records: Mapping[str, DeviceRecord] | None = None
) -> list[Placement]:
    """Judge every possible parent of a device: best answers first, then by distance, then tree order."""
    answers = [
        can_place(site, catalogue, node_id, parent.id, records)
        for parent in site.walk()
        if parent.kind is not Kind.LOCK and parent.id != node_id
    ]
    answers.sort(key=lambda p: (_ORDER[p.verdict], p.distance_m is None, p.distance_m or 0.0))
    return answers


def repairs_for(
    site: Site, catalogue: Catalogue, finding: Finding, records: Mapping[str, DeviceRecord] | None = None
) -> list[Repair]:
    """Return the repairs of a finding, best first; empty when only a person can help."""
    if finding.node is None or finding.node not in site.nodes:
        return []
    node = site.nodes[finding.node]
    if finding.code in _MOVE_HELPS:
        return _moves(site, catalogue, finding.node, records)
    if finding.code == "locks-per-iq":
        return _relief(site, catalogue, finding.node, records)
    if finding.code == "time-zone-differs":
        zone = site.info.time_zone
        return [Repair(f"Set {display_name(node)} to {zone}", SetNode(node.id, "time_zone", zone))]
    return []


def _moves(
    site: Site, catalogue: Catalogue, node_id: str, records: Mapping[str, DeviceRecord] | None
) -> list[Repair]:
    now = site.nodes[node_id].parent
    return [
        Repair(f"Attach to {display_name(site.nodes[each.parent])}", MoveNode(node_id, each.parent), each)
        for each in placements(site, catalogue, node_id, records)
        if each.verdict is not Verdict.NO and each.parent is not None and each.parent != now
    ][:3]


def _relief(
    site: Site, catalogue: Catalogue, iq_id: str, records: Mapping[str, DeviceRecord] | None
) -> list[Repair]:
    """Offer single locks of an overfull IQ that fit elsewhere, nearest new parent first."""
    offers: list[Repair] = []
    for node in site.walk(iq_id):
        if node.kind is not Kind.LOCK:
            continue
        for each in placements(site, catalogue, node.id, records):
            elsewhere = each.parent is not None and site.iq_of(each.parent) is not site.nodes[iq_id]
            if each.verdict is Verdict.YES and elsewhere and each.parent is not None:
                label = f"Move {display_name(node)} to {display_name(site.nodes[each.parent])}"
                offers.append(Repair(label, MoveNode(node.id, each.parent), each))
                break
    offers.sort(key=lambda r: (r.placement is None or r.placement.distance_m is None,
                               r.placement.distance_m or 0.0 if r.placement else 0.0))  # fmt: skip
    return offers[:3]
