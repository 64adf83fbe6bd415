"""Does the log still say what it said? Each row's name is a hash over it and the rows before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from larry.storage.database import Database
from larry.storage.meta_rows import MERGED_HEADS, MetaRows
from larry.storage.op_hash import CONTENT, UID_BYTES, op_uid, origin_uid

TAIL = 32  # rows whose names are checked at every open
_COLUMNS = ", ".join(("number", *CONTENT, "of", "parents", "uid"))
_READ = f"SELECT {_COLUMNS} FROM op WHERE number >= ? ORDER BY number"  # noqa: S608 - our own names


class OpChain:
    """Checks names of rows; writes nothing."""

    def __init__(self, database: Database, project_id: str) -> None:
        self._database = database
        self._meta = MetaRows(database)
        self._origin = origin_uid(project_id)

    def heads(self, last: int) -> tuple[bytes, ...]:
        """Return the names a new row comes after: one, or several where histories were just joined."""
        if last == 0:
            return (self._origin,)
        joined = self._joined_heads(last)
        if joined:
            return joined
        row = self._database.row("SELECT uid FROM op WHERE number = ?", (last,))
        return (row[0],) if row else (self._origin,)

    def _joined_heads(self, last: int) -> tuple[bytes, ...]:
        try:
            joined = json.loads(self._meta.get(MERGED_HEADS) or "{}")
            if joined.get("after") != last:
                return ()
            return tuple(bytes.fromhex(each) for each in joined["heads"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return ()

    def changed_at(self, last: int, rows: int | None = None) -> int | None:
        """Return the number of the first row that was changed, left out or put in later; None: all fit.

        Args:
            last: the number of the last row.
            rows: only so many at the end.
        """
        first = 1 if rows is None else max(1, last - rows + 1)
        known = self._known_before(first)
        expected = first
        for row in self._database.stream(_READ, (first,)):
            number = int(row[0])
            if number != expected or not self._fits(row, known):
                return min(expected, number)
            known[number] = row[-1]
            expected += 1
        return None if expected > last else expected

    def _known_before(self, first: int) -> dict[int, bytes]:
        row = self._database.row("SELECT uid FROM op WHERE number = ?", (first - 1,)) if first > 1 else None
        return {first - 1: row[0] if row else self._origin}

    def _fits(self, row: tuple[Any, ...], known: dict[int, bytes]) -> bool:
        number, content, (of, parents, uid) = row[0], row[1:-3], row[-3:]
        try:
            before = [bytes.fromhex(each) for each in json.loads(parents)] if parents else [known[number - 1]]
        except (ValueError, TypeError, KeyError, RecursionError):
            return False
        of_uid = None if of is None else known.get(of) or self._uid(of)
        return len(uid) == UID_BYTES and op_uid(before, content, of_uid) == uid

    def _uid(self, number: int) -> bytes | None:
        row = self._database.row("SELECT uid FROM op WHERE number = ?", (number,))
        return row[0] if row else None

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield number, the columns of `CONTENT`, of, parents and uid of all rows, oldest first."""
        yield from self._database.stream(_READ, (1,))
