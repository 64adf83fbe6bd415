"""What stands in a file beside plan and history, and how two copies' of it become one.

Every rule here gives the same in either order, when repeated, and however three are grouped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from larry.storage.database import Database
from larry.storage.meta_rows import RELEASED_AT

Row = tuple[Any, ...]
_TABLES = {
    "record": ("node_id, state, key, value, at", 3),
    "job": ("id, state", 1),
    "step": ("job, key, state", 2),
    "secret": ("owner, name, nonce, sealed", 2),
    "key_wrap": ("method, salt, memory_kib, passes, lanes, wrapped", 1),
    "cloud_id": ("owner, id", 1),
}
_PROGRESS = ("todo", "open", "waiting", "running", "skipped", "done")


@dataclass(slots=True)
class SideRows:
    """Rows by table and key; `released_at` is None while the site is the installer's."""

    tables: dict[str, dict[Row, Row]] = field(default_factory=dict)
    released_at: str | None = None


def read_side_rows(database: Database) -> SideRows:
    """Return these rows of a file."""
    side = SideRows()
    for table, (columns, keys) in _TABLES.items():
        rows = database.rows(f"SELECT {columns} FROM {table}")  # noqa: S608 - our own names
        side.tables[table] = {row[:keys]: row for row in rows}
    released = database.row("SELECT value FROM meta WHERE key = ?", (RELEASED_AT,))
    side.released_at = released[0] if released else None
    return side


def join_side_rows(mine: SideRows, theirs: SideRows) -> tuple[SideRows, list[tuple[str, str, str]]]:
    """Return the rows of both; and (kind, owner, what) of what a person has to enter or decide again."""
    open_questions: list[tuple[str, str, str]] = []
    joined = SideRows()
    for table, prefer in (("record", _newer), ("job", _any_of), ("step", _further), ("cloud_id", _any_of)):
        one, other = mine.tables[table], theirs.tables[table]
        rows = {**other, **one}
        for key in one.keys() & other.keys():
            rows[key] = max(one[key], other[key], key=prefer)
            if table == "cloud_id" and one[key] != other[key]:
                open_questions.append(("cloud", str(key[0]), ""))
        joined.tables[table] = rows
    open_questions += _join_secrets(mine, theirs, joined)
    released = [each for each in (mine.released_at, theirs.released_at) if each]
    joined.released_at = min(released, default=None)
    return joined, sorted(open_questions)


def _newer(row: Row) -> Any:
    return (row[4], row[3])


def _any_of(row: Row) -> Any:
    return row


def _further(row: Row) -> Any:
    try:
        state = json.loads(row[2])
        word = state.get("state", "")
    except (ValueError, AttributeError, RecursionError):
        word = ""
    return (_PROGRESS.index(word) if word in _PROGRESS else -1, row[2])


def _join_secrets(mine: SideRows, theirs: SideRows, joined: SideRows) -> list[tuple[str, str, str]]:
    """Keep the secrets under one key: what is sealed under another cannot be opened beside them."""
    keys = [tuple(sorted(side.tables["key_wrap"].values())) for side in (mine, theirs)]
    chosen = max(keys)
    joined.tables["key_wrap"] = {row[:1]: row for row in chosen}
    joined.tables["secret"] = {}
    lost: list[tuple[str, str, str]] = []
    for side, key in zip((mine, theirs), keys, strict=True):
        for place, row in side.tables["secret"].items():
            known = joined.tables["secret"].get(place)
            if key != chosen or (known is not None and known != row):
                lost.append(("secret", str(place[0]), str(place[1])))
            if key == chosen:
                joined.tables["secret"][place] = row if known is None else max(row, known)
    return lost


def write_side_rows(database: Database, side: SideRows) -> None:
    """Replace these rows of a file; call it inside a transaction."""
    for table in reversed(_TABLES):
        database.write(f"DELETE FROM {table}")  # noqa: S608 - our own names
    for table, (columns, _) in _TABLES.items():
        marks = ", ".join("?" * (columns.count(",") + 1))
        rows = list(side.tables[table].values())
        database.write_many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608
    if side.released_at:
        database.write(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (RELEASED_AT, side.released_at)
        )
