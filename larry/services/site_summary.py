"""The tree of a site with states and counts, as plain values."""

from __future__ import annotations

from typing import Any

from larry.domain.finding import Severity
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.handover.device_row import state_words
from larry.handover.site_facts import SiteFacts
from larry.services.handover_state import load_handover
from larry.services.read_site import SiteView


def site_summary(view: SiteView) -> dict[str, Any]:
    """Return site, counts, tree and parked devices as JSON values; children stand in tree order."""
    findings = view.findings()
    facts = SiteFacts(view.site, view.catalogue, findings, view.records, made_at="")
    tops = [view.site.nodes[node_id] for node_id in view.site.children(None)]
    info = view.site.info
    return {
        "site": {
            "name": info.name,
            "site_uid": info.site_uid,
            "country_code": info.country_code,
            "time_zone": info.time_zone,
            "owner_email": info.owner_email,
            "address": info.address,
            "profile": view.catalogue.profile,
        },
        "released": bool(view.project and view.project.released),
        "handover": _handover(view),
        "counts": {
            **_counts(facts),
            "errors": sum(finding.severity is Severity.ERROR for finding in findings),
            "warnings": sum(finding.severity is Severity.WARNING for finding in findings),
            "findings": len(findings),
        },
        "tree": [_branch(facts, top) for top in tops if top.kind is Kind.IQ],
        "not_placed": [_branch(facts, top) for top in tops if top.kind is not Kind.IQ],
    }


def _handover(view: SiteView) -> dict[str, Any] | None:
    if view.project is None:
        return None
    state = load_handover(view.project)
    return {
        "stage": state.stage,
        "made_at": state.made_at or None,
        "sha256": state.sha256 or None,
        "ticked": state.ticked,
        "lines": state.lines,
        "accepted_by": state.accepted_by or None,
        "accepted_at": state.accepted_at or None,
        "remarks": dict(state.remarks),
    }


def _counts(facts: SiteFacts) -> dict[str, int]:
    locks = facts.of_kind(Kind.LOCK)
    hanging = facts.of_kind(Kind.LOCK, Kind.REPEATER)
    return {
        "floors": len(facts.site.floors),
        "iqs": len(facts.of_kind(Kind.IQ)),
        "repeaters": len(facts.of_kind(Kind.REPEATER)),
        "locks": len(locks),
        "links_measured": len(facts.site.links),
        "not_placed": sum(node.parent is None for node in hanging),
        "attached": sum(facts.seen(node, "link_state") == "attached" for node in hanging),
        "online": sum(facts.seen(node, "online") is True for node in facts.order),
    }


def _branch(facts: SiteFacts, top: Node) -> dict[str, Any]:
    """Return a device with all below it; iterative, because a damaged plan may be deep."""
    built: dict[str, dict[str, Any]] = {}
    for node in facts.site.walk(top.id):
        built[node.id] = _device(facts, node)
        if node is not top and node.parent is not None:
            built[node.parent]["children"].append(built[node.id])
    return built[top.id]


def _device(facts: SiteFacts, node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": node.id,
        "kind": node.kind.value,
        "name": node.name,
        "model": node.model,
        "device_id": node.device_id,
        "floor": node.floor,
        "state": state_words(facts, node),
    }
    if node.kind is Kind.IQ:
        below = list(facts.site.walk(node.id))
        data["load"] = {
            "locks": sum(each.kind is Kind.LOCK for each in below),
            "lock_limit": int(facts.catalogue.rule("locks-per-iq").limit()),
            "repeaters": sum(each.kind is Kind.REPEATER for each in below),
            "repeater_limit": int(facts.catalogue.rule("repeaters-per-iq").limit()),
        }
    data["children"] = []
    return data
