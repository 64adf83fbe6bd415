"""Rules about the shape of the tree: limits, parents, branching (domain.md 2)."""

from __future__ import annotations

from collections.abc import Iterator

from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.rule_context import RuleContext, display_name, repeaters_in_a_row


def check_tree(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    """Yield what the tree rules say about one node."""
    if node.kind is Kind.IQ:
        yield from _iq_limits(context, node)
    elif node.kind is Kind.REPEATER:
        yield from _repeater_limits(context, node)
    yield from _parent(context, node)
    yield _elsewhere(context, node)


def _iq_limits(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    load = context.loads[node.id]
    for code, count in (("locks-per-iq", load.locks), ("repeaters-per-iq", load.repeaters)):
        limit = int(context.catalogue.rule(code).limit())
        if count > limit:
            yield context.finding(code, node, {"count": count, "limit": limit}, over=count - limit)


def _repeater_limits(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    in_a_row = repeaters_in_a_row(context.site, node)
    limit = int(context.catalogue.rule("repeater-depth").limit())
    if in_a_row > limit:
        yield context.finding("repeater-depth", node, {"count": in_a_row, "limit": limit})
    nodes = context.site.nodes
    branches = sum(nodes[child].kind is Kind.REPEATER for child in context.site.children(node.id))
    limit = int(context.catalogue.rule("repeater-branching").limit())
    if branches > limit:
        yield context.finding("repeater-branching", node, {"count": branches, "limit": limit})


def _parent(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    if node.parent is None:
        if node.kind is not Kind.IQ:
            yield context.finding("unplaced", node, {})
        return
    parent = context.site.nodes[node.parent]
    if node.kind is Kind.IQ or parent.kind is Kind.LOCK:
        yield context.finding("wrong-parent-kind", node, {}, parent=display_name(parent))
    elif node.kind is Kind.LOCK and parent.kind is Kind.IQ and context.loads[parent.id].repeaters:
        numbers = {"repeaters": context.loads[parent.id].repeaters}
        yield context.finding("direct-lock-beside-repeater", node, numbers, parent=display_name(parent))


def _elsewhere(context: RuleContext, node: Node) -> Finding | None:
    record = context.records.get(node.id)
    other = record.seen("attached_to") if record else None
    if not other:
        return None
    iq = context.site.iq_of(node.id)
    if iq is not None and other in (iq.id, iq.device_id, iq.mac):
        return None
    return context.finding("attached-elsewhere", node, {"attached_to": other})
