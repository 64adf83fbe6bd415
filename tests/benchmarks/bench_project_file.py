"""What durability costs: one gesture against a raw write and fdatasync of the same bytes, in one run.

Run: pytest tests/benchmarks/bench_project_file.py -s
"""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.large_site import large_site
from benchmarks.ratio import median_s, show

from larry.domain.edits import MoveNode, SetNode
from larry.services.merge_projects import merge_projects
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
    paths = {length: tmp_path / f"{length}.larry" for length in (100, 100_000)}
    for length, path in paths.items():
        with Project.create(path, large_site(100)) as project:
            _fill_history(project, length)
    opened: dict[int, list[float]] = {length: [] for length in paths}
    for _ in range(9):
        for length, path in paths.items():
            opened[length].append(median_s(lambda path=path: Project.open(path).close(), 1))
    short, long = (Project.open(path) for path in paths.values())
    undone: tuple[list[float], list[float]] = ([], [])
    for _ in range(60):  # alternate: the disk's mood changes
        undone[0].append(median_s(short.undo, 1))
        undone[1].append(median_s(long.undo, 1))
    viewed = [median_s(lambda each=each: each.history(limit=200), 21) for each in (short, long)]
    short.close()
    long.close()
    base = "after 100 edits"
    show("open after 100,000 edits", median(opened[100_000]), base, median(opened[100]))
    show("undo after 100,000 edits", median(undone[1]), base, median(undone[0]))
    show("last 200 of the history after 100,000 edits", viewed[1], base, viewed[0])


def test_opening_a_large_site_against_a_plain_read(tmp_path: Path) -> None:
    path = tmp_path / "large.larry"
    Project.create(path, large_site()).close()

    def plain() -> None:
        connection = sqlite3.connect(path)
        for table in ("site", "floor", "node", "link", "record"):
            connection.execute(f"SELECT * FROM {table}").fetchall()
        connection.close()

    base = median_s(plain, 9)
    show(
        "open 1,000 IQs and 16,000 locks", median_s(lambda: Project.open(path).close(), 9), "plain read", base
    )


def test_joining_two_large_sites_against_a_plain_read(tmp_path: Path) -> None:
    base_file = tmp_path / "base.larry"
    Project.create(base_file, large_site()).close()
    copies = [tmp_path / "anna.larry", tmp_path / "ben.larry"]
    for side, path in enumerate(copies):
        shutil.copyfile(base_file, path)
        with Project.open(path) as project:
            project._file._database.connection.execute("PRAGMA synchronous=OFF")
            for number in range(2000):
                lock = f"iq{number % 1000}-l{2 * (number // 1000) + side}"
                project.do(SetNode(lock, "name", f"Room {side} {number}"), "Rename")

    def plain() -> None:
        with closing(sqlite3.connect(base_file)) as connection:
            for table in ("site", "floor", "node", "link", "record"):
                connection.execute(f"SELECT * FROM {table}").fetchall()

    targets = (tmp_path / f"joined{number}.larry" for number in itertools.count())
    base = median_s(plain, 5)
    joined = median_s(lambda: merge_projects(*copies, next(targets)), 3)
    show("join 2,000 edits on each of two large sites", joined, "plain read", base)


def _fill_history(project: Project, length: int) -> None:
    connection = project._file._database.connection
    connection.execute("PRAGMA synchronous=OFF")  # only to get there; what is measured runs with FULL
    for number in range(length):
        project.do(SetNode("iq0-l1", "name", f"Room {number}"), "Rename")
