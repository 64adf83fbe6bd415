"""The log of what was done: append-only, the base of undo, history and merging. An undo is a new row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from larry.domain.edits import Edit, edit_from_json
from larry.domain.site import SiteStructureError
from larry.errors import DamagedFileError
from larry.storage.database import Database
from larry.storage.op_chain import OpChain
from larry.storage.op_hash import op_uid
from larry.storage.row_codec import json_text

_APPEND = (
    "INSERT INTO op (number, at, who, source, label, what, forward, inverse, touched, of, below, undo_top,"
    " redo_top, places, parents, uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
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


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a new row holds besides its stamp."""

    what: str
    touched: frozenset[str]
    tops: _Tops
    forward: str | None = None
    inverse: str | None = None
    of: int | None = None
    below: int | None = None
    places: str | None = None


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of the log: the last number, its stacks, and the rows a new one comes after."""

    number: int
    tops: _Tops
    heads: tuple[bytes, ...] = field(repr=False)


class OpLog:
    """Reads and appends; a new row counts once `committed` was called."""

    def __init__(self, database: Database, chain: OpChain) -> None:
        self._database = database
        self._chain = chain
        row = database.row("SELECT number, undo_top, redo_top FROM op ORDER BY number DESC LIMIT 1")
        last: int = row[0] if row else 0
        self._tail = _Tail(last, _Tops(row[1], row[2]) if row else _Tops(None, None), chain.heads(last))
        self._next: _Tail | None = None

    @property
    def last(self) -> int:
        """Number of the last row, 0 when there is none."""
        return self._tail.number

    @property
    def undo_label(self) -> str | None:
        """Name of the edit an undo would take back, or None."""
        return self._label(self._tail.tops.undo)

    @property
    def redo_label(self) -> str | None:
        """Name of the edit a redo would do again, or None."""
        return self._label(self._tail.tops.redo)

    def _label(self, number: int | None) -> str | None:
        return None if number is None else str(self._column("label", number))

    def undoable(self) -> Edit | None:
        """Return the edit that takes back the last one that is not undone."""
        return None if self._tail.tops.undo is None else self._edit("inverse", self._tail.tops.undo)

    def redoable(self) -> Edit | None:
        """Return the edit that was undone last."""
        if self._tail.tops.redo is None:
            return None
        return self._edit("forward", int(self._column("of", self._tail.tops.redo)))

    def append_edit(self, stamp: OpStamp, forward: Edit, inverse: Edit, places: str | None = None) -> int:
        """Log an edit; from now on nothing can be redone."""
        number = self._tail.number + 1
        draft = _Draft(
            "edit",
            forward.touched(),
            _Tops(number, None),
            json_text(forward.to_json()),
            json_text(inverse.to_json()),
            below=self._tail.tops.undo,
            places=places,
        )
        return self._append(stamp, draft)

    def append_undo(self, stamp: OpStamp, touched: frozenset[str], places: str | None = None) -> int:
        """Log that the top of the undo stack was taken back."""
        undone = self._tail.tops.undo
        assert undone is not None
        tops = _Tops(self._column("below", undone), self._tail.number + 1)
        below = self._tail.tops.redo
        return self._append(stamp, _Draft("undo", touched, tops, of=undone, below=below, places=places))

    def append_redo(self, stamp: OpStamp, touched: frozenset[str], places: str | None = None) -> int:
        """Log that the top of the redo stack was done again."""
        undo_row = self._tail.tops.redo
        assert undo_row is not None
        edit = self._column("of", undo_row)
        tops = _Tops(edit, self._column("below", undo_row))
        return self._append(stamp, _Draft("redo", touched, tops, of=edit, places=places))

    def append_note(self, stamp: OpStamp, touched: frozenset[str]) -> int:
        """Log something that happened and cannot be undone."""
        return self._append(stamp, _Draft("note", touched, self._tail.tops))

    def committed(self) -> None:
        """Let the appended row count: its transaction is on the disk."""
        assert self._next is not None
        self._tail = self._next

    def history(self) -> Iterator[HistoryEntry]:
        """Yield all rows, newest first."""
        for number, at, who, source, label, what, touched, undone in self._database.stream(_HISTORY):
            ids = tuple(str(each) for each in self._parse(touched))
            yield HistoryEntry(number, at, who, source, label, bool(undone), what, ids)

    def _append(self, stamp: OpStamp, draft: _Draft) -> int:
        number = self._tail.number + 1
        touched = json_text(sorted(draft.touched))
        of = None if draft.of is None else self._column("uid", draft.of)
        content = (stamp.at, stamp.who, stamp.source, stamp.label, draft.what, draft.forward, draft.inverse,
                   touched, draft.places)  # fmt: skip
        heads = self._tail.heads
        uid = op_uid(heads, content, of)
        parents = json_text(sorted(head.hex() for head in heads)) if len(heads) > 1 else None
        values = (number, *content[:8], draft.of, draft.below, draft.tops.undo, draft.tops.redo,
                  draft.places, parents, uid)  # fmt: skip
        self._database.write(_APPEND, values)
        self._next = _Tail(number, draft.tops, (uid,))
        return number

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
