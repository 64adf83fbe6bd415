"""Rules about radio: a link measured both ways outranks metres on a plan (domain.md 2)."""

from __future__ import annotations

from collections.abc import Iterator

from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.domain.rule_context import RuleContext, display_name

# Positions are decimal metres in binary floats: 8.3 - 1.3 is a hair over 7.
_EPSILON_M = 1e-9


def check_range(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    """Yield what the range rules say about the link of a node to its parent."""
    if node.parent is None:
        return
    parent = display_name(context.site.nodes[node.parent])
    link = context.site.link_between(node.id, node.parent)
    if link is not None and link.weaker_dbm is not None:
        yield _weak_link(context, node, parent, link.weaker_dbm)
        if link.both_ways:
            return
    distance_m = context.site.distance_m(node.id, node.parent)
    if distance_m is not None:
        yield range_finding(context, node, parent, distance_m)


def range_finding(context: RuleContext, node: Node, parent: str, distance_m: float) -> Finding | None:
    """Judge a distance in metres: None while it is good."""
    for code in ("range-exceeded", "range-marginal"):
        limit_m = context.catalogue.rule(code).limit("limit_m")
        if distance_m > limit_m + _EPSILON_M:
            numbers = {"distance_m": round(distance_m, 2), "limit_m": limit_m}
            return context.finding(code, node, numbers, parent=parent)
    return None


def _weak_link(context: RuleContext, node: Node, parent: str, weaker_dbm: float) -> Finding | None:
    rule = context.catalogue.rule("link-weak")
    margin_db = weaker_dbm - rule.limit("pass_dbm")
    limit_db = rule.limit("limit_db")
    if margin_db >= limit_db:
        return None
    numbers = {"margin_db": margin_db, "limit_db": limit_db, "rssi_dbm": weaker_dbm}
    return context.finding("link-weak", node, numbers, parent=parent)
