"""Leaving out what a reader does not get, before anything is made: no part of a pack can forget to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from larry.domain.hardware import Floor, Link, Node, SiteInfo
from larry.domain.records import DeviceRecord
from larry.domain.site import Site
from larry.handover.checklist import Checklist, ChecklistLine, LineState
from larry.handover.redaction import Redaction
from larry.handover.site_facts import SiteFacts

T = TypeVar("T", SiteInfo, Node, Floor, Link)
# What ties a site together; without it the rest has no place.
_ALWAYS = {
    SiteInfo: frozenset[str](),
    Node: frozenset({"id", "kind", "parent", "floor"}),
    Floor: frozenset({"id", "level"}),
    Link: frozenset({"a", "b"}),
}


def redact_facts(facts: SiteFacts, table: Redaction) -> SiteFacts:
    """Return facts that hold nothing but what the table gives."""
    site = _site(facts.site, table)
    records = {
        node_id: DeviceRecord({}, {key: each for key, each in record.observed.items() if key in table.read})
        for node_id, record in facts.records.items()
        if node_id in site.nodes
    }
    return replace(facts, site=site, findings=facts.findings if table.findings else (), records=records)


def redact_checklist(checklist: Checklist, table: Redaction) -> Checklist:
    """Return the checklist with the groups the table gives."""
    return Checklist(
        tuple(_line(line, table) for line in checklist.lines if line.group.value in table.checklist)
    )


def _line(line: ChecklistLine, table: Redaction) -> ChecklistLine:
    if table.waivers or line.state is not LineState.WAIVED:
        return line
    return replace(line, who="Larry", waiver="")


def _site(site: Site, table: Redaction) -> Site:
    copy = Site(_kept(site.info, table.site, table, SiteInfo("")))
    if table.extra:
        copy.set_extra(dict(site.extra))
    copy.set_floors(_floor(floor, table) for floor in site.floors.values())
    for node in site.walk():
        if node.kind in table.kinds:
            copy.insert_node(_kept(node, table.node, table, Node(node.id, node.kind)))
    if table.link:
        for (a, b), link in site.links.items():
            if a in copy.nodes and b in copy.nodes:
                copy.set_link(a, b, _kept(link, table.link, table, Link(a, b)))
    return copy


def _floor(floor: Floor, table: Redaction) -> Floor:
    kept = _kept(floor, table.floor, table, Floor(floor.id))
    if not table.extra:
        kept.walls = tuple(replace(wall, extra={}) for wall in kept.walls)
    return kept


def _kept(thing: T, given: frozenset[str], table: Redaction, empty: T) -> T:
    """Return a copy where every field that is not given has the value of `empty`."""
    names = given | _ALWAYS[type(thing)] | ({"extra"} if table.extra else set())
    unknown = names - {field.name for field in fields(thing)}
    if unknown:
        raise ValueError(f"the table of redactions names unknown fields: {sorted(unknown)}")
    values: Mapping[str, Any] = {
        field.name: getattr(thing if field.name in names else empty, field.name) for field in fields(thing)
    }
    return replace(empty, **values)
