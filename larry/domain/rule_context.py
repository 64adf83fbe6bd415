"""What a rule is given: the site, the catalogue, the other states, and facts counted once per tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from larry.domain.catalogue import Catalogue
from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.domain.records import DeviceRecord
from larry.domain.site import Site


@dataclass(slots=True)
class Load:
    """How much hangs below an IQ, direct and through repeaters together."""

    locks: int = 0
    repeaters: int = 0


@dataclass(slots=True)
class RuleContext:
    """The view of a site that rules read.

    `device_ids` and `names` map the normalised value to the ids of the nodes that carry it.
    """

    site: Site
    catalogue: Catalogue
    records: Mapping[str, DeviceRecord]
    device_ids: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    loads: dict[str, Load] = field(default_factory=dict)

    def finding(self, code: str, node: Node | None, numbers: dict[str, Any], **words: Any) -> Finding | None:
        """Make the finding of a rule, or None where the profile switches the rule off."""
        rule = self.catalogue.rule(code)
        if rule.severity is None:
            return None
        name = display_name(node) if node else display_site_name(self.site)
        values = {"name": name, **rule.limits, **numbers, **words}
        return Finding(
            code=code,
            severity=rule.severity,
            node=node.id if node else None,
            numbers=numbers,
            message=rule.message.format(**values),
            fix=rule.fix.format(**values),
        )


def display_name(node: Node) -> str:
    """Return how people call a node: its name, else its Device ID, else kind and id."""
    return node.name.strip() or node.device_id or f"{node.kind.value} {node.id}"


def display_site_name(site: Site) -> str:
    """Return how people call the site."""
    return site.info.name.strip() or "the site"


def device_id_key(node: Node) -> str | None:
    """Return the Device ID as it must be unique, or None."""
    return (normalise_device_id(node.device_id) or None) if node.device_id else None


def name_key(node: Node) -> str | None:
    """Return the name as it should be unique, or None."""
    return " ".join(node.name.split()).casefold() or None


def count_loads(site: Site, root: str) -> dict[str, Load]:
    """Count locks and repeaters below every IQ of one tree (an IQ inside another counts for both)."""
    loads: dict[str, Load] = {}
    for node in site.walk(root):
        if node.kind is Kind.IQ:
            loads.setdefault(node.id, Load())
            continue
        for above in site.ancestors(node.id):
            if above.kind is Kind.IQ:
                load = loads[above.id]
                if node.kind is Kind.LOCK:
                    load.locks += 1
                else:
                    load.repeaters += 1
    return loads


def repeaters_in_a_row(site: Site, node: Node | None) -> int:
    """Count the repeaters from this node upwards without anything else between."""
    count = 0
    while node is not None and node.kind is Kind.REPEATER:
        count += 1
        node = site.nodes[node.parent] if node.parent is not None else None
    return count
