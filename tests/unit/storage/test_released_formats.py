"""Every format that was ever released opens: one file of each lies in tests/data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from larry.services.project import Project
from larry.storage.schema import SCHEMA_VERSION

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_file_of_each_format_opens(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.larry"
    shutil.copyfile(DATA / f"format-{version}.larry", path)
    with Project.open(path) as project:
        assert project.notices() == []
        assert project.history_changed_at(all_rows=True) is None
        assert [node.name for node in project.site.walk()] == ["IQ Lobby", "Suite 101", "Room 102"]
        assert project.site.floors["f0"].walls[0].material == "brick"
        assert project.site.links["iq1", "l1"].count == 30
        assert project.site.info.extra == {"customer": 7}
        assert project.records["l1"].observed["online"].value is True
        assert project.jobs.load_steps("commission") == {"l1/attach": {"state": "done"}}
        assert project.redo_label == "Move Room 102"
        assert [entry.what for entry in project.history()] == ["note", "undo", "edit", "edit"]
        assert project.redo() is not None
        assert project.undo() is not None
        assert project.undo() is not None
        assert project.site.nodes["l1"].name == "Room 101"
