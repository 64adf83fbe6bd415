"""Writing a joined plan and history into a copy of one of the files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from larry.domain.hardware import Floor, Json, Link, Node
from larry.storage.database import Database
from larry.storage.meta_rows import MERGED_HEADS
from larry.storage.row_codec import json_text
from larry.storage.side_rows import SideRows, write_side_rows
from larry.storage.site_rows import put_floor, put_info, put_link, put_node

_INSERT_OP = (
    "INSERT INTO op (number, at, who, source, label, what, forward, inverse, touched, places, of,"
    " parents, uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_TIES = "SELECT parent FROM node GROUP BY parent, position HAVING count(*) > 1"
_SIBLINGS = "SELECT id, position FROM node WHERE parent IS ? ORDER BY position, id"


class JoinedFile:
    """A copy being changed as a whole; everything or nothing of the block `with database.transaction()`."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._database.connection.execute("PRAGMA foreign_keys=OFF")

    def write(
        self,
        nodes: Mapping[str, tuple[Node, int] | None],
        floors: Mapping[str, tuple[Floor, int] | None],
        links: Mapping[tuple[str, str], Link | None],
        info: Mapping[str, Any],
        file_extra: Json | None,
    ) -> None:
        """Change the plan in one transaction; None removes a thing."""
        with self._database.transaction():
            for node_id, placed in nodes.items():
                put_node(self._database, node_id, placed)
            for floor_id, standing in floors.items():
                put_floor(self._database, floor_id, standing)
            for key, link in links.items():
                put_link(self._database, key, link)
            put_info(self._database, info, file_extra)
            for (parent,) in self._database.rows(_TIES):
                self._part(parent)

    def _part(self, parent: str | None) -> None:
        """Give siblings at one position positions side by side, in the order of their ids."""
        last: int | None = None
        for node_id, position in self._database.rows(_SIBLINGS, (parent,)):
            place = position if last is None or position > last else last + 1
            if place != position:
                self._database.write("UPDATE node SET position = ? WHERE id = ?", (place, node_id))
            last = place

    def write_log(self, kept: int, rows: Sequence[Sequence[Any]], heads: Sequence[bytes]) -> None:
        """Replace all rows of the log after the first `kept`; nothing can be undone or redone then.

        Args:
            rows: number, the columns of `op_hash.CONTENT`, of, parents, uid.
        """
        with self._database.transaction():
            self._database.write("DELETE FROM op WHERE number > ?", (kept,))
            self._database.write_many(_INSERT_OP, rows)
            after = rows[-1][0] if rows else kept
            joined = json_text({"after": after, "heads": [head.hex() for head in heads]})
            self._database.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (MERGED_HEADS, joined))

    def write_beside(self, side: SideRows) -> None:
        """Replace records, jobs, secrets and cloud ids."""
        with self._database.transaction():
            write_side_rows(self._database, side)

    def write_conflicts(self, conflicts: Mapping[str, Json], *, replace: bool) -> None:
        """Keep open questions by key."""
        with self._database.transaction():
            if replace:
                self._database.write("DELETE FROM conflict")
            rows = [(key, json_text(data)) for key, data in conflicts.items()]
            self._database.write_many("INSERT OR REPLACE INTO conflict (key, data) VALUES (?, ?)", rows)

    def close(self) -> None:
        """Leave one single file."""
        self._database.close()


def read_conflicts(database: Database) -> dict[str, Json]:
    """Return the open questions of a file by key."""
    rows = database.rows("SELECT key, data FROM conflict ORDER BY key")
    return {key: json.loads(data) for key, data in rows}
