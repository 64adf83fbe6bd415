"""Any moment of the history comes back as a copy."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from site_strategies import random_edit, random_site

from larry.domain.site import Site
from larry.errors import InputError
from larry.services.copy_at import copy_at
from larry.services.project import Project
from larry.services.site_snapshot import snapshot_site


def test_every_moment_comes_back(tmp_path: Path, rng: random.Random) -> None:
    with Project.create(tmp_path / "a.larry", random_site(rng, 20)) as project:
        moments: list[Site] = [snapshot_site(project.site)]
        for number in range(30):
            if number % 7 == 5:
                project.undo()
            elif number % 7 == 6:
                project.redo()
            elif number == 10:
                project.note("A pack was made")
            else:
                project.do(random_edit(rng, project.site), f"Edit {number}")
            moments.append(snapshot_site(project.site))
        before = project.history()
        for number in (*range(0, 31, 5), 29):
            target = tmp_path / f"at{number}.larry"
            copy_at(project, number, target)
            with Project.open(target) as copy:
                assert copy.site == moments[number], f"entry {number}"
                assert copy.history_changed_at(all_rows=True) is None
                if number < 28:
                    assert copy.undo() is not None
                    assert copy.site == moments[-1]
        assert project.history() == before


def test_an_entry_that_is_not_there_leaves_nothing(tmp_path: Path, rng: random.Random) -> None:
    with Project.create(tmp_path / "a.larry", random_site(rng, 5)) as project:
        with pytest.raises(InputError, match="no entry 3"):
            copy_at(project, 3, tmp_path / "at.larry")
        assert not (tmp_path / "at.larry").exists()
        (tmp_path / "mine.larry").write_text("precious")
        with pytest.raises(InputError, match="exists already"):
            copy_at(project, 0, tmp_path / "mine.larry")
        assert (tmp_path / "mine.larry").read_text() == "precious"
