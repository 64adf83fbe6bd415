"""A plan as one undoable edit."""

from __future__ import annotations

from collections.abc import Iterator

from larry.domain.edits import AddNode, Composite, Edit, MoveNode
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.planning.plan_result import PlacedTree
from larry.services.plan_outcome import PlanOutcome

_IQ_MODEL = "iq2-bluenet"
_REPEATER_MODEL = "repeater-bluenet"


def edit_of_plan(site: Site, outcome: PlanOutcome) -> Composite:
    """Return the edit that adds the plan's IQs and repeaters and hangs the doors under them.

    The doors keep all they have; ids and names of what is new follow the numbers the site has already.
    """
    edits: list[Edit] = [MoveNode(lock, parent) for lock, parent in outcome.attached]
    fresh = _Fresh(site)
    for tree in outcome.trees:
        edits += _tree_edits(site, tree, fresh)
    return Composite(tuple(edits))


class _Fresh:
    """Gives ids and names that nothing in the site has."""

    def __init__(self, site: Site) -> None:
        self._ids = set(site.nodes)
        self._names = {node.name.casefold() for node in site.nodes.values()}

    def take(self, prefix: str, name: str) -> tuple[str, str]:
        number = 1
        while f"{prefix}{number}" in self._ids or f"{name} {number}".casefold() in self._names:
            number += 1
        self._ids.add(f"{prefix}{number}")
        self._names.add(f"{name} {number}".casefold())
        return f"{prefix}{number}", f"{name} {number}"


def _tree_edits(site: Site, tree: PlacedTree, fresh: _Fresh) -> Iterator[Edit]:
    z_m = tree.height_m or None
    iq_id, name = fresh.take("plan-iq-", "IQ")
    zone = site.info.time_zone
    yield AddNode(Node(iq_id, Kind.IQ, _IQ_MODEL, name, None, tree.floor, *tree.hub, z_m=z_m, time_zone=zone))
    ids: list[str] = []
    for place, parent in zip(tree.repeaters, tree.parents, strict=True):
        node_id, name = fresh.take("plan-repeater-", "Repeater")
        above = iq_id if parent < 0 else ids[parent]
        yield AddNode(Node(node_id, Kind.REPEATER, _REPEATER_MODEL, name, above, tree.floor, *place, z_m=z_m))
        ids.append(node_id)
    for lock, parent in tree.locks:
        yield MoveNode(lock, iq_id if parent < 0 else ids[parent])
