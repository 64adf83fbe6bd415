"""How long the rules take on a large site, against a plain read of the same file by sqlite3.

Run: pytest tests/benchmarks/bench_validate.py -s
"""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import pytest
from benchmarks.large_site import large_site
from benchmarks.ratio import median_s, show

from larry.domain.edits import MoveNode
from larry.domain.validation import validate
from larry.services.project import Project


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "large.larry"
    Project.create(path, large_site()).close()
    return path


def plain_read(path: Path) -> int:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT * FROM node").fetchall()
    connection.close()
    return len(rows)


def open_and_validate(path: Path) -> int:
    with Project.open(path) as project:
        return len(validate(project.site, project.catalogue, project.records))


def test_validate_a_large_site(path: Path) -> None:
    base = median_s(lambda: plain_read(path))
    show(
        "larry validate (open, all checks, all rules)",
        median_s(lambda: open_and_validate(path)),
        "plain read",
        base,
    )
    with Project.open(path) as project:
        rules = median_s(lambda: validate(project.site, project.catalogue, project.records))
        show("the rules alone", rules, "plain read", base)


def test_open_a_large_site(path: Path) -> None:
    base = median_s(lambda: plain_read(path))
    show("open with all checks", median_s(lambda: Project.open(path).close()), "plain read", base)


def test_one_edit_validated_again(path: Path) -> None:
    base = median_s(lambda: plain_read(path))
    with Project.open(path) as project:
        project.findings()
        parents = itertools.cycle(["iq1-r0", "iq0-r0"])
        edit = median_s(lambda: project.do(MoveNode("iq0-l0", next(parents)), "Move"), 50)
        show("one move, saved", edit, "plain read", base)

        def move_in_memory() -> None:
            MoveNode("iq0-l0", next(parents)).apply(project.site)
            project.findings()

        show("one move in memory, validated again", median_s(move_in_memory, 50), "plain read", base)
