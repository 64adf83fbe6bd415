"""In which order the devices are commissioned: each after what it depends on."""

from __future__ import annotations

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.site import Site


def job_order(site: Site) -> list[str]:
    """Return all devices: each IQ, then its repeaters by depth, then its locks; last what is not placed.

    Among equals the tree order of the plan stays: new items go to the end of an IQ's tree, so this is also
    the order in which they are appended there, and nothing is ever sorted otherwise (domain.md 2).
    """
    order: list[str] = []
    for top in site.children(None):
        if site.nodes[top].kind is not Kind.IQ:
            continue
        below = [node for node in site.walk(top) if node.id != top]
        repeaters = [node for node in below if node.kind is Kind.REPEATER]
        repeaters.sort(key=lambda node: _depth(site, node))  # stable
        order += [top, *(node.id for node in repeaters)]
        order += [node.id for node in below if node.kind is not Kind.REPEATER]
    placed = set(order)
    order += [node.id for node in site.walk() if node.id not in placed]
    return order


def _depth(site: Site, node: Node) -> int:
    return sum(1 for _ in site.ancestors(node.id))
