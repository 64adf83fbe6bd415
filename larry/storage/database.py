"""One connection to one project file: settings, lock, transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from larry.errors import FileUnreachableError
from larry.storage.sqlite_problems import in_plain_words

_LOCK_WAIT_S = 1.0
_MAX_VALUE_BYTES = 256 * 1024 * 1024
_MAX_SQL_BYTES = 64 * 1024
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: _MAX_VALUE_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: _MAX_SQL_BYTES,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
}


class Database:
    """A connection that treats the file as foreign until it was checked; used by one thread.

    While it edits, the file is locked for this process alone (`locking_mode=EXCLUSIVE`).

    Args:
        immutable: the medium cannot be written: no lock and no side file is possible there, or needed.
    """

    def __init__(self, path: Path, *, immutable: bool = False) -> None:
        self.path = path
        self._immutable = immutable
        self._edits = False
        self.read_only = immutable
        query = "mode=ro&immutable=1" if immutable else "mode=rw"
        with in_plain_words(path):
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{query}", uri=True, isolation_level=None, timeout=_LOCK_WAIT_S
            )
        try:
            with in_plain_words(path):
                self._harden()
        except BaseException:
            self._connection.close()
            raise

    def _harden(self) -> None:
        for limit, value in _LIMITS.items():
            self._connection.setlimit(limit, value)
        for pragma in (
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "foreign_keys=ON",
            "secure_delete=ON",
            "recursive_triggers=OFF",
            "locking_mode=EXCLUSIVE",
        ):
            self._connection.execute(f"PRAGMA {pragma}")

    @property
    def connection(self) -> sqlite3.Connection:
        """The plain connection, for migrations."""
        return self._connection

    def start_editing(self) -> None:
        """Switch to the durable mode: write-ahead log, one fsync for each transaction.

        Where a write-ahead log is not possible the rollback journal serves, slower and as safe.
        """
        with in_plain_words(self.path):
            self._connection.execute("PRAGMA journal_mode=WAL").fetchone()
            self._connection.execute("PRAGMA synchronous=FULL")
        self._edits = True

    def require_writable(self) -> None:
        """Refuse to change a file that was opened for reading.

        Raises:
            FileUnreachableError: with the remedy.
        """
        if self.read_only:
            raise FileUnreachableError(
                f"{self.path.name} cannot be changed.",
                why="It was opened for reading, or the file, its folder or the medium is read-only.",
                remedy="Copy the project to a folder you can write to and open it there.",
            )

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with in_plain_words(self.path):
            return self._connection.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield rows one by one; finish before the next change."""
        with in_plain_words(self.path):
            yield from self._connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        with in_plain_words(self.path):
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
            return row

    def write(self, sql: str, values: Sequence[Any] = ()) -> int | None:
        """Carry out one statement inside `transaction()`; return the row id of an insert."""
        return self._connection.execute(sql, values).lastrowid

    def write_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Carry out one statement for many rows inside `transaction()`."""
        self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all writes of the block with one fsync, or none of them.

        Raises:
            FileUnreachableError: full, read-only or removed medium; nothing of the block is stored.
        """
        self.require_writable()
        with in_plain_words(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite may have rolled back by itself (full disk); a second ROLLBACK would be an error
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def checkpoint(self) -> None:
        """Move everything into the main file, so that a copy of it alone is whole."""
        if self._edits:
            with in_plain_words(self.path):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def copy_into(self, target: Path) -> None:
        """Write everything committed into a new file without a log beside it.

        Raises:
            ProjectFileError: reading or writing failed; a part of the target may be left.
        """
        with in_plain_words(self.path):
            self._connection.execute("VACUUM INTO ?", (str(target),))

    def abandon(self) -> None:
        """Close without touching the file: it is not ours, or not whole."""
        self._connection.close()

    def close(self) -> None:
        """Leave one single file behind."""
        try:
            if not self._immutable:
                self._connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            pass  # a pulled stick: what is committed is in the log beside the file and read at the next open
        finally:
            self._connection.close()
