"""The planned site as rows: read once, then only what an edit touched is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from larry.domain.hardware import Floor, Json, Link, Node, SiteInfo
from larry.domain.site import Site
from larry.errors import DamagedFileError
from larry.storage.change_tracker import ChangeTracker
from larry.storage.database import Database
from larry.storage.paused_gc import paused_gc
from larry.storage.row_codec import (
    columns_of,
    extra_of,
    floor_of,
    info_of,
    json_text,
    link_of,
    node_of,
    values_of,
)
from larry.storage.sibling_positions import GAP, SiblingPositions
from larry.storage.tree_assembly import assemble

_NODE, _FLOOR, _LINK, _INFO = (", ".join(columns_of(each)) for each in (Node, Floor, Link, SiteInfo))


def _marks(columns: str, more: int = 0) -> str:
    return ", ".join("?" * (columns.count(",") + 1 + more))


# The names in these statements are those of our own dataclasses, never of a file.
_PARENT = columns_of(Node).index("parent")
_READ_NODES = f"SELECT {_NODE}, position FROM node"  # noqa: S608
_READ_FLOORS = f"SELECT {_FLOOR} FROM floor ORDER BY position, id"  # noqa: S608
_READ_LINKS = f"SELECT {_LINK} FROM link ORDER BY number"  # noqa: S608
_READ_INFO = f"SELECT {_INFO}, file_extra FROM site"  # noqa: S608
_WRITE_NODE = (
    f"INSERT INTO node ({_NODE}, position) VALUES ({_marks(_NODE, 1)}) ON CONFLICT (id) DO UPDATE SET "  # noqa: S608
    + ", ".join(f"{name} = excluded.{name}" for name in (*columns_of(Node)[1:], "position"))
)
_WRITE_FLOOR = f"INSERT OR REPLACE INTO floor ({_FLOOR}, position) VALUES ({_marks(_FLOOR, 1)})"  # noqa: S608
_WRITE_LINK = (
    f"INSERT INTO link ({_LINK}) VALUES ({_marks(_LINK)}) ON CONFLICT (a, b) DO UPDATE SET "  # noqa: S608
    + ", ".join(f"{name} = excluded.{name}" for name in columns_of(Link)[2:])
)
_WRITE_INFO = f"INSERT OR REPLACE INTO site (one, {_INFO}, file_extra) VALUES (1, {_marks(_INFO, 1)})"  # noqa: S608
_MOVE_NODE = "UPDATE node SET position = ? WHERE id = ?"


@dataclass(frozen=True, slots=True)
class SiteWrite:
    """What was written: the positions given (JSON, None when none), and what to call after the commit."""

    places: str | None
    committed: Callable[[], None]


class SiteRows:
    """Reads the site of a file and writes its changes; call the writing inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._positions = SiblingPositions()
        self._floors: dict[str, tuple[int, Floor]] = {}

    # --- reading ----------------------------------------------------------------------

    def load(self) -> Site:
        """Return the site.

        Raises:
            DamagedFileError: the rows do not make a site.
        """
        try:
            with paused_gc():
                return self._load()
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise self._damaged("A row holds what no Larry wrote.") from error

    def _load(self) -> Site:
        row = self._database.row(_READ_INFO)
        if row is None:
            raise self._damaged("The site itself is missing.")
        site = Site(info_of(row[:-1]))
        site.extra = extra_of(row[-1])
        site.set_floors(floor_of(each) for each in self._database.rows(_READ_FLOORS))
        self._remember_floors(site)
        rows = self._database.rows(_READ_NODES)
        rows.sort(key=itemgetter(-1))  # by position, faster here than in SQLite, which copies whole rows
        if assemble(site, (node_of(each[:-1]) for each in rows)):
            raise self._damaged("Devices hang below each other in a circle.")
        self._check_order(rows)
        self._positions.load((each[0], each[-1]) for each in rows)
        for each in self._database.rows(_READ_LINKS):
            link = link_of(each)
            site.set_link(link.a, link.b, link)
        return site

    def _check_order(self, rows: list[tuple[Any, ...]]) -> None:
        places = [(each[_PARENT], each[-1]) for each in rows]
        if len(set(places)) != len(places):
            raise self._damaged("Two devices claim the same place in a tree.")

    def _damaged(self, why: str) -> DamagedFileError:
        return DamagedFileError(
            f"{self._database.path.name} is damaged.", why=why, remedy="Open the last copy or backup of it."
        )

    # --- writing ----------------------------------------------------------------------

    def write_all(self, site: Site) -> None:
        """Write a whole site into empty tables."""
        everything = ChangeTracker()
        everything.info = everything.floors = True
        everything.nodes.update(site.nodes)
        everything.placed.update(site.nodes)
        everything.links.update(site.links)
        self.write(site, everything).committed()

    def write(self, site: Site, changes: ChangeTracker) -> SiteWrite:
        """Write what changed; call `committed` of the answer once the transaction was committed."""
        if changes.info:
            file_extra = json_text(site.extra) if site.extra else None
            self._database.write(_WRITE_INFO, (*values_of(site.info), file_extra))
        floors = self._write_floors(site) if changes.floors else {}
        positions = self._positions.plan(site, changes.placed)
        gone = {node_id for node_id in changes.nodes if node_id not in site.nodes}
        self._write_nodes(site, changes.nodes - gone, gone, positions)
        for key in changes.links:
            self._write_link(key, site.links.get(key))

        def committed() -> None:
            self._positions.adopt(positions, gone)
            if changes.floors:
                self._remember_floors(site)

        return SiteWrite(_places(positions, floors), committed)

    def _write_nodes(self, site: Site, nodes: set[str], gone: set[str], positions: dict[str, int]) -> None:
        self._database.write_many("DELETE FROM node WHERE id = ?", [(node_id,) for node_id in gone])
        rows = []
        for node_id in nodes:
            position = positions.get(node_id)
            rows.append(
                (*values_of(site.nodes[node_id]), self._positions[node_id] if position is None else position)
            )
        self._database.write_many(_WRITE_NODE, rows)
        shifted = [(place, node_id) for node_id, place in positions.items() if node_id not in nodes]
        self._database.write_many(_MOVE_NODE, shifted)

    def _write_link(self, key: tuple[str, str], link: Link | None) -> None:
        if link is None:
            self._database.write("DELETE FROM link WHERE a = ? AND b = ?", key)
        else:
            self._database.write(_WRITE_LINK, values_of(replace(link, a=key[0], b=key[1])))

    def _write_floors(self, site: Site) -> dict[str, int]:
        for floor_id in self._floors.keys() - site.floors.keys():
            self._database.write("DELETE FROM floor WHERE id = ?", (floor_id,))
        moved = {}
        for place, floor in enumerate(site.floors.values()):
            known = self._floors.get(floor.id)
            if known != (place, floor):
                self._database.write(_WRITE_FLOOR, (*values_of(floor), GAP * (place + 1)))
            if known is None or known[0] != place:
                moved[floor.id] = GAP * (place + 1)
        return moved

    def _remember_floors(self, site: Site) -> None:
        self._floors = {floor.id: (place, replace(floor)) for place, floor in enumerate(site.floors.values())}


def _places(nodes: dict[str, int], floors: dict[str, int]) -> str | None:
    places = {name: each for name, each in (("nodes", nodes), ("floors", floors)) if each}
    return json_text(places) if places else None


# --- single rows with a given position, for a join ----------------------------------------------


def put_node(database: Database, node_id: str, placed: tuple[Node, int] | None) -> None:
    """Write one node at a position, or (None) remove it."""
    if placed is None:
        database.write("DELETE FROM node WHERE id = ?", (node_id,))
    else:
        database.write(_WRITE_NODE, (*values_of(placed[0]), placed[1]))


def put_floor(database: Database, floor_id: str, standing: tuple[Floor, int] | None) -> None:
    """Write one floor at a position, or (None) remove it."""
    if standing is None:
        database.write("DELETE FROM floor WHERE id = ?", (floor_id,))
    else:
        database.write(_WRITE_FLOOR, (*values_of(standing[0]), standing[1]))


def put_link(database: Database, key: tuple[str, str], link: Link | None) -> None:
    """Write one measured link, or (None) forget it."""
    if link is None:
        database.write("DELETE FROM link WHERE a = ? AND b = ?", key)
    else:
        database.write(_WRITE_LINK, values_of(replace(link, a=key[0], b=key[1])))


def put_info(database: Database, fields: Mapping[str, Any], file_extra: Json | None) -> None:
    """Write some fields of the site, and (unless None) the unknown keys of its exchange file."""
    row = database.row(_READ_INFO)
    assert row is not None
    info = info_of(row[:-1])
    for name, value in fields.items():
        setattr(info, name, value)
    extra = row[-1] if file_extra is None else json_text(file_extra) if file_extra else None
    database.write(_WRITE_INFO, (*values_of(info), extra))
