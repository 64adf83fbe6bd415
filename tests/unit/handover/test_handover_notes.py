"""Waivers and open points: kept, undoable, and never wider than what was accepted."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from finished_site import facts_of, finished_site, observed_by

from larry.errors import InputError, ReadOnlySiteError
from larry.handover.build_checklist import build_checklist
from larry.handover.checklist import ChecklistLine, LineState
from larry.handover.handover_notes import EXTRA_KEY, read_notes
from larry.handover.report_data import report_data
from larry.services.handover_notes import add_open_point, close_open_point, waive_line, withdraw_waiver
from larry.services.project import Project
from larry.services.read_checklist import read_checklist


def noon() -> datetime:
    return datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path):
    site = finished_site()
    with Project.create(tmp_path / "hotel.larry", site) as project:
        for node in list(site.walk()):
            project.record_observed(node.id, observed_by(node))
        project.record_observed("l10", {"online": False})
        yield project


def line_of(project: Project, key: str) -> ChecklistLine:
    return next(line for line in read_checklist(project).lines if line.key == key)


def test_a_waived_line_no_longer_blocks_and_says_why(project: Project) -> None:
    assert [line.key for line in read_checklist(project).errors] == ["locks-online"]
    waive_line(project, "locks-online", "door  not\nhung yet", "Installer A", now=noon)
    line = line_of(project, "locks-online")
    assert (line.state, line.waiver, line.who) == (LineState.WAIVED, "door not hung yet", "Installer A")
    assert line.at == "2026-11-20T12:00:00Z"
    assert read_checklist(project).errors == []
    assert read_checklist(project).to_json()["waived"] == ["locks-online"]
    assert "door not hung yet" in project.history()[0].label


def test_it_can_be_undone_and_survives_closing(project: Project) -> None:
    waive_line(project, "locks-online", "door not hung yet", "Installer A")
    project.undo()
    assert line_of(project, "locks-online").state is LineState.ERROR
    project.redo()
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert line_of(again, "locks-online").state is LineState.WAIVED
        withdraw_waiver(again, "locks-online")
        assert line_of(again, "locks-online").state is LineState.ERROR


def test_what_gets_worse_is_not_covered(project: Project) -> None:
    waive_line(project, "locks-online", "door not hung yet", "Installer A")
    project.record_observed("l20", {"online": False})
    assert line_of(project, "locks-online").state is LineState.ERROR


@pytest.mark.parametrize(
    ("key", "reason", "who"),
    [
        ("locks-online", " \n", "A"),
        ("locks-online", "because", ""),
        ("iqs-online", "because", "A"),
        ("no-such-line", "because", "A"),
        ("owner-email", "because", "A"),
    ],
)
def test_what_cannot_be_waived_is_refused(project: Project, key: str, reason: str, who: str) -> None:
    number = project.history()[0].number if project.history() else 0
    with pytest.raises(InputError):
        waive_line(project, key, reason, who)
    assert (project.history()[0].number if project.history() else 0) == number


def test_an_open_point_has_a_responsible_and_a_day(project: Project) -> None:
    point = add_open_point(project, "Hang door 101", "Carpenter B", "Installer A", due="2999-01-31")
    line = line_of(project, f"point-{point.id}")
    assert line.state is LineState.OPEN
    assert line.to_json()["responsible"] == "Carpenter B"
    assert line.to_json()["due"] == "2999-01-31"
    close_open_point(project, point.id, "Carpenter B", now=noon)
    line = line_of(project, f"point-{point.id}")
    assert (line.state, line.who, line.at) == (LineState.OK, "Carpenter B", "2026-11-20T12:00:00Z")
    with pytest.raises(InputError):
        close_open_point(project, point.id, "Carpenter B")


def test_an_overdue_point_is_a_warning(project: Project) -> None:
    point = add_open_point(project, "Hang door 101", "Carpenter B", "Installer A", due="2020-01-31")
    line = line_of(project, f"point-{point.id}")
    assert line.state is LineState.WARNING
    assert "overdue" in line.evidence


@pytest.mark.parametrize(("responsible", "due"), [("", ""), ("B", "tomorrow"), ("B", "2026-13-01")])
def test_an_incomplete_point_is_refused(project: Project, responsible: str, due: str) -> None:
    with pytest.raises(InputError):
        add_open_point(project, "Hang door", responsible, "A", due=due)


def test_after_the_release_nothing_is_waived(project: Project) -> None:
    project.mark_released()
    with pytest.raises(ReadOnlySiteError):
        waive_line(project, "locks-online", "because", "A")


@pytest.mark.parametrize(
    "stored",
    [
        7,
        [],
        {"waivers": 3, "open_points": "x"},
        {"waivers": [{"key": "locks-online"}], "open_points": [[], {}]},
    ],
)
def test_strange_notes_are_passed_over(stored: object) -> None:
    site = finished_site()
    site.set_info_field("extra", {EXTRA_KEY: stored})
    assert read_notes(site).waivers == {}
    assert read_notes(site).points == ()


def test_the_report_has_waivers_and_points(project: Project) -> None:
    waive_line(project, "locks-online", "WAIVED-BECAUSE", "Installer A")
    add_open_point(project, "POINT-TEXT", "Carpenter B", "Installer A", due="2999-01-31")
    facts = facts_of(project.site, project.records)
    data = report_data(facts, build_checklist(facts), draft=False)
    points = data["open_points"]
    assert [each["waiver"] for each in points if each["waiver"]] == ["WAIVED-BECAUSE"]
    point = next(each for each in points if each["title"] == "POINT-TEXT")
    assert re.search(r"Carpenter B until 2999-01-31", point["evidence"])
