"""Which table a row of a damaged file belongs to, judged by its values alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from larry.domain.kind import Kind
from larry.storage.meta_rows import MERGED_HEADS, PROJECT_ID, RELEASED_AT
from larry.storage.page_scan import ScannedRow
from larry.storage.row_codec import floor_of, info_of, link_of, node_of
from larry.storage.schema import TABLES

META_KEYS = frozenset({PROJECT_ID, RELEASED_AT, MERGED_HEADS, "created_at", "app_version"})
_KINDS = frozenset(kind.value for kind in Kind)
_COLUMN = re.compile(r"(\w+) (TEXT|INTEGER|REAL|BLOB)( PRIMARY KEY)?( NOT NULL)?")
_TYPES: dict[str, tuple[type, ...]] = {
    "TEXT": (str,),
    "INTEGER": (int,),
    "REAL": (float, int),
    "BLOB": (bytes,),
}


class TableShape:
    """Name, columns and types of one table; `row_id` when its key is the row id."""

    def __init__(self, sql: str) -> None:
        head, _, body = sql.partition("(")
        self.name = head.split()[2]
        self.row_id = "WITHOUT ROWID" not in sql
        columns = [match.groups() for match in _COLUMN.finditer(body.split("PRIMARY KEY (")[0])]
        self.columns = tuple(column[0] for column in columns)
        self._types = tuple((_TYPES[column[1]], not column[3]) for column in columns)

    def fits(self, row: ScannedRow) -> bool:
        """Tell whether number and types of the values are those of the table."""
        if len(row.values) != len(self.columns) or (row.row_id is None) == self.row_id:
            return False
        return all(
            (value is None and may_be_null) or isinstance(value, types)
            for value, (types, may_be_null) in zip(row.values, self._types, strict=True)
        )


_SHAPES = [TableShape(sql) for sql in TABLES if sql.startswith("CREATE TABLE")]


def table_of(row: ScannedRow) -> str | None:
    """Return the table a row belongs to, or None when it is no row of a project."""
    for shape in _SHAPES:
        if shape.fits(row) and _makes_sense(shape.name, row):
            return shape.name
    return None


def _makes_sense(table: str, row: ScannedRow) -> bool:
    try:
        return _CHECKS[table](row.values, row.row_id or 0)
    except Exception:  # whatever a damaged row does to a decoder: it is no row
        return False


def _node(values: Sequence[Any], _: int) -> bool:
    # in the file the position stands second; the decoder wants the fields alone
    return values[2] in _KINDS and bool(node_of((values[0], *values[2:])).id)


def _floor(values: Sequence[Any], _: int) -> bool:
    return bool(floor_of((values[0], *values[2:])).id)


def _info(values: Sequence[Any], row_id: int) -> bool:
    return (
        row_id == 1 and values[0] is None and bool(info_of(values[1:-1])) and _json(values[-1] or "{}", dict)
    )


def _link(values: Sequence[Any], row_id: int) -> bool:
    return row_id > 0 and values[0] is None and bool(link_of(values[1:]))


def _op(values: Sequence[Any], row_id: int) -> bool:
    return (
        row_id > 0
        and values[0] is None
        and values[5] in {"edit", "undo", "redo", "note"}
        and _json(values[8], list)
        and all(text is None or _json(text, dict) for text in (values[6], values[7]))
    )


def _record(values: Sequence[Any], _: int) -> bool:
    return values[1] in {"written", "observed"} and _json(values[3], object) and _at(values[4])


def _at(text: str) -> bool:
    return text[:2] == "20" and text.endswith("Z")


def _json(text: str, kind: type) -> bool:
    return isinstance(json.loads(text), kind)


_CHECKS: dict[str, Callable[[Sequence[Any], int], bool]] = {
    "meta": lambda values, _: values[0] in META_KEYS,
    "site": _info,
    "floor": _floor,
    "node": _node,
    "link": _link,
    "record": _record,
    "op": _op,
    "job": lambda values, _: _json(values[1], dict) and "keys" not in json.loads(values[1]),
    "step": lambda values, row_id: row_id > 0 and values[0] is None and _json(values[3], dict),
    "key_wrap": lambda values, _: values[0] in {"keyring", "passphrase"},
    "secret": lambda values, _: len(values[2]) == 12 and len(values[3]) >= 16,
    "conflict": lambda values, _: _json(values[1], dict) and "keys" in json.loads(values[1]),
    "cloud_id": lambda values, _: bool(values[0]) and not values[1].startswith(("{", "[")),
}


def columns_in_file(table: str) -> tuple[str, ...]:
    """Return the columns of a table in the order they stand in the file."""
    return next(shape.columns for shape in _SHAPES if shape.name == table)
