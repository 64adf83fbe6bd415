"""salvage, and a history that was changed, on the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from larry.cli.main import main
from larry.domain.edits import SetSite
from larry.domain.hardware import SiteInfo
from larry.domain.site import Site
from larry.services.project import Project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.larry"
    with Project.create(path, Site(SiteInfo("Adler"))) as project:
        for name in "BCD":
            project.do(SetSite("name", name), f"Call it {name}")
    return path


def test_a_changed_history_is_told_and_still_shown(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE op SET who = 'Nobody' WHERE number = 2")
    connection.commit()
    connection.close()
    assert main(["history", str(path), "--json"]) == 0
    shown = capfd.readouterr()
    assert len(json.loads(shown.out)) == 3
    assert "from entry 2 on" in " ".join(shown.err.split())


def test_salvage_answers_with_rows_and_what_is_missing(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = bytearray(path.read_bytes())
    data[16:40] = bytes(24)
    path.write_bytes(data)
    out = path.with_name("new.larry")
    assert main(["salvage", str(path), "-o", str(out), "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert answer["rows"]["op"] == 3
    assert answer["missing"] == []
    with Project.open(out) as project:
        assert project.site.info.name == "D"
    assert main(["salvage", str(path), "-o", str(out)]) == 2
