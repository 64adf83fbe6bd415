"""A past that was changed is noticed, told from which entry on, and does not keep the plan shut."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from larry.domain.edits import SetNode
from larry.storage.op_chain import TAIL
from larry.storage.op_log import OpStamp
from larry.storage.project_file import ProjectFile

EDITS = 2 * TAIL


@pytest.fixture
def edited(file: ProjectFile, stamp: OpStamp) -> Path:
    for number in range(EDITS):
        file.apply(SetNode("l1", "name", f"Room {number}"), stamp)
    file.undo(stamp)
    file.redo(stamp)
    file.note(stamp, frozenset({"l1"}))
    file.close()
    return file.path


def changed_at(path: Path, sql: str, *, all_rows: bool = True) -> int | None:
    connection = sqlite3.connect(path, isolation_level=None)
    assert connection.execute(sql).rowcount > 0
    connection.close()
    file = ProjectFile.open(path)
    try:
        return file.history_changed_at(all_rows=all_rows)
    finally:
        file.close()


def test_an_honest_history_fits(edited: Path) -> None:
    file = ProjectFile.open(edited)
    assert file.history_changed_at(all_rows=True) is None
    assert file.history_changed_at() is None
    file.close()


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE op SET who = 'Somebody else' WHERE number = 3", 3),
        ("UPDATE op SET at = '2020-01-01T00:00:00.000Z' WHERE number = 7", 7),
        ("UPDATE op SET label = label || '.' WHERE number = 64", 64),
        ("UPDATE op SET forward = replace(forward, 'Room', 'Raum') WHERE number = 5", 5),
        ("UPDATE op SET places = '{}' WHERE number = 5", 5),
        ("UPDATE op SET of = 3 WHERE what = 'undo'", EDITS + 1),
        ("UPDATE op SET uid = zeroblob(32) WHERE number = 9", 9),
        ("UPDATE op SET parents = '[\"zz\"]' WHERE number = 9", 9),
        ("DELETE FROM op WHERE number = 12", 12),
        ("DELETE FROM op WHERE number <= 4", 1),
        ("UPDATE meta SET value = 'another project' WHERE key = 'project_id'", 1),
    ],
)
def test_a_changed_past_is_told_from_its_row_on(edited: Path, sql: str, number: int) -> None:
    assert changed_at(edited, sql) == number


def test_open_looks_at_the_end_only(edited: Path) -> None:
    assert changed_at(edited, "UPDATE op SET who = 'x' WHERE number = 3", all_rows=False) is None
    last = EDITS + 3
    sql = f"UPDATE op SET who = 'x' WHERE number = {last - 1}"
    assert changed_at(edited, sql, all_rows=False) == last - 1


def test_equal_gestures_in_two_copies_get_different_names(
    tmp_path: Path, edited: Path, stamp: OpStamp
) -> None:
    copy = tmp_path / "copy.larry"
    copy.write_bytes(edited.read_bytes())
    names = []
    for path, label in ((edited, "Rename"), (copy, "Call it so")):
        file = ProjectFile.open(path)
        file.apply(SetNode("l1", "name", "X"), OpStamp(stamp.at, stamp.who, stamp.source, label))
        names.append([row[-1] for row in file.chain.rows()])
        file.close()
    assert names[0][:-1] == names[1][:-1]
    assert names[0][-1] != names[1][-1]
