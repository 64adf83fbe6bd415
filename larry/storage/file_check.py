"""The full check of a project file at open: nothing of it is read before its shape is the expected one."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from larry.errors import (
    DamagedFileError,
    FileUnreachableError,
    ForeignFileError,
    NewerFileError,
    ProjectFileError,
)
from larry.storage.database import Database
from larry.storage.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES
from larry.storage.sqlite_problems import in_plain_words

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = 68  # sqlite.org/fileformat2.html, "The Database Header"
_HEADER_BYTES = 100
_MIGRATIONS_TABLE = "_sqlite_migrations"  # sqlite-utils' own; Larry never reads it from a foreign file
_NAME = re.compile(r"CREATE (?:TABLE|INDEX) (\w+)")
# Grows with every edit, so it is not read at open: its end is checked by its hashes, all of it by
# `check_history` and in every backup (resources/docs/decisions/0018-the-log-at-open.md).
_LOG = "op"
_BLANKS = re.compile(r"\s+")
_TABLES = [match[1] for sql in TABLES if (match := re.match(r"CREATE TABLE (\w+)", sql)) and match[1] != _LOG]


def check_exists(path: Path) -> None:
    """Tell a missing file and a folder apart from a project.

    Raises:
        FileUnreachableError: there is no such file.
        ForeignFileError: it is a folder.
    """
    if not path.exists():
        raise FileUnreachableError(
            f"There is no file {path.name}.",
            why=f"The folder {path.parent} does not hold it.",
            remedy="Check the name, or make a new project.",
        )
    if path.is_dir():
        raise ForeignFileError(f"{path.name} is a folder.", remedy="Choose a .larry file.")


def check_header(path: Path) -> None:
    """Look at the first bytes, before SQLite does.

    Raises:
        FileUnreachableError: not readable.
        ForeignFileError: not a Larry project.
        DamagedFileError: a project cut off in its first bytes.
    """
    with in_plain_words(path), path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header:
        raise DamagedFileError(
            f"{path.name} is empty.", why="It holds no byte at all.", remedy="Open the last copy or backup."
        )
    is_database = header.startswith(_MAGIC[: len(header)])
    if is_database and len(header) < _HEADER_BYTES:
        raise DamagedFileError(
            f"{path.name} is cut off.",
            why="Only its beginning is there.",
            remedy="Open the last copy or backup.",
        )
    if not is_database or struct.unpack_from(">I", header, _APPLICATION_ID_AT)[0] != APPLICATION_ID:
        raise ForeignFileError(
            f"{path.name} is not a Larry project.",
            why="It was made by another program." if is_database else "Its content is of another kind.",
            remedy="Choose a .larry file; a site file (.json, .csv) is imported instead.",
        )


def check_content(database: Database) -> None:
    """Compare version and schema with the expected ones, then check all but the log page by page.

    The time this takes follows the site, not its history.

    Raises:
        NewerFileError: written by a newer Larry.
        DamagedFileError: the schema is not Larry's, or the content does not check.
    """
    _check_version(database)
    _check_schema(database)
    problems = [
        str(row[0])
        for table in _TABLES
        for row in database.rows(f"PRAGMA integrity_check({table})")
        if row[0] != "ok"
    ]
    problems += [
        f"row in {row[0]} without its {row[2]}"
        for table in _TABLES
        for row in database.rows(f"PRAGMA foreign_key_check({table})")[:20]
    ]
    if problems:
        raise _damaged(database.path, f"{len(problems)} places do not check, first: {problems[0]}.")


def _check_version(database: Database) -> None:
    row = database.row("PRAGMA user_version")
    version = row[0] if row else 0
    if version > SCHEMA_VERSION:
        raise NewerFileError(
            f"{database.path.name} was written by a newer Larry{_writer(database)}.",
            why=f"Its format is {version}; this Larry reads up to {SCHEMA_VERSION}.",
            remedy="Update Larry on this computer, then open it again.",
        )
    if version < SCHEMA_VERSION:
        raise _damaged(database.path, f"Its format {version} was never released.")


def _writer(database: Database) -> str:
    try:
        row = database.row("SELECT value FROM meta WHERE key = 'app_version'")
    except ProjectFileError:
        return ""
    return f" ({str(row[0])[:20]})" if row else ""


def _check_schema(database: Database) -> None:
    found: dict[str, str | None] = {}
    for kind, name, table, sql in database.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema"):
        own_index = kind == "index" and sql is None and str(name).startswith("sqlite_autoindex_")
        if own_index or _is_migrations_table(kind, name, table, sql):
            continue
        found[str(name)] = _normal(sql)
    expected = {_NAME.match(sql)[1]: _normal(sql) for sql in TABLES}  # type: ignore[index]
    if found != expected:
        odd = sorted({*found, *expected} - {name for name in expected if found.get(name) == expected[name]})
        raise _damaged(database.path, f"Its tables are not those of a project: {', '.join(odd)[:80]}.")


def _is_migrations_table(kind: str, name: str, table: str, sql: str | None) -> bool:
    starts = {"table": "CREATE TABLE", "index": "CREATE UNIQUE INDEX"}.get(kind)
    return table == _MIGRATIONS_TABLE and starts is not None and (sql or "").startswith(starts)


def _normal(sql: str | None) -> str | None:
    return _BLANKS.sub(" ", sql).strip() if sql is not None else None


def _damaged(path: Path, why: str) -> DamagedFileError:
    return DamagedFileError(
        f"{path.name} is damaged or was changed by another program.",
        why=why,
        remedy="Open the last copy or backup of it; keep this file for support.",
    )
