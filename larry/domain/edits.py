"""Edits: small named changes of the plan that return their inverse, taken at that moment.

An edit is a value: it can be written to the op log as JSON and applied again. It touches
only what is *planned*; what was sent to or read from a device is never part of an edit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol

from larry.domain.hardware import (
    EDITABLE_FLOOR_FIELDS,
    EDITABLE_NODE_FIELDS,
    EDITABLE_SITE_FIELDS,
    Floor,
    Json,
    Link,
    Node,
    Wall,
)
from larry.domain.node_json import floor_from_json, link_from_json, node_from_json, to_json, wall_from_json
from larry.domain.site import Site, SiteStructureError


class Edit(Protocol):
    """A change of the plan."""

    op: ClassVar[str]

    def apply(self, site: Site) -> Edit:
        """Change the site and return the edit that takes it back.

        Raises:
            SiteStructureError: the change does not fit the site; the site is as it was.
        """

    def to_json(self) -> Json:
        """Return the edit as JSON values."""

    def touched(self) -> frozenset[str]:
        """Return the ids of the nodes it concerns."""


@dataclass(frozen=True, slots=True)
class AddNode:
    """Add one node at a place among its siblings (None: the end)."""

    op: ClassVar[str] = "add-node"
    node: Node
    index: int | None = None

    def apply(self, site: Site) -> Edit:
        site.insert_node(self.node.copy(), self.index)
        return RemoveNode(self.node.id)

    def to_json(self) -> Json:
        return {"op": self.op, "node": to_json(self.node), "index": self.index}

    def touched(self) -> frozenset[str]:
        return frozenset({self.node.id})


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """Remove one node without children; `remove_subtree` makes the edit for a whole branch."""

    op: ClassVar[str] = "remove-node"
    node_id: str

    def apply(self, site: Site) -> Edit:
        if self.node_id not in site.nodes:
            raise SiteStructureError(f"There is no device {self.node_id}.")
        index = site.index_of(self.node_id)
        return AddNode(site.remove_node(self.node_id), index)

    def to_json(self) -> Json:
        return {"op": self.op, "node_id": self.node_id}

    def touched(self) -> frozenset[str]:
        return frozenset({self.node_id})


@dataclass(frozen=True, slots=True)
class MoveNode:
    """Hang a node with all below it elsewhere; `index` counts after it was taken out, None is the end."""

    op: ClassVar[str] = "move-node"
    node_id: str
    parent: str | None
    index: int | None = None

    def apply(self, site: Site) -> Edit:
        if self.node_id not in site.nodes:
            raise SiteStructureError(f"There is no device {self.node_id}.")
        inverse = MoveNode(self.node_id, site.nodes[self.node_id].parent, site.index_of(self.node_id))
        site.move_node(self.node_id, self.parent, self.index)
        return inverse

    def to_json(self) -> Json:
        return {"op": self.op, "node_id": self.node_id, "parent": self.parent, "index": self.index}

    def touched(self) -> frozenset[str]:
        return frozenset({self.node_id})


@dataclass(frozen=True, slots=True)
class SetNode:
    """Give one field of a node a new value."""

    op: ClassVar[str] = "set-node"
    node_id: str
    field: str
    value: Any

    def apply(self, site: Site) -> Edit:
        if self.node_id not in site.nodes:
            raise SiteStructureError(f"There is no device {self.node_id}.")
        _require(self.field, EDITABLE_NODE_FIELDS)
        inverse = SetNode(self.node_id, self.field, getattr(site.nodes[self.node_id], self.field))
        site.set_node_field(self.node_id, self.field, self.value)
        return inverse

    def to_json(self) -> Json:
        return {"op": self.op, "node_id": self.node_id, "field": self.field, "value": self.value}

    def touched(self) -> frozenset[str]:
        return frozenset({self.node_id})


@dataclass(frozen=True, slots=True)
class SetSite:
    """Give one field of the site a new value."""

    op: ClassVar[str] = "set-site"
    field: str
    value: Any

    def apply(self, site: Site) -> Edit:
        _require(self.field, EDITABLE_SITE_FIELDS)
        inverse = SetSite(self.field, getattr(site.info, self.field))
        site.set_info_field(self.field, self.value)
        return inverse

    def to_json(self) -> Json:
        return {"op": self.op, "field": self.field, "value": self.value}

    def touched(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class SetSiteExtra:
    """Replace the unknown keys of the exchange file itself (those beside `site`, `floors`, `nodes`)."""

    op: ClassVar[str] = "set-site-extra"
    value: Json

    def apply(self, site: Site) -> Edit:
        inverse = SetSiteExtra(site.extra)
        site.set_extra(dict(self.value))
        return inverse

    def to_json(self) -> Json:
        return {"op": self.op, "value": self.value}

    def touched(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class AddFloor:
    """Add a floor at a place in the list of floors (None: the end)."""

    op: ClassVar[str] = "add-floor"
    floor: Floor
    index: int | None = None

    def apply(self, site: Site) -> Edit:
        if self.floor.id in site.floors:
            raise SiteStructureError(f"The floor {self.floor.id} exists twice.")
        floors = list(site.floors.values())
        floors.insert(len(floors) if self.index is None else self.index, replace(self.floor))
        site.set_floors(floors)
        return RemoveFloor(self.floor.id)

    def to_json(self) -> Json:
        return {"op": self.op, "floor": to_json(self.floor), "index": self.index}

    def touched(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class RemoveFloor:
    """Remove a floor; nodes on it keep naming it until they are given another."""

    op: ClassVar[str] = "remove-floor"
    floor_id: str

    def apply(self, site: Site) -> Edit:
        if self.floor_id not in site.floors:
            raise SiteStructureError(f"There is no floor {self.floor_id}.")
        index = list(site.floors).index(self.floor_id)
        inverse = AddFloor(site.floors[self.floor_id], index)
        site.set_floors(floor for floor in site.floors.values() if floor.id != self.floor_id)
        return inverse

    def to_json(self) -> Json:
        return {"op": self.op, "floor_id": self.floor_id}

    def touched(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class SetFloor:
    """Give one field of a floor a new value; `walls` is a tuple of `Wall`."""

    op: ClassVar[str] = "set-floor"
    floor_id: str
    field: str
    value: Any

    def apply(self, site: Site) -> Edit:
        _require(self.field, EDITABLE_FLOOR_FIELDS)
        if self.floor_id not in site.floors:
            raise SiteStructureError(f"There is no floor {self.floor_id}.")
        inverse = SetFloor(self.floor_id, self.field, getattr(site.floors[self.floor_id], self.field))
        site.set_floor_field(self.floor_id, self.field, self.value)
        return inverse

    def to_json(self) -> Json:
        value = [to_json(wall) for wall in self.value] if self.field == "walls" else self.value
        return {"op": self.op, "floor_id": self.floor_id, "field": self.field, "value": value}

    def touched(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class SetLink:
    """Store a measured link, or (None) forget it."""

    op: ClassVar[str] = "set-link"
    a: str
    b: str
    link: Link | None

    def apply(self, site: Site) -> Edit:
        inverse = SetLink(self.a, self.b, site.links.get((self.a, self.b)))
        site.set_link(self.a, self.b, replace(self.link) if self.link else None)
        return inverse

    def to_json(self) -> Json:
        return {"op": self.op, "a": self.a, "b": self.b, "link": to_json(self.link) if self.link else None}

    def touched(self) -> frozenset[str]:
        return frozenset({self.a, self.b})


@dataclass(frozen=True, slots=True)
class Composite:
    """Several edits as one: all of them, or none."""

    op: ClassVar[str] = "composite"
    edits: tuple[Edit, ...]

    def apply(self, site: Site) -> Edit:
        inverses: list[Edit] = []
        try:
            for edit in self.edits:
                inverses.append(edit.apply(site))
        except SiteStructureError:
            for inverse in reversed(inverses):
                inverse.apply(site)
            raise
        return Composite(tuple(reversed(inverses)))

    def to_json(self) -> Json:
        return {"op": self.op, "edits": [edit.to_json() for edit in self.edits]}

    def touched(self) -> frozenset[str]:
        return frozenset().union(*(edit.touched() for edit in self.edits))


def remove_subtree(site: Site, node_id: str) -> Composite:
    """Return the edit that removes a node, all below it and the links that end there."""
    gone = site.subtree(node_id)
    keys = {(link.a, link.b) for each in gone for link in site.links_of(each)}
    links: list[Edit] = [SetLink(a, b, None) for a, b in sorted(keys)]
    return Composite((*links, *(RemoveNode(each) for each in reversed(gone))))


def edit_from_json(data: Json) -> Edit:
    """Build the edit that `to_json` wrote.

    Raises:
        SiteStructureError: the data is not an edit this version knows.
    """
    try:
        edit: Edit = _BUILDERS[data["op"]](data)
    except (KeyError, TypeError, ValueError) as error:
        raise SiteStructureError("An entry of the history cannot be read.") from error
    return edit


def _set_floor(data: Json) -> Edit:
    value = data["value"]
    if data["field"] == "walls":
        value = tuple(wall_from_json(wall) for wall in value)
    return SetFloor(data["floor_id"], data["field"], value)


_BUILDERS: dict[str, Any] = {
    AddNode.op: lambda d: AddNode(node_from_json(d["node"]), d["index"]),
    RemoveNode.op: lambda d: RemoveNode(d["node_id"]),
    MoveNode.op: lambda d: MoveNode(d["node_id"], d["parent"], d["index"]),
    SetNode.op: lambda d: SetNode(d["node_id"], d["field"], d["value"]),
    SetSite.op: lambda d: SetSite(d["field"], d["value"]),
    SetSiteExtra.op: lambda d: SetSiteExtra(d["value"]),
    AddFloor.op: lambda d: AddFloor(floor_from_json(d["floor"]), d["index"]),
    RemoveFloor.op: lambda d: RemoveFloor(d["floor_id"]),
    SetFloor.op: _set_floor,
    SetLink.op: lambda d: SetLink(d["a"], d["b"], link_from_json(d["link"]) if d["link"] else None),
    Composite.op: lambda d: Composite(tuple(edit_from_json(each) for each in d["edits"])),
}


def _require(field: str, allowed: frozenset[str]) -> None:
    if field not in allowed:
        raise SiteStructureError(f"{field} cannot be edited.")


__all__ = [
    "AddFloor", "AddNode", "Composite", "Edit", "MoveNode", "RemoveFloor", "RemoveNode",
    "SetFloor", "SetLink", "SetNode", "SetSite", "SetSiteExtra", "Wall", "edit_from_json", "remove_subtree",
]  # fmt: skip
