"""Checklist lines about the devices: in the cloud, placed, attached, online."""

from __future__ import annotations

from collections.abc import Sequence

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.handover.checklist import ChecklistLine, LineState, all_of, counted, names_of
from larry.handover.device_line import device_line
from larry.handover.site_facts import SiteFacts
from larry.handover.tree_lines import tree_lines


def device_lines(facts: SiteFacts) -> list[ChecklistLine]:
    """Return the lines of the group Devices."""
    lines = [
        _iqs_in_cloud(facts),
        _attached(facts, Kind.REPEATER, "repeater"),
        _attached(facts, Kind.LOCK, "lock"),
        _online(facts, Kind.IQ, "IQ"),
        _online(facts, Kind.LOCK, "lock"),
        *tree_lines(facts),
    ]
    return [line for line in lines if line is not None]


def _iqs_in_cloud(facts: SiteFacts) -> ChecklistLine:
    iqs = facts.of_kind(Kind.IQ)
    if not iqs:
        title, remedy = "The site has no IQ", "Add an IQ and commission it."
        return device_line(facts, "iqs-in-cloud", LineState.ERROR, title, "planned hardware", remedy=remedy)
    missing = [iq for iq in iqs if not facts.seen(iq, "cloud_id")]
    if missing:
        title = f"{counted(len(missing), 'IQ is', 'IQs are')} not in the cloud: {names_of(missing)}"
        return device_line(
            facts,
            "iqs-in-cloud",
            LineState.ERROR,
            title,
            "no answer of the cloud about it is stored",
            nodes=missing,
            remedy="Run the step “add to the cloud”.",
        )
    title = f"{all_of(len(iqs), 'IQ')} in the site in the cloud"
    return device_line(
        facts, "iqs-in-cloud", LineState.OK, title, "answer of the cloud", at=facts.last_read(iqs, "cloud_id")
    )


def _attached(facts: SiteFacts, kind: Kind, word: str) -> ChecklistLine | None:
    nodes = facts.of_kind(kind)
    key = f"{kind.value}s-attached"
    if not nodes:
        if kind is Kind.REPEATER:
            return None
        return device_line(
            facts,
            key,
            LineState.ERROR,
            "The site has no lock",
            "planned hardware",
            remedy="Add the locks and commission them.",
        )
    unplaced = [node for node in nodes if node.parent is None]
    loose = [node for node in nodes if facts.seen(node, "link_state") != "attached" and node.parent]
    if unplaced:
        title = f"{counted(len(unplaced), f'{word} has', f'{word}s have')} no parent: {names_of(unplaced)}"
        return device_line(
            facts,
            key,
            LineState.ERROR,
            title,
            "planned tree",
            nodes=[*unplaced, *loose],
            remedy="Attach each to an IQ or a repeater, or take it out of the plan.",
        )
    if loose:
        title = f"{counted(len(loose), f'{word} is', f'{word}s are')} not attached yet: {names_of(loose)}"
        return device_line(
            facts,
            key,
            LineState.ERROR,
            title,
            _states_seen(facts, loose),
            nodes=loose,
            remedy="Finish commissioning; present the maintenance card where asked.",
        )
    title = f"{all_of(len(nodes), word)} placed and attached"
    return device_line(
        facts, key, LineState.OK, title, "read back from the IQs", at=facts.last_read(nodes, "link_state")
    )


def _states_seen(facts: SiteFacts, nodes: Sequence[Node]) -> str:
    states = {str(facts.seen(node, "link_state") or "never read") for node in nodes}
    return "last read: " + ", ".join(sorted(states)).replace("_", " ")


def _online(facts: SiteFacts, kind: Kind, word: str) -> ChecklistLine | None:
    nodes = facts.of_kind(kind)
    if not nodes:
        return None
    key = f"{kind.value}s-online"
    offline = [node for node in nodes if facts.seen(node, "online") is False]
    never = [node for node in nodes if facts.seen(node, "online") is None]
    if offline:
        title = f"{counted(len(offline), f'{word} is', f'{word}s are')} offline: {names_of(offline)}"
        check = "Check power and network of the IQ." if kind is Kind.IQ else "Present the card: green or red?"
        return device_line(
            facts, key, LineState.ERROR, title, _last_heard(facts, offline), nodes=offline, remedy=check
        )
    if never:
        title = f"{counted(len(never), f'{word} was', f'{word}s were')} never seen online: {names_of(never)}"
        return device_line(
            facts,
            key,
            LineState.ERROR,
            title,
            "no reading stored",
            nodes=never,
            remedy="Finish commissioning.",
        )
    title = f"{all_of(len(nodes), word)} online"
    return device_line(
        facts, key, LineState.OK, title, "answer of IQ and cloud", at=facts.last_read(nodes, "online")
    )


def _last_heard(facts: SiteFacts, nodes: Sequence[Node]) -> str:
    at = facts.last_read(nodes, "online")
    return f"read {at[:16].replace('T', ' ')} UTC" if at else "no reading stored"
