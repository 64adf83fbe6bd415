"""Any sequence of do, undo, redo, close, open and failed saves leaves the file equal to a plain model."""

from __future__ import annotations

import copy
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from site_strategies import random_edit, random_site

from larry.domain.edits import Composite
from larry.domain.site import Site
from larry.errors import FileUnreachableError
from larry.services.project import Project

SEEDS = st.integers(0, 2**32)


def clone(site: Site) -> Site:
    """Copy the data of a site, not its listeners."""
    listeners, site._listeners = site._listeners, []
    try:
        return copy.deepcopy(site)
    finally:
        site._listeners = listeners


class ProjectMachine(RuleBasedStateMachine):
    """The model is two lists of (label, site before or after)."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.project: Project | None = None
        self.edits = 0
        self.calls = 0

    @initialize(seed=SEEDS, size=st.integers(0, 25))
    def create(self, seed: int, size: int) -> None:
        site = random_site(random.Random(seed), size)
        self.project = Project.create(Path(self.folder.name) / "a.larry", site)
        self.model = clone(site)
        self.undo_stack: list[tuple[str, Site]] = []
        self.redo_stack: list[tuple[str, Site]] = []

    def fresh(self, seed: int) -> random.Random:
        """Return a generator that makes no id twice in one run, whatever the seeds."""
        self.calls += 1
        return random.Random(seed * 1000 + self.calls)

    @rule(seed=SEEDS, count=st.integers(1, 4))
    def do(self, seed: int, count: int) -> None:
        rng = self.fresh(seed)
        label = f"Edit {seed}"
        before, after = self.model, clone(self.model)
        edits = []
        for _ in range(count):
            edits.append(random_edit(rng, after))
            edits[-1].apply(after)
        change = self.project.do(edits[0] if count == 1 else Composite(tuple(edits)), label)
        assert change.number == self.edits + 1
        self.edits += 1
        self.undo_stack.append((label, before))
        self.redo_stack.clear()
        self.model = after

    @rule()
    def undo(self) -> None:
        change = self.project.undo()
        assert (change is None) == (not self.undo_stack)
        if change is not None:
            label, before = self.undo_stack.pop()
            assert change.label == label
            self.redo_stack.append((label, self.model))
            self.model = before
            self.edits += 1

    @rule()
    def redo(self) -> None:
        change = self.project.redo()
        assert (change is None) == (not self.redo_stack)
        if change is not None:
            label, after = self.redo_stack.pop()
            assert change.label == label
            self.undo_stack.append((label, self.model))
            self.model = after
            self.edits += 1

    @rule()
    def close_and_open(self) -> None:
        self.project.close()
        self.project = Project.open(Path(self.folder.name) / "a.larry")

    @rule(seed=SEEDS)
    def fail_to_save(self, seed: int) -> None:
        edit = random_edit(self.fresh(seed), clone(self.model))
        database = self.project._file._database
        real, database.transaction = database.transaction, _full
        with pytest.raises(FileUnreachableError):
            self.project.do(edit, "Lost")
        database.transaction = real

    @rule()
    def checkpoint(self) -> None:
        self.project.checkpoint()

    @precondition(lambda self: self.project is not None)
    @invariant()
    def equal(self) -> None:
        assert self.project.site == self.model
        assert self.project.undo_label == (self.undo_stack[-1][0] if self.undo_stack else None)
        assert self.project.redo_label == (self.redo_stack[-1][0] if self.redo_stack else None)
        history = self.project.history()
        assert len(history) == self.edits
        assert sum(entry.undone for entry in history) == len({*_edits_undone(history)})

    def teardown(self) -> None:
        if self.project is not None:
            self.project.close()
            again = Project.open(Path(self.folder.name) / "a.larry")
            assert again.site == self.model
            again.close()
        self.folder.cleanup()


def _full():
    raise FileUnreachableError("Full.")


def _edits_undone(history) -> list[int]:
    """Replay the history by its plainest meaning: a stack."""
    done: list[int] = []
    undone: list[int] = []
    gone: list[int] = []
    for entry in reversed(history):
        if entry.what == "edit":
            done.append(entry.number)
            gone += undone
            undone = []
        elif entry.what == "undo":
            undone.append(done.pop())
        else:
            done.append(undone.pop())
    return undone + gone


ProjectMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=25)
TestProjectMachine = ProjectMachine.TestCase
