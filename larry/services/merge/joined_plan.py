"""The plan of two copies as one: every property by the rows that stand, open questions listed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from larry.domain.hardware import EDITABLE_NODE_FIELDS, Floor, Link, Node
from larry.domain.node_json import floor_from_json, link_from_json, node_from_json, wall_from_json
from larry.domain.site import Site
from larry.services.merge.conflict import Conflict, Side
from larry.services.merge.op_graph import OpGraph
from larry.services.merge.writes import ALIVE, PLACE, SHIFT, Key, Write, Writes, standing

Positions = dict[str, int]
_REPLACED = ("device_id", "mac", "model")


@dataclass(slots=True)
class JoinedPlan:
    """What has to be changed in one copy; None stands for a removed thing."""

    nodes: dict[str, tuple[Node, int] | None] = field(default_factory=dict)
    floors: dict[str, tuple[Floor, int] | None] = field(default_factory=dict)
    links: dict[tuple[str, str], Link | None] = field(default_factory=dict)
    info: dict[str, Any] = field(default_factory=dict)
    file_extra: dict[str, Any] | None = None
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the copies: its site, positions, and parents an earlier join took away."""

    site: Site
    nodes: Positions
    floors: Positions
    unhung: dict[str, str]


class PlanJoiner:
    """Joins two copies; use it once."""

    def __init__(self, graph: OpGraph, mine: Copy, theirs: Copy) -> None:
        self._graph = graph
        self._writes = Writes(graph)
        self._copies = (mine, theirs)
        self._plan = JoinedPlan()
        self._fields: dict[str, set[str]] = {}
        for key in self._writes.by_key:
            if key[0] == "node":
                self._fields.setdefault(key[1], set()).add(key[2])

    @property
    def writes(self) -> Writes:
        """All writes, for looking at them later."""
        return self._writes

    def join(self) -> JoinedPlan:
        """Return what has to be changed in `mine`."""
        keys = sorted({key[:2] for key in self._writes.by_key} | set(self._writes.uses) | self._unhung())
        for key in keys:
            if key[0] == "node":
                self._node(key[1])
            elif key[0] == "floor":
                self._floor(key[1])
        self._hang()
        for full in sorted(self._writes.by_key):
            self._rest(full)
        return self._plan

    def _unhung(self) -> set[Key]:
        return {("node", node_id) for copy in self._copies for node_id in copy.unhung}

    # --- single values ----------------------------------------------------------------

    def _value(self, key: Key, node: str | None, message: str) -> tuple[bool, Any]:
        """Return whether the property was written, and its value; ask when there are two."""
        found = self._writes.standing(key)
        if not found:
            return False, None
        if len({write.same for write in found}) > 1:
            self._ask("value", node, key[-1], message, found)
        return True, found[-1].value

    def _ask(self, kind: str, node: str | None, what: str, message: str, writes: Iterable[Write]) -> None:
        self._plan.conflicts.append(Conflict(kind, node, what, message, _sides(writes)))

    def _rest(self, key: Key) -> None:
        if key[0] == "site":
            _, self._plan.info[key[1]] = self._value(key, None, f"The site's {_words(key[1])} differs.")
        elif key[0] == "file":
            _, self._plan.file_extra = self._value(key, None, "Keys of another program in the file differ.")
        elif key[0] == "link":
            _, data = self._value(key, key[1], f"The measured link between {key[1]} and {key[2]} differs.")
            self._plan.links[(key[1], key[2])] = link_from_json(data) if data else None

    # --- devices ----------------------------------------------------------------------

    def _stays(self, key: Key, name: str) -> bool:
        found = standing(self._graph, self._writes.uses.get(key, []))
        if any(write.value for write in found):
            if not all(write.value for write in found):
                message = f"“{name}” was removed on one laptop and used on the other; it is still there."
                self._ask("removed", key[1], "", message, found)
            return True
        return not found

    def _node(self, node_id: str) -> None:
        node = self._known_node(node_id)
        if node is None:
            return
        named = self._writes.standing(("node", node_id, "name"))
        node.name = (
            named[-1].value if named else node.name
        )  # first: the questions name it, on every laptop alike
        if not self._stays(("node", node_id), node.name):
            self._plan.nodes[node_id] = None
            return
        for name in sorted(EDITABLE_NODE_FIELDS & self._fields.get(node_id, set())):
            message = f"“{node.name}” has two values for {_words(name)}."
            written, value = self._value(("node", node_id, name), node_id, message)
            if written:
                setattr(node, name, value)
        node.parent, position = self._place(node)
        self._plan.nodes[node_id] = (node, position)
        self._replaced(node)

    def _known_node(self, node_id: str) -> Node | None:
        for copy in self._copies:
            if node_id in copy.site.nodes:
                node = copy.site.nodes[node_id].copy()
                node.parent = copy.unhung.get(node_id, node.parent)
                return node
        added = [
            write.value for write in self._writes.by_key.get(("node", node_id, ALIVE), []) if write.value
        ]
        if added:
            return node_from_json(added[-1])
        return self._removed_node(node_id)

    def _removed_node(self, node_id: str) -> Node | None:
        for write in self._writes.by_key.get(("node", node_id, ALIVE), []):
            found = _added_in(json.loads(write.op.column("inverse") or "null"), node_id)
            if found:
                return node_from_json(found)
        return None

    def _place(self, node: Node) -> tuple[str | None, int]:
        found = self._writes.standing(("node", node.id, PLACE))
        shifts = self._writes.standing(("node", node.id, SHIFT))
        parent, position = node.parent, self._known_position(node.id)
        if found:
            parent, given = found[-1].value
            position = position if given is None else given
            self._ask_place(node, found)
            shifts = [each for each in shifts if self._graph.before(found[-1].op, each.op)]
        if shifts:
            position = int(shifts[-1].value)
        return parent, position

    def _ask_place(self, node: Node, found: list[Write]) -> None:
        if len({write.value[0] for write in found}) > 1:
            message = f"“{node.name}” was hung below two different devices."
            self._ask("place", node.id, "", message, found)
        elif len({write.same for write in found}) > 1:
            message = f"“{node.name}” was put at two different places in the order of one tree."
            self._ask("order", node.id, "", message, found)

    def _known_position(self, node_id: str) -> int:
        return next((copy.nodes[node_id] for copy in self._copies if node_id in copy.nodes), 0)

    def _replaced(self, node: Node) -> None:
        moved = self._writes.standing(("node", node.id, PLACE))
        for name in _REPLACED if moved else ():
            for write in self._writes.standing(("node", node.id, name)):
                apart = [each for each in moved if self._graph.apart(write.op, each.op)]
                if apart:
                    message = f"“{node.name}” was replaced on one laptop and moved on the other."
                    self._ask("replaced", node.id, "", message, [write, *apart])
                    return

    # --- the tree ---------------------------------------------------------------------

    def _parent(self, node_id: str) -> str | None:
        if node_id in self._plan.nodes:
            planned = self._plan.nodes[node_id]
            return planned[0].parent if planned else None
        return self._copies[0].site.nodes[node_id].parent

    def _exists(self, node_id: str) -> bool:
        if node_id in self._plan.nodes:
            return self._plan.nodes[node_id] is not None
        return node_id in self._copies[0].site.nodes

    def _hang(self) -> None:
        for node_id in sorted(self._plan.nodes):
            planned = self._plan.nodes[node_id]
            if planned is None:
                continue
            parent = planned[0].parent
            if parent is not None and not self._exists(parent):
                self._loosen(node_id, "parent", f"What “{planned[0].name}” hung below was removed.")
        for node_id in sorted(self._plan.nodes):
            circle = self._circle(node_id)
            if circle:
                self._cut(circle)

    def _circle(self, node_id: str) -> list[str]:
        path: list[str] = []
        at: str | None = node_id
        while at is not None and self._exists(at):
            if at in path:
                return path[path.index(at) :]
            path.append(at)
            at = self._parent(at)
        return []

    def _cut(self, circle: list[str]) -> None:
        """Unhang the one that was hung last: all in a circle were, since none is in a copy."""
        latest = max(circle, key=lambda each: (self._hung(each), each))
        self._loosen(latest, "circle", "Two devices were each hung below the other, on two laptops.")

    def _hung(self, node_id: str) -> tuple[str, bytes]:
        found = self._writes.standing(("node", node_id, PLACE))
        return found[-1].op.rank if found else ("", b"")

    def _loosen(self, node_id: str, kind: str, message: str) -> None:
        planned = self._plan.nodes[node_id]
        assert planned is not None
        sides = _sides(self._writes.standing(("node", node_id, PLACE)))
        self._plan.conflicts.append(Conflict(kind, node_id, "", message, sides, planned[0].parent))
        planned[0].parent = None

    # --- floors -----------------------------------------------------------------------

    def _floor(self, floor_id: str) -> None:
        floor = self._known_floor(floor_id)
        if floor is None:
            return
        named = self._writes.standing(("floor", floor_id, "name"))
        floor.name = named[-1].value if named else floor.name
        if not self._stays(("floor", floor_id), floor.name):
            self._plan.floors[floor_id] = None
            return
        for full in sorted(key for key in self._writes.by_key if key[:2] == ("floor", floor_id)):
            if full[2] in {ALIVE, PLACE}:
                continue
            _, value = self._value(full, floor_id, f"Floor “{floor.name}” has two values: {_words(full[2])}.")
            walls = full[2] == "walls"
            setattr(floor, full[2], tuple(wall_from_json(wall) for wall in value) if walls else value)
        places = self._writes.standing(("floor", floor_id, PLACE))
        known = next((copy.floors[floor_id] for copy in self._copies if floor_id in copy.floors), 0)
        self._plan.floors[floor_id] = (floor, int(places[-1].value) if places else known)

    def _known_floor(self, floor_id: str) -> Floor | None:
        for copy in self._copies:
            if floor_id in copy.site.floors:
                known = copy.site.floors[floor_id]
                return Floor(**{name: getattr(known, name) for name in Floor.__slots__})
        added = [
            write.value for write in self._writes.by_key.get(("floor", floor_id, ALIVE), []) if write.value
        ]
        return floor_from_json(added[-1]) if added else None


def _sides(writes: Iterable[Write]) -> tuple[Side, ...]:
    return tuple(
        Side(write.op.column("who"), write.op.column("at"), write.op.column("label"), write.value)
        for write in writes
    )


def _added_in(edit: Any, node_id: str) -> dict[str, Any] | None:
    if not edit:
        return None
    if edit["op"] == "composite":
        return next((found for each in edit["edits"] if (found := _added_in(each, node_id))), None)
    if edit["op"] == "add-node" and edit["node"]["id"] == node_id:
        node: dict[str, Any] = edit["node"]
        return node
    return None


def _words(name: str) -> str:
    return name.replace("_", " ")
