"""Rules that only the joined site breaks: 17 locks from two clean halves."""

from __future__ import annotations

from collections.abc import Iterable

from larry.domain.finding import Finding
from larry.domain.site import Site
from larry.services.merge.conflict import Conflict, Side
from larry.services.merge.op_graph import Op, OpGraph
from larry.services.merge.writes import Writes

_ERROR = "error"


def rule_conflicts(site: Site, findings: Iterable[Finding], graph: OpGraph, writes: Writes) -> list[Conflict]:
    """Return the errors to which rows contributed that knew nothing of each other."""
    by_node: dict[str, set[Op]] = {}
    for key, found in writes.by_key.items():
        if key[0] == "node":
            by_node.setdefault(key[1], set()).update(write.op for write in found)
    twins: dict[str | None, set[str]] = {}
    for node in site.nodes.values():
        twins.setdefault(node.device_id, set()).add(node.id)
    found_conflicts: dict[str, Conflict] = {}
    for finding in findings:
        if finding.severity != _ERROR or finding.node is None or finding.node not in site.nodes:
            continue
        ops = sorted(
            {op for node_id in _concerned(site, finding.node, twins) for op in by_node.get(node_id, ())},
            key=lambda op: op.rank,
        )
        pair = _apart(graph, ops)
        if pair:
            sides = tuple(_side(op) for op in pair)
            conflict = Conflict("rule", finding.node, finding.code, finding.message, sides)
            found_conflicts.setdefault(conflict.key, conflict)
    return list(found_conflicts.values())


def _concerned(site: Site, node_id: str, twins: dict[str | None, set[str]]) -> set[str]:
    node = site.nodes[node_id]
    concerned = set(site.subtree(node_id))
    if node.parent is not None:
        concerned.add(node.parent)
    if node.device_id:
        concerned |= twins[node.device_id]
    return concerned


def _apart(graph: OpGraph, ops: list[Op]) -> tuple[Op, Op] | None:
    for place, one in enumerate(ops):
        for other in ops[place + 1 :]:
            if graph.apart(one, other):
                return one, other
    return None


def _side(op: Op) -> Side:
    return Side(op.column("who"), op.column("at"), op.column("label"), None)
