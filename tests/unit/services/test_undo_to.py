"""Undo to here: this edit and all that stand after it, and redo brings them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import small_site

from larry.domain.edits import SetNode
from larry.errors import ReadOnlySiteError
from larry.services.project import Project
from larry.services.undo_to import edits_since, undo_to


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "site.larry", small_site()) as made:
        yield made


def rename(project: Project, name: str) -> int:
    number = project.do(SetNode("l1", "name", name), f"Rename to {name}").number
    assert number is not None
    return number


def test_all_from_here_on_is_taken_back(project: Project) -> None:
    rename(project, "A")
    second = rename(project, "B")
    rename(project, "C")
    assert edits_since(project, second) == 2
    assert undo_to(project, second) == 2
    assert project.site.nodes["l1"].name == "A"
    project.redo()
    project.redo()
    assert project.site.nodes["l1"].name == "C"


def test_what_stands_no_more_cannot_be_taken_back(project: Project) -> None:
    first = rename(project, "A")
    project.undo()
    assert edits_since(project, first) == 0
    assert undo_to(project, first) == 0
    assert edits_since(project, 999) == 0


def test_notes_and_undone_edits_between_do_not_count(project: Project) -> None:
    first = rename(project, "A")
    rename(project, "B")
    project.undo()
    project.note("A pack was made")
    rename(project, "C")
    assert undo_to(project, first) == 2
    assert project.site.nodes["l1"].name == "Room 101"


def test_a_released_site_refuses(project: Project) -> None:
    first = rename(project, "A")
    project.mark_released()
    with pytest.raises(ReadOnlySiteError):
        undo_to(project, first)


@given(acts=st.lists(st.sampled_from("euur"), max_size=25), pick=st.integers(0, 30))
def test_after_any_history_it_ends_before_the_chosen_edit(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str], pick: int
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    with Project.create(folder / "site.larry", small_site()) as project:
        before: dict[int, str] = {}
        for n, act in enumerate(acts):
            if act == "e":
                name = project.site.nodes["l1"].name
                before[rename(project, f"N{n}")] = name
            elif act == "u":
                project.undo()
            else:
                project.redo()
        standing = [e.number for e in project.history() if e.what == "edit" and not e.undone]
        if standing:
            chosen = standing[pick % len(standing)]
            undo_to(project, chosen)
            assert project.site.nodes["l1"].name == before[chosen]
