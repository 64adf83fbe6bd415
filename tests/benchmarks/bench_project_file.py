"""What durability costs: one gesture against a raw write and fdatasync of the same bytes, in one run.

Run: pytest tests/benchmarks/bench_project_file.py -s
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from benchmarks.large_site import large_site
from benchmarks.ratio import median_s, show

from larry.domain.edits import MoveNode, SetNode
from larry.services.project import Project

_EDITS = 200


def test_one_gesture_against_a_raw_write(tmp_path: Path) -> None:
    path = tmp_path / "large.larry"
    project = Project.create(path, large_site())
    names = itertools.count()
    parents = itertools.cycle(["iq1-r0", "iq0-r0"])
    log = path.with_name(f"{path.name}-wal")

    def rename() -> None:
        project.do(SetNode("iq0-l1", "name", f"Room {next(names)}"), "Rename")

    def move() -> None:
        project.do(MoveNode("iq0-l0", next(parents)), "Move")

    rename()
    project.checkpoint()
    before = log.stat().st_size
    rename()
    written = log.stat().st_size - before
    handle = os.open(tmp_path / "raw", os.O_WRONLY | os.O_CREAT)
    data = b"x" * written

    def raw() -> None:
        os.write(handle, data)
        os.fdatasync(handle)

    for _ in range(3):  # the disk's mood changes from minute to minute: alternate
        base = median_s(raw, _EDITS)
        show(f"rename, committed ({written} bytes)", median_s(rename, _EDITS), "raw write + fdatasync", base)
        show("move, committed", median_s(move, _EDITS), "raw write + fdatasync", base)
        show("undo, committed", median_s(project.undo, _EDITS), "raw write + fdatasync", base)
    os.close(handle)
    project.close()


def test_a_long_history_stays_as_fast_as_a_short_one(tmp_path: Path) -> None:
    times: dict[int, tuple[float, float, float]] = {}
    for length in (100, 10_000):
        path = tmp_path / f"{length}.larry"
        with Project.create(path, large_site(100)) as project:
            _fill_history(project, length)
        opened = median_s(lambda path=path: Project.open(path).close())
        with Project.open(path) as project:
            undone = median_s(project.undo, 50)
            viewed = median_s(lambda project=project: project.history(limit=200))
        times[length] = (opened, undone, viewed)
    for place, what in enumerate(("open", "undo", "last 200 of the history")):
        show(f"{what} after 10,000 edits", times[10_000][place], "after 100 edits", times[100][place])


def _fill_history(project: Project, length: int) -> None:
    connection = project._file._database.connection
    connection.execute("PRAGMA synchronous=OFF")  # only to get there; what is measured runs with FULL
    for number in range(length):
        project.do(SetNode("iq0-l1", "name", f"Room {number}"), "Rename")
