"""A door list against a plan: which doors are new, which are known, and what changes in them."""

from __future__ import annotations

import re

from larry.domain.edits import AddFloor, AddNode, Edit, MoveNode, SetNode
from larry.domain.hardware import Floor, Node
from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.storage.door_columns import level_of
from larry.storage.door_list_csv import DoorRow

_TAKEN_OVER = ("model", "x_m", "y_m", "z_m", "device_id", "time_zone")
_NOT_WORD = re.compile(r"[^\w]+")


class DoorListEdits:
    """Collects the edits for the lines of a door list; the site is only read.

    A line means the device of its Device ID, else the one device of that kind and name.
    """

    def __init__(self, site: Site) -> None:
        self.edits: list[Edit] = []
        self.added: set[str] = set()
        self.updated: set[str] = set()
        self.not_carried: list[str] = []
        self._site = site
        self._ids = set(site.nodes) | set(site.floors)
        self._by_name: dict[tuple[Kind, str], list[str]] = {}
        self._by_device_id: dict[str, str] = {}
        self._floors: dict[str, str] = {}
        self._parents: list[tuple[DoorRow, str]] = []
        for node in site.walk():
            self._index(node)
        for floor in site.floors.values():
            self._floors.setdefault(_key(floor.name or floor.id), floor.id)

    def take(self, row: DoorRow) -> None:
        """Add or update the device of one line."""
        node_id = self._known(row)
        if node_id == "":
            self.not_carried.append(
                f"Line {row.line}: several devices are named “{row.name}”; none was changed."
            )
            return
        if node_id is None:
            node_id = self._add(row)
        elif node_id in self._site.nodes:
            self._update(self._site.nodes[node_id], row)
        else:
            self.not_carried.append(
                f"Line {row.line}: “{row.name}” stands in the list twice; the first counts."
            )
            return
        if row.parent is not None:
            self._parents.append((row, node_id))

    def finish(self) -> None:
        """Hang the devices below the parents their lines name, once all are there."""
        for row, node_id in self._parents:
            parent = self._parent(row.parent or "")
            now = self._site.nodes[node_id].parent if node_id in self._site.nodes else None
            if parent is None or parent == node_id:
                self.not_carried.append(
                    f"Line {row.line} ({row.name}): “{row.parent}” is not one repeater or IQ of the plan."
                )
            elif parent != now:
                self.edits.append(MoveNode(node_id, parent))
                self.updated.add(node_id)

    # --- finding ----------------------------------------------------------------------

    def _index(self, node: Node) -> None:
        self._by_name.setdefault((node.kind, _key(node.name)), []).append(node.id)
        if node.device_id:
            self._by_device_id.setdefault(normalise_device_id(node.device_id), node.id)

    def _known(self, row: DoorRow) -> str | None:
        """Return the id of the device meant, None when there is none, "" when it is not clear."""
        if row.device_id and (found := self._by_device_id.get(normalise_device_id(row.device_id))):
            return found
        same_name = self._by_name.get((row.kind, _key(row.name)), [])
        if len(same_name) > 1:
            return ""
        return same_name[0] if same_name else None

    def _parent(self, name: str) -> str | None:
        found = [
            node_id
            for kind in (Kind.IQ, Kind.REPEATER)
            for node_id in self._by_name.get((kind, _key(name)), [])
        ]
        return found[0] if len(found) == 1 else None

    # --- changing ---------------------------------------------------------------------

    def _add(self, row: DoorRow) -> str:
        node = Node(
            id=self._new_id(row.name),
            kind=row.kind,
            model=row.model,
            name=row.name,
            floor=self._floor(row.floor),
            x_m=row.x_m,
            y_m=row.y_m,
            z_m=row.z_m,
            device_id=row.device_id,
            time_zone=row.time_zone,
        )
        self.edits.append(AddNode(node))
        self.added.add(node.id)
        self._index(node)
        return node.id

    def _update(self, node: Node, row: DoorRow) -> None:
        wanted = {name: getattr(row, name) for name in _TAKEN_OVER}
        wanted["name"] = row.name if _key(row.name) != _key(node.name) else None
        wanted["floor"] = self._floor(row.floor)
        for name, value in wanted.items():
            if value is not None and value != getattr(node, name):
                self.edits.append(SetNode(node.id, name, value))
                self.updated.add(node.id)

    def _floor(self, name: str | None) -> str | None:
        if name is None:
            return None
        key = _key(name)
        if key not in self._floors:
            level = level_of(name)
            same_level = [floor.id for floor in self._site.floors.values() if floor.level == level]
            if len(same_level) == 1:
                self._floors[key] = same_level[0]
            elif name in self._site.floors:
                self._floors[key] = name
            else:
                floor = Floor(self._new_id(name), name, level or 0)
                self.edits.append(AddFloor(floor))
                self._floors[key] = floor.id
        return self._floors[key]

    def _new_id(self, name: str) -> str:
        base = _NOT_WORD.sub("-", name.casefold()).strip("-")[:40] or "device"
        node_id, number = base, 2
        while node_id in self._ids:
            node_id, number = f"{base}-{number}", number + 1
        self._ids.add(node_id)
        return node_id


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
