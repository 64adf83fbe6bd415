"""The log of what was done: append-only, the base of undo, history and merging. An undo is a new row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from larry.domain.edits import Edit, edit_from_json
from larry.domain.site import SiteStructureError
from larry.errors import DamagedFileError
from larry.storage.database import Database
from larry.storage.row_codec import json_text

_APPEND = (
    "INSERT INTO op (number, at, who, source, label, what, forward, inverse, touched, of, below, undo_top,"
    " redo_top) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# An edit counts as undone when the last row that concerns it is an undo.
_HISTORY = (
    "SELECT number, at, who, source, label, what, touched,"
    " what = 'edit' AND (SELECT later.what FROM op AS later WHERE later.of = op.number"
    " ORDER BY later.number DESC LIMIT 1) IS 'undo'"
    " FROM op ORDER BY number DESC"
)


@dataclass(frozen=True, slots=True)
class OpStamp:
    """Who did it, when (ISO 8601, UTC), from where, and its name."""

    at: str
    who: str
    source: str
    label: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One row of the history; `what` is edit, undo, redo or note, `undone` tells it of an edit."""

    number: int
    at: str
    who: str
    source: str
    label: str
    undone: bool
    what: str = "edit"
    touched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tops:
    """The row `undo` would take back, and the undo row `redo` would take back."""

    undo: int | None
    redo: int | None


class OpLog:
    """Reads and appends; a new row counts once `committed` was called."""

    def __init__(self, database: Database) -> None:
        self._database = database
        row = database.row("SELECT number, undo_top, redo_top FROM op ORDER BY number DESC LIMIT 1")
        self._last: int = row[0] if row else 0
        self._tops = _Tops(row[1], row[2]) if row else _Tops(None, None)
        self._next: tuple[int, _Tops] | None = None

    @property
    def undo_label(self) -> str | None:
        """Name of the edit an undo would take back, or None."""
        return self._label(self._tops.undo)

    @property
    def redo_label(self) -> str | None:
        """Name of the edit a redo would do again, or None."""
        return self._label(self._tops.redo)

    def _label(self, number: int | None) -> str | None:
        return None if number is None else str(self._column("label", number))

    def undoable(self) -> Edit | None:
        """Return the edit that takes back the last one that is not undone."""
        return None if self._tops.undo is None else self._edit("inverse", self._tops.undo)

    def redoable(self) -> Edit | None:
        """Return the edit that was undone last."""
        if self._tops.redo is None:
            return None
        return self._edit("forward", int(self._column("of", self._tops.redo)))

    def append_edit(self, stamp: OpStamp, forward: Edit, inverse: Edit) -> int:
        """Log an edit; from now on nothing can be redone."""
        number = self._last + 1
        self._append(
            stamp,
            "edit",
            forward.touched(),
            (json_text(forward.to_json()), json_text(inverse.to_json())),
            (None, self._tops.undo),
            _Tops(number, None),
        )
        return number

    def append_undo(self, stamp: OpStamp, touched: frozenset[str]) -> int:
        """Log that the top of the undo stack was taken back."""
        undone = self._tops.undo
        assert undone is not None
        number = self._last + 1
        tops = _Tops(self._column("below", undone), number)
        self._append(stamp, "undo", touched, (None, None), (undone, self._tops.redo), tops)
        return number

    def append_redo(self, stamp: OpStamp, touched: frozenset[str]) -> int:
        """Log that the top of the redo stack was done again."""
        undo_row = self._tops.redo
        assert undo_row is not None
        edit = self._column("of", undo_row)
        tops = _Tops(edit, self._column("below", undo_row))
        self._append(stamp, "redo", touched, (None, None), (edit, None), tops)
        return self._last + 1

    def append_note(self, stamp: OpStamp, touched: frozenset[str]) -> int:
        """Log something that happened and cannot be undone."""
        self._append(stamp, "note", touched, (None, None), (None, None), self._tops)
        return self._last + 1

    def committed(self) -> None:
        """Let the appended row count: its transaction is on the disk."""
        assert self._next is not None
        self._last, self._tops = self._next

    def history(self) -> Iterator[HistoryEntry]:
        """Yield all rows, newest first."""
        for number, at, who, source, label, what, touched, undone in self._database.stream(_HISTORY):
            ids = tuple(str(each) for each in self._parse(touched))
            yield HistoryEntry(number, at, who, source, label, bool(undone), what, ids)

    def _append(
        self,
        stamp: OpStamp,
        what: str,
        touched: frozenset[str],
        edits: tuple[str | None, str | None],
        stack: tuple[int | None, int | None],
        tops: _Tops,
    ) -> None:
        number = self._last + 1
        values = (number, stamp.at, stamp.who, stamp.source, stamp.label, what, *edits,
                  json_text(sorted(touched)), *stack, tops.undo, tops.redo)  # fmt: skip
        self._database.write(_APPEND, values)
        self._next = (number, tops)

    def _column(self, name: str, number: int) -> Any:
        row = self._database.row(f"SELECT {name} FROM op WHERE number = ?", (number,))  # noqa: S608
        if row is None:
            raise self._damaged()
        return row[0]

    def _edit(self, column: str, number: int) -> Edit:
        try:
            return edit_from_json(self._parse(self._column(column, number)))
        except SiteStructureError as error:
            raise self._damaged() from error

    def _parse(self, text: str | None) -> Any:
        try:
            return json.loads(text or "null")
        except (ValueError, RecursionError) as error:
            raise self._damaged() from error

    def _damaged(self) -> DamagedFileError:
        return DamagedFileError(
            f"The history of {self._database.path.name} cannot be read.",
            why="A row of it is missing or was changed.",
            remedy="The plan itself is whole; send a copy to support.",
        )
