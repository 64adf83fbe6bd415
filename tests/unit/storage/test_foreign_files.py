"""Files that are not ours, newer, cut, damaged or hostile: a sentence each, no crash, nothing executed."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from site_strategies import random_site

from larry.errors import (
    DamagedFileError,
    FileUnreachableError,
    ForeignFileError,
    LarryError,
    NewerFileError,
    ProjectFileError,
)
from larry.storage.project_file import ProjectFile
from larry.storage.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES

FLIPS = 300
CUTS = 60


@pytest.fixture
def closed(file: ProjectFile) -> Path:
    file.close()
    return file.path


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    for sql in statements:
        connection.execute(sql)
    connection.close()


def test_missing_is_said_with_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileUnreachableError, match=r"There is no file a\.larry") as caught:
        ProjectFile.open(tmp_path / "a.larry")
    assert caught.value.exit_code == 3


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(ForeignFileError, match="is a folder"):
        ProjectFile.open(tmp_path)


@pytest.mark.parametrize("data", [b"hello", b"\0" * 5000, b"PK\x03\x04" + b"x" * 500])
def test_other_content_is_foreign(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(ForeignFileError, match="is not a Larry project"):
        ProjectFile.open(path)
    assert path.read_bytes() == data


def test_a_database_of_another_program_is_foreign(path: Path) -> None:
    change(path, "CREATE TABLE notes (text)")
    with pytest.raises(ForeignFileError, match="another program"):
        ProjectFile.open(path)


def test_empty_is_damaged(path: Path) -> None:
    path.touch()
    with pytest.raises(DamagedFileError, match="is empty"):
        ProjectFile.open(path)


def test_newer_names_the_version_that_wrote_it(closed: Path) -> None:
    change(
        closed,
        f"PRAGMA user_version={SCHEMA_VERSION + 1}",
        "UPDATE meta SET value = '9.1' WHERE key = 'app_version'",
        "CREATE TABLE brand_new (a)",
    )
    before = closed.read_bytes()
    with pytest.raises(NewerFileError, match=r"newer Larry \(9\.1\)"):
        ProjectFile.open(closed)
    assert closed.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM node; END",
        "CREATE VIEW v AS SELECT load_extension('x')",
        "CREATE TABLE more (a)",
        "CREATE INDEX more ON node (name)",
        "CREATE TRIGGER _sqlite_migrations_x AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM node; END",
        "DROP INDEX node_by_parent",
        "ALTER TABLE node ADD COLUMN colour TEXT",
    ],
)
def test_another_schema_is_refused_before_anything_is_read(closed: Path, sql: str) -> None:
    change(closed, sql)
    with pytest.raises(DamagedFileError, match="changed by another program"):
        ProjectFile.open(closed)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE node SET parent = 'nobody' WHERE id = 'l1'",
        "UPDATE node SET parent = 'l2' WHERE id = 'l2'",
        "UPDATE node SET position = 7 WHERE parent = 'iq1'",
        "UPDATE node SET extra = 'no json' WHERE id = 'l1'",
        "UPDATE node SET extra = '[1]' WHERE id = 'l1'",
        "UPDATE floor SET walls = '[{\"up\": 1}]'",
        "UPDATE floor SET walls = '7'",
        "UPDATE floor SET walls = '" + "[" * 100_000 + "'",
        "DELETE FROM site",
        "INSERT INTO record VALUES ('l1', 'observed', 'online', 'no json', '2026')",
    ],
)
def test_rows_that_make_no_site_are_damage(closed: Path, sql: str) -> None:
    change(closed, sql)
    with pytest.raises(DamagedFileError):
        ProjectFile.open(closed)


def test_expected_schema_is_what_the_migrations_make(closed: Path) -> None:
    connection = sqlite3.connect(closed)
    made = {
        sql
        for (sql,) in connection.execute(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name <> '_sqlite_migrations'"
        )
    }
    assert made == set(TABLES)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()


def test_flipped_and_cut_files_open_whole_or_are_refused(tmp_path: Path, rng: random.Random) -> None:
    path = tmp_path / "whole.larry"
    file = ProjectFile.create(path, random_site(rng, 60))
    file.close()
    whole = path.read_bytes()
    opened = 0
    for number in range(FLIPS + CUTS):
        data = bytearray(whole)
        if number < FLIPS:
            for _ in range(rng.choice((1, 1, 8))):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        else:
            del data[rng.randrange(len(data)) :]
        odd = tmp_path / f"odd{number}.larry"
        odd.write_bytes(data)
        opened += _opens_or_is_refused(odd)
        for left in tmp_path.glob("odd*"):
            left.unlink()
    assert 0 < opened < FLIPS, "flips in text or unused space open, the others are seen"


def _opens_or_is_refused(path: Path) -> bool:
    before = path.read_bytes()
    try:
        ProjectFile.open(path).close()
    except ProjectFileError as error:
        refusal = error
    else:
        return True
    assert refusal.what, "every refusal has a sentence"
    assert isinstance(refusal, (DamagedFileError, ForeignFileError, NewerFileError, FileUnreachableError))
    assert path.read_bytes() == before, "a refused file stays as it was"
    return False


def test_no_error_of_a_file_is_anything_but_ours(closed: Path) -> None:
    change(closed, "PRAGMA user_version=0")
    with pytest.raises(LarryError, match="damaged"):
        ProjectFile.open(closed)
