"""The site: floors, the hardware trees, measured links, and the one gateway that changes them.

The order among siblings is data: it is the tree order an IQ works with, so nothing
here ever sorts (domain.md 2, "Tree order is data").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from larry.domain.events import SiteListener
from larry.domain.hardware import Floor, Json, Link, Node, SiteInfo
from larry.domain.kind import Kind

LEVEL_HEIGHT_M = 3.0  # contract.md: 3 m per level unless an elevation is given


class SiteStructureError(ValueError):
    """A change would break the tree itself: unknown id, doubled id, or a circle."""


class Site:
    """A site as planned. Read it freely; change it through edits, which use the methods here."""

    def __init__(self, info: SiteInfo) -> None:
        self.info = info
        self.floors: dict[str, Floor] = {}
        self.nodes: dict[str, Node] = {}
        self.links: dict[tuple[str, str], Link] = {}
        self.extra: Json = {}
        self._children: dict[str | None, list[str]] = {None: []}
        self._links_of: dict[str, set[tuple[str, str]]] = {}
        self._listeners: list[SiteListener] = []

    # --- reading ------------------------------------------------------------------

    def children(self, parent: str | None) -> Sequence[str]:
        """Return the ids below `parent` (None: the top) in tree order."""
        return self._children.get(parent, ())

    def index_of(self, node_id: str) -> int:
        """Return the place of a node among its siblings."""
        return self._children[self.nodes[node_id].parent].index(node_id)

    def walk(self, root: str | None = None) -> Iterator[Node]:
        """Yield all nodes, or those of one subtree with its root first, in tree order."""
        stack = [root] if root is not None else list(reversed(self._children[None]))
        while stack:
            node_id = stack.pop()
            yield self.nodes[node_id]
            stack.extend(reversed(self._children.get(node_id, ())))

    def subtree(self, node_id: str) -> list[str]:
        """Return the ids of a node and everything below it, in tree order."""
        return [node.id for node in self.walk(node_id)]

    def ancestors(self, node_id: str) -> Iterator[Node]:
        """Yield the parent, its parent and so on, up to the top."""
        parent = self.nodes[node_id].parent
        while parent is not None:
            node = self.nodes[parent]
            yield node
            parent = node.parent

    def root_of(self, node_id: str) -> str:
        """Return the id at the top of the tree a node hangs in (itself when it has no parent)."""
        root = node_id
        for node in self.ancestors(node_id):
            root = node.id
        return root

    def iq_of(self, node_id: str) -> Node | None:
        """Return the nearest IQ above a node (an IQ is its own), or None while it is not placed."""
        node = self.nodes[node_id]
        if node.kind is Kind.IQ:
            return node
        return next((above for above in self.ancestors(node_id) if above.kind is Kind.IQ), None)

    def link_between(self, a: str, b: str) -> Link | None:
        """Return the measured link between two nodes, whichever way round it was stored."""
        return self.links.get((a, b)) or self.links.get((b, a))

    def links_of(self, node_id: str) -> list[Link]:
        """Return the measured links that end at a node."""
        return [self.links[key] for key in sorted(self._links_of.get(node_id, ()))]

    def distance_m(self, a: str, b: str) -> float | None:
        """Return the straight-line distance of two nodes in metres, None without positions.

        Across floors the height counts: 3 m per level unless both floors give an elevation (contract.md).
        """
        return self.distance_between_m(self.nodes[a], self.nodes[b])

    def distance_between_m(self, one: Node, two: Node) -> float | None:
        """Return the distance of two devices, also of one that is not in the site yet."""
        if one.x_m is None or one.y_m is None or two.x_m is None or two.y_m is None:
            return None
        rise_m = self._rise_m(one.floor, two.floor)
        if rise_m is None:
            return None
        dz_m = rise_m + (two.z_m or 0.0) - (one.z_m or 0.0)
        return math.sqrt((two.x_m - one.x_m) ** 2 + (two.y_m - one.y_m) ** 2 + dz_m**2)

    def _rise_m(self, from_floor: str | None, to_floor: str | None) -> float | None:
        if from_floor == to_floor:
            return 0.0
        low, high = self.floors.get(from_floor or ""), self.floors.get(to_floor or "")
        if low is None or high is None:
            return None
        if low.elevation_m is not None and high.elevation_m is not None:
            return high.elevation_m - low.elevation_m
        return (high.level - low.level) * LEVEL_HEIGHT_M

    # --- listening ----------------------------------------------------------------

    def add_listener(self, listener: SiteListener) -> None:
        """Tell `listener` of every later change, before and after."""
        self._listeners.append(listener)

    def remove_listener(self, listener: SiteListener) -> None:
        """Stop telling it."""
        self._listeners.remove(listener)

    # --- the mutation gateway (used by edits) --------------------------------------

    def insert_node(self, node: Node, index: int | None = None) -> None:
        """Add a node below `node.parent` at `index` (None: the end).

        Raises:
            SiteStructureError: the id exists already or the parent does not.
        """
        if node.id in self.nodes:
            raise SiteStructureError(f"The id {node.id} exists twice.")
        if node.parent is not None and node.parent not in self.nodes:
            raise SiteStructureError(f"The parent {node.parent} of {node.id} does not exist.")
        siblings = self._children.setdefault(node.parent, [])
        place = len(siblings) if index is None else max(0, min(index, len(siblings)))
        for listener in self._listeners:
            listener.node_inserting(node.id, node.parent, place)
        self.nodes[node.id] = node
        siblings.insert(place, node.id)
        for listener in self._listeners:
            listener.node_inserted(node.id)

    def remove_node(self, node_id: str) -> Node:
        """Take out a node that has no children.

        Raises:
            SiteStructureError: it does not exist or still has children.
        """
        node = self._existing(node_id)
        if self._children.get(node_id):
            raise SiteStructureError(f"{node_id} still has hardware below it.")
        for listener in self._listeners:
            listener.node_removing(node_id)
        self._children[node.parent].remove(node_id)
        self._children.pop(node_id, None)
        del self.nodes[node_id]
        for listener in self._listeners:
            listener.node_removed(node_id, node.parent)
        return node

    def move_node(self, node_id: str, parent: str | None, index: int | None = None) -> None:
        """Hang a node, with all below it, under `parent` at `index` counted after it was taken out.

        Raises:
            SiteStructureError: unknown ids, or the parent lies below the node.
        """
        node = self._existing(node_id)
        if parent is not None:
            self._existing(parent)
            if parent == node_id or any(above.id == node_id for above in self.ancestors(parent)):
                raise SiteStructureError(f"{node_id} cannot hang below itself.")
        old_parent = node.parent
        room = len(self.children(parent)) - (1 if parent == old_parent else 0)
        place = room if index is None else max(0, min(index, room))
        for listener in self._listeners:
            listener.node_moving(node_id, parent, place)
        self._children[old_parent].remove(node_id)
        self._children.setdefault(parent, []).insert(place, node_id)
        node.parent = parent
        for listener in self._listeners:
            listener.node_moved(node_id, old_parent)

    def set_node_field(self, node_id: str, name: str, value: Any) -> None:
        """Give a field of a node a new value."""
        setattr(self._existing(node_id), name, value)
        for listener in self._listeners:
            listener.node_changed(node_id, name)

    def set_info_field(self, name: str, value: Any) -> None:
        """Give a field of the site a new value."""
        setattr(self.info, name, value)
        self._tell_site(name)

    def set_extra(self, extra: Json) -> None:
        """Replace the unknown keys of the exchange file itself."""
        self.extra = extra
        self._tell_site("extra")

    def set_floors(self, floors: Iterable[Floor]) -> None:
        """Replace the floors, in their order."""
        self.floors = {floor.id: floor for floor in floors}
        self._tell_site("floors")

    def set_floor_field(self, floor_id: str, name: str, value: Any) -> None:
        """Give a field of a floor a new value.

        Raises:
            SiteStructureError: there is no such floor.
        """
        if floor_id not in self.floors:
            raise SiteStructureError(f"There is no floor {floor_id}.")
        setattr(self.floors[floor_id], name, value)
        self._tell_site("floors")

    def set_link(self, a: str, b: str, link: Link | None) -> None:
        """Store, replace or (None) forget the measured link stored for a and b in this order."""
        key = (a, b)
        if link is None:
            self.links.pop(key, None)
            for end in key:
                self._links_of.get(end, set()).discard(key)
        else:
            self.links[key] = link
            for end in key:
                self._links_of.setdefault(end, set()).add(key)
        for listener in self._listeners:
            listener.link_changed(a, b)

    def _existing(self, node_id: str) -> Node:
        try:
            return self.nodes[node_id]
        except KeyError:
            raise SiteStructureError(f"There is no device {node_id}.") from None

    def _tell_site(self, name: str) -> None:
        for listener in self._listeners:
            listener.site_changed(name)

    # --- comparing ------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        """Equal when all data and every order are equal; listeners do not count."""
        if not isinstance(other, Site):
            return NotImplemented
        return (
            self.info == other.info
            and list(self.floors.values()) == list(other.floors.values())
            and self.nodes == other.nodes
            and {k: v for k, v in self._children.items() if v}
            == {k: v for k, v in other._children.items() if v}
            and self.links == other.links
            and self.extra == other.extra
        )

    def _orders(self) -> dict[str | None, list[str]]:
        return {parent: ids for parent, ids in self._children.items() if ids}

    __hash__ = None  # type: ignore[assignment]
