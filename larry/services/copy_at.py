"""Going back to any moment, as a copy: the project itself stays as it is."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from larry.domain.edits import Composite, Edit, edit_from_json
from larry.errors import InputError
from larry.services.merge.op_graph import Op, read_ops
from larry.services.project import Project
from larry.storage.op_log import OpStamp
from larry.storage.project_file import Clock, ProjectFile, system_clock, time_text


def copy_at(project: Project, number: int, target: Path, *, now: Clock = system_clock) -> None:
    """Write a copy whose plan is as it was after entry `number` of the history (0: before the first).

    The copy keeps the whole history; going back is its last entry and can be undone there. Readings of
    devices stay as they are: what was sent and read is not planned.

    Raises:
        InputError: there is no such entry, it lies before a join, or a file of that name exists.
        FileUnreachableError: the copy cannot be written.
    """
    project.send_copy(target)
    try:
        file = ProjectFile.open(target)
        try:
            _go_back(file, number, time_text(now()))
        finally:
            file.close()
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


def _go_back(file: ProjectFile, number: int, at: str) -> None:
    ops = read_ops(file)
    if not 0 <= number <= len(ops):
        raise InputError(f"The history has no entry {number}.", remedy="Look at it: larry history.")
    by_uid = {op.uid: op for op in ops}
    for place in range(number + 1, len(ops)):
        if ops[place].parents != (ops[place - 1].uid,):
            raise InputError(
                f"Entry {number} lies before two copies were joined.",
                why="Between there and here two histories ran side by side.",
                remedy="Choose a later entry, or open a backup of that day.",
            )
    back = [edit for op in reversed(ops[number:]) if (edit := _taken_back(op, by_uid))]
    moment = ops[number - 1].column("at")[:16].replace("T", " ") + " UTC" if number else "the beginning"
    if back:
        file.apply(Composite(tuple(back)), OpStamp(at, "Larry", "hand", f"Back to {moment}"))


def _taken_back(op: Op, by_uid: dict[bytes, Op]) -> Edit | None:
    what = op.column("what")
    if what == "edit":
        return edit_from_json(json.loads(op.column("inverse")))
    if what in {"undo", "redo"} and op.of is not None:
        concerned = by_uid[op.of]
        return edit_from_json(json.loads(concerned.column("forward" if what == "undo" else "inverse")))
    return None
