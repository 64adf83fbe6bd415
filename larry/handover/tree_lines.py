"""Checklist lines about the trees: inside the limits, by the rules, measured, as planned."""

from __future__ import annotations

from collections.abc import Sequence

from larry.domain.finding import Finding, Severity
from larry.domain.hardware import Link, Node
from larry.domain.kind import Kind
from larry.handover.checklist import ChecklistLine, LineState, counted, names_of
from larry.handover.device_line import device_line
from larry.handover.site_facts import SiteFacts

_LIMITS = {"locks-per-iq", "repeaters-per-iq"}
# Findings that lines of other groups speak of, so that nothing is said twice.
_SPOKEN_OF = {"owner-email", "time-zone-unknown", "time-zone-differs", "unplaced"}


def tree_lines(facts: SiteFacts) -> list[ChecklistLine]:
    """Return the lines of the group Devices that speak of trees and links."""
    lines = [_limits(facts), _rules(facts), _links(facts), _as_planned(facts)]
    return [line for line in lines if line is not None]


def _limits(facts: SiteFacts) -> ChecklistLine | None:
    iqs = facts.of_kind(Kind.IQ)
    if not iqs:
        return None
    limit = int(facts.catalogue.rule("locks-per-iq").limit())
    loads = [_below(facts, iq, Kind.LOCK) for iq in iqs]
    broken = [f for f in facts.findings if f.code in _LIMITS]
    shown = ", ".join(str(load) for load in loads[:4]) + (" …" if len(loads) > 4 else "")
    rules = f"rules: {facts.catalogue.profile}, {facts.catalogue.version}"
    title = f"Limits kept: {shown} of {limit} locks per IQ"
    if broken:
        return device_line(
            facts,
            "limits",
            LineState.ERROR,
            broken[0].message.rstrip("."),
            rules,
            nodes=_nodes_of(facts, broken),
            remedy=broken[0].fix,
        )
    return device_line(facts, "limits", LineState.OK, title, rules)


def _below(facts: SiteFacts, iq: Node, kind: Kind) -> int:
    return sum(node.kind is kind for node in facts.site.walk(iq.id))


def _rules(facts: SiteFacts) -> ChecklistLine:
    skip = _SPOKEN_OF | _LIMITS
    errors = [f for f in facts.findings if f.severity is Severity.ERROR and f.code not in skip]
    rules = f"rules: {facts.catalogue.profile}, {facts.catalogue.version}"
    if not errors:
        return device_line(facts, "rules", LineState.OK, "No rule is broken", rules)
    first = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return device_line(
        facts,
        "rules",
        LineState.ERROR,
        first.message.rstrip(".") + more,
        rules,
        nodes=_nodes_of(facts, errors),
        remedy=first.fix,
    )


def _nodes_of(facts: SiteFacts, findings: Sequence[Finding]) -> list[Node]:
    ids = dict.fromkeys(f.node for f in findings if f.node is not None)
    return [facts.site.nodes[node_id] for node_id in ids]


def _links(facts: SiteFacts) -> ChecklistLine | None:
    hanging = [node for node in facts.order if node.parent is not None]
    if not hanging:
        return None
    links: dict[str, Link | None] = {
        node.id: facts.site.link_between(node.id, node.parent) for node in hanging if node.parent is not None
    }
    missing = [node for node in hanging if not _measured(links[node.id])]
    weakest = min(
        (link.weaker_dbm for link in links.values() if link and link.weaker_dbm is not None), default=None
    )
    pass_dbm = facts.catalogue.rule("link-weak").limit("pass_dbm")
    margin = f", weakest {weakest - pass_dbm:g} dB margin" if weakest is not None else ""
    evidence = f"{counted(len(hanging) - len(missing), 'link')} of {len(hanging)} measured{margin}"
    if missing:
        title = f"{counted(len(missing), 'link')} not measured in both directions: {names_of(missing)}"
        return device_line(
            facts,
            "links-measured",
            LineState.WARNING,
            title,
            evidence,
            nodes=missing,
            remedy="Measure them; metres on a plan are an estimate.",
        )
    return device_line(facts, "links-measured", LineState.OK, "Links measured in both directions", evidence)


def _measured(link: Link | None) -> bool:
    return link is not None and link.both_ways


def _as_planned(facts: SiteFacts) -> ChecklistLine | None:
    hanging = [node for node in facts.order if node.parent is not None]
    different = [node for node in hanging if _moved(facts, node)]
    if different:
        return device_line(
            facts,
            "as-planned",
            LineState.ERROR,
            f"Not where the plan has it: {names_of(different)}",
            "parent read back from the IQs",
            nodes=different,
            remedy="Attach it as planned, or change the plan.",
        )
    unread = [node for node in hanging if not facts.seen(node, "parent")]
    if unread:
        return device_line(
            facts,
            "as-planned",
            LineState.OPEN,
            f"Place in the tree not read back: {names_of(unread)}",
            f"{counted(len(unread), 'device')} without a reading",
            nodes=unread,
            remedy="Finish commissioning.",
        )
    if not hanging:
        return None
    return device_line(
        facts,
        "as-planned",
        LineState.OK,
        "Plan and devices agree on the tree",
        "read back from the IQs",
        at=facts.last_read(hanging, "parent"),
    )


def _moved(facts: SiteFacts, node: Node) -> bool:
    """Tell whether the parent that was read is another than the planned one (given by id or Device ID)."""
    seen = facts.seen(node, "parent")
    if not seen or node.parent is None:
        return False
    parent = facts.site.nodes[node.parent]
    return seen not in {parent.id, parent.device_id, parent.mac, parent.name}
