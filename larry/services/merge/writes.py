"""What each row of a log gave a value: the properties a join looks at one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from larry.domain.hardware import EDITABLE_FLOOR_FIELDS, EDITABLE_NODE_FIELDS
from larry.domain.node_json import floor_from_json, node_from_json
from larry.services.merge.op_graph import Op, OpGraph

Key = tuple[str, ...]
PLACE, ALIVE, SHIFT = "place", "alive", "shift"


@dataclass(frozen=True, slots=True)
class Write:
    """A row gave a property a value (JSON)."""

    op: Op
    value: Any

    @property
    def same(self) -> str:
        """A text that is equal for equal values."""
        return json.dumps(self.value, sort_keys=True)


class Writes:
    """All writes of a graph by property, and for each device or floor the rows that had to do with it."""

    def __init__(self, graph: OpGraph) -> None:
        self.graph = graph
        self.by_key: dict[Key, list[Write]] = {}
        self.uses: dict[Key, list[Write]] = {}
        for op in graph.ops:
            self._add(op)

    def standing(self, key: Key) -> list[Write]:
        """Return the writes no later one replaced: one, or several that knew nothing of each other."""
        return standing(self.graph, self.by_key.get(key, []))

    def _add(self, op: Op) -> None:
        values: dict[Key, Any] = {}
        used: dict[Key, bool] = {}
        places = json.loads(op.column("places") or "{}")
        for edit in _flat(_effect(op, self.graph)):
            for key, value in _written(edit, places.get("nodes", {})):
                values[key] = value
            for key, stays in _used(edit):
                used[key] = stays
        placed = {key[1] for key in values if key[0] == "node" and key[2] == PLACE}
        for node_id, position in places.get("nodes", {}).items():
            if node_id not in placed:
                values[("node", node_id, SHIFT)] = position
        for floor_id, position in places.get("floors", {}).items():
            values[("floor", floor_id, PLACE)] = position
        for key, value in values.items():
            self.by_key.setdefault(key, []).append(Write(op, value))
        for key, stays in used.items():
            self.uses.setdefault(key, []).append(Write(op, stays))


def standing(graph: OpGraph, writes: list[Write]) -> list[Write]:
    """Return the writes that come before none of the others."""
    found: list[Write] = []
    for write in reversed(writes):  # later rows first: most are replaced by the very last
        if not any(graph.before(write.op, later.op) for later in found):
            found.append(write)
    return sorted(found, key=lambda write: write.op.rank)


def _effect(op: Op, graph: OpGraph) -> Any:
    what = op.column("what")
    if what == "edit":
        return json.loads(op.column("forward") or "null")
    if what in {"undo", "redo"} and op.of in graph.every:
        concerned = graph.every[op.of]
        return json.loads(concerned.column("inverse" if what == "undo" else "forward") or "null")
    return None


def _flat(edit: Any) -> Iterator[dict[str, Any]]:
    if edit is None:
        return
    if edit["op"] == "composite":
        for each in edit["edits"]:
            yield from _flat(each)
    else:
        yield edit


def _written(edit: dict[str, Any], places: dict[str, int]) -> Iterator[tuple[Key, Any]]:
    op = edit["op"]
    if op == "add-node":
        node = edit["node"]
        yield ("node", node["id"], ALIVE), node
        yield ("node", node["id"], PLACE), [node.get("parent"), places.get(node["id"])]
        whole = node_from_json(node)
        for name in EDITABLE_NODE_FIELDS:
            yield ("node", whole.id, name), getattr(whole, name)
    elif op == "remove-node":
        yield ("node", edit["node_id"], ALIVE), None
    elif op == "move-node":
        yield ("node", edit["node_id"], PLACE), [edit["parent"], places.get(edit["node_id"])]
    elif op == "set-node":
        yield ("node", edit["node_id"], edit["field"]), edit["value"]
    else:
        yield from _written_elsewhere(edit)


def _written_elsewhere(edit: dict[str, Any]) -> Iterator[tuple[Key, Any]]:
    op = edit["op"]
    if op == "set-site":
        yield ("site", edit["field"]), edit["value"]
    elif op == "set-site-extra":
        yield ("file", "extra"), edit["value"]
    elif op == "set-link":
        yield ("link", edit["a"], edit["b"]), edit["link"]
    elif op == "add-floor":
        floor = edit["floor"]
        yield ("floor", floor["id"], ALIVE), floor
        whole = floor_from_json(floor)
        for name in EDITABLE_FLOOR_FIELDS - {"walls"}:
            yield ("floor", whole.id, name), getattr(whole, name)
        yield ("floor", whole.id, "walls"), floor.get("walls") or []
    elif op == "remove-floor":
        yield ("floor", edit["floor_id"], ALIVE), None
    elif op == "set-floor":
        yield ("floor", edit["floor_id"], edit["field"]), edit["value"]


def _used(edit: dict[str, Any]) -> Iterator[tuple[Key, bool]]:
    """Yield what an edit had to do with, and whether that stays: a lock below an IQ wants it."""
    op = edit["op"]
    if op in {"remove-node", "remove-floor"}:
        kind = op.removeprefix("remove-")
        yield (kind, edit[f"{kind}_id"]), False
    elif op == "add-node":
        yield ("node", edit["node"]["id"]), True
        if edit["node"].get("parent"):
            yield ("node", edit["node"]["parent"]), True
    elif op in {"move-node", "set-node"}:
        yield ("node", edit["node_id"]), True
        if edit.get("parent"):
            yield ("node", edit["parent"]), True
    elif op == "set-link" and edit["link"] is not None:
        yield ("node", edit["a"]), True
        yield ("node", edit["b"]), True
    elif op == "add-floor":
        yield ("floor", edit["floor"]["id"]), True
    elif op == "set-floor":
        yield ("floor", edit["floor_id"]), True
