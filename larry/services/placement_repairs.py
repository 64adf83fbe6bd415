"""What else is possible when a place was refused, and where a device could go: best answers first."""

from __future__ import annotations

from larry.domain.catalogue import Catalogue
from larry.domain.edits import AddNode, Composite, Edit, MoveNode
from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.placement import Placement, Verdict, can_place
from larry.domain.repairs import Repair, repairs_for
from larry.domain.rule_context import display_name
from larry.domain.site import Site
from larry.services.place_node import Records

# Judging one parent costs about 0.1 ms; beyond this many a window would stutter.
CANDIDATES = 120
_ORDER = {Verdict.YES: 0, Verdict.CARE: 1, Verdict.NO: 2}


def likely_parents(site: Site, node: Node, limit: int = CANDIDATES) -> list[str]:
    """Return the parents worth judging, the nearest first; those without a position keep tree order."""
    parents = [each for each in site.walk() if each.kind is not Kind.LOCK and each.id != node.id]
    if len(parents) <= limit:
        return [each.id for each in parents]
    own_iq = site.iq_of(node.id) if node.id in site.nodes else None

    def nearness(parent: Node) -> tuple[bool, bool, float]:
        distance_m = site.distance_between_m(node, parent)
        same_iq = own_iq is not None and site.iq_of(parent.id) is own_iq
        return (not same_iq and distance_m is None, distance_m is None, distance_m or 0.0)

    return [each.id for each in sorted(parents, key=nearness)[:limit]]


def where_it_can_go(
    site: Site, catalogue: Catalogue, records: Records, node: Node, limit: int = CANDIDATES
) -> list[Placement]:
    """Judge the likely parents of a device: yes, then with care, then no; nearest first among equals."""
    subject: str | Node = node.id if node.id in site.nodes else node
    answers = [
        can_place(site, catalogue, subject, each, records) for each in likely_parents(site, node, limit)
    ]
    answers.sort(key=lambda a: (_ORDER[a.verdict], a.distance_m is None, a.distance_m or 0.0))
    return answers


def refusal_repairs(
    site: Site, catalogue: Catalogue, records: Records, node: Node, refused: Placement
) -> list[Repair]:
    """Return at most three ways out of a refused place, each one undoable edit, best first."""
    ways = [
        Repair(
            f"Attach to {display_name(site.nodes[each.parent])} instead", _edit(site, node, each.parent), each
        )
        for each in where_it_can_go(site, catalogue, records, node)
        if each.verdict is not Verdict.NO and each.parent is not None and not _is_now(site, node, each.parent)
    ][:2]
    return [*ways, *_make_room(site, catalogue, records, node, refused)][:3]


def finding_repairs(site: Site, catalogue: Catalogue, records: Records, finding: Finding) -> list[Repair]:
    """Return the repairs of a finding; on a big site only nearby parents are judged."""
    if len(site.nodes) <= 4 * CANDIDATES or finding.node is None or finding.node not in site.nodes:
        return repairs_for(site, catalogue, finding, records)
    node = site.nodes[finding.node]
    if node.kind is Kind.IQ:
        return []
    now = can_place(site, catalogue, node.id, node.parent, records) if node.parent else None
    return [
        Repair(f"Attach to {display_name(site.nodes[each.parent])}", MoveNode(node.id, each.parent), each)
        for each in where_it_can_go(site, catalogue, records, node)
        if each.verdict is not Verdict.NO and each.parent is not None and each.parent != node.parent
        and (now is None or each.verdict is not now.verdict)
    ][:3]  # fmt: skip


def _is_now(site: Site, node: Node, parent: str) -> bool:
    return node.id in site.nodes and site.nodes[node.id].parent == parent


def _edit(site: Site, node: Node, parent: str | None) -> Edit:
    if node.id in site.nodes:
        return MoveNode(node.id, parent)
    new = node.copy()
    new.parent = parent
    return AddNode(new)


def _make_room(
    site: Site, catalogue: Catalogue, records: Records, node: Node, refused: Placement
) -> list[Repair]:
    """Move one lock off a full IQ first, where that alone is what stands against it."""
    errors = [finding for finding in refused.findings if finding.severity.value == "error"]
    if [finding.code for finding in errors] != ["locks-per-iq"] or len(site.nodes) > 4 * CANDIDATES:
        return []
    if errors[0].numbers["count"] - errors[0].numbers["limit"] != 1:
        return []
    offers = [r for r in repairs_for(site, catalogue, errors[0], records) if node.id not in r.edit.touched()]
    return [
        Repair(
            f"{offer.label}, then add",
            Composite((offer.edit, _edit(site, node, refused.parent))),
            offer.placement,
        )
        for offer in offers[:1]
    ]
