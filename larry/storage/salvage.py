"""Bringing back what a cut or damaged project still holds, into a new file."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import uuid
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from larry.errors import DamagedFileError, InputError
from larry.storage.database import Database
from larry.storage.migrations import migrate
from larry.storage.page_scan import PageScan, ScannedRow
from larry.storage.row_shapes import columns_in_file, table_of
from larry.storage.salvage_repair import repair
from larry.storage.sqlite_problems import in_plain_words
from larry.storage.whole_write import sync_file, sync_folder

_MAX_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came back: rows by table; and what is missing or was mended, as sentences."""

    rows: dict[str, int]
    missing: list[str]


def salvage(source: Path, target: Path) -> Salvaged:
    """Write everything readable of a project file into a new one; the source stays as it is.

    Raises:
        InputError: the target exists, or the source is larger than any project.
        DamagedFileError: nothing of a project can be read.
        FileUnreachableError: a file cannot be read or written.
    """
    with in_plain_words(target):
        if target.exists():
            raise InputError(f"{target.name} exists already.", remedy="Choose another name.")
    rows = _read_rows(_bytes_of(source))
    if not rows.get("node") and not rows.get("op") and not rows.get("site"):
        raise DamagedFileError(
            f"Nothing of a project can be read in {source.name}.",
            why="No row of a plan or a history is left in it.",
            remedy="Open the last copy or backup.",
        )
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        missing = _write(draft, rows, source.stem)
        with in_plain_words(target):
            sync_file(draft)
            draft.rename(target)
            sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return Salvaged(dict(Counter({table: len(found) for table, found in rows.items()})), missing)


Rows = dict[str, dict[Any, tuple[Any, ...]]]


def _bytes_of(source: Path) -> bytes:
    """Return the file with the log beside it brought in, as far as SQLite can; on a copy."""
    with in_plain_words(source):
        if source.stat().st_size > _MAX_BYTES:
            raise InputError(f"{source.name} is too large for a project.", remedy="Choose a .larry file.")
        log = source.with_name(f"{source.name}-wal")
        if not log.exists():
            return source.read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.larry"
            shutil.copyfile(source, copy)
            shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
            with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return copy.read_bytes()


def _read_rows(data: bytes) -> Rows:
    rows: Rows = {}
    for row in PageScan(data).rows(lambda each: table_of(each) is not None):
        table = table_of(row)
        assert table is not None
        key, values = _keyed(table, row)
        rows.setdefault(table, {}).setdefault(key, values)
    return rows


_KEY_COLUMNS = {"record": 3, "secret": 2}


def _keyed(table: str, row: ScannedRow) -> tuple[Any, tuple[Any, ...]]:
    if row.row_id is not None:
        return row.row_id, (row.row_id, *row.values[1:])
    return row.values[: _KEY_COLUMNS.get(table, 1)], row.values


def _write(draft: Path, rows: Rows, name: str) -> list[str]:
    missing = repair(rows, name)
    with in_plain_words(draft):
        draft.touch(exist_ok=False)
    database = Database(draft)
    try:
        with in_plain_words(draft):
            migrate(database.connection)
        database.connection.execute("PRAGMA foreign_keys=OFF")
        with database.transaction():
            for table, found in rows.items():
                columns = columns_in_file(table)
                marks = ", ".join("?" * len(columns))
                sql = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
                database.write_many(sql, list(found.values()))
    finally:
        database.close()
    return missing


__all__ = ["Salvaged", "salvage"]
