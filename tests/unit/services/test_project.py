"""The open project: findings follow, undo and history over restarts, three states kept apart, release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from larry.domain.edits import AddNode, Composite, MoveNode, SetNode, SetSite
from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.domain.validation import validate
from larry.errors import FileUnreachableError, InputError, ReadOnlySiteError
from larry.services.project import Project
from larry.services.project_change import Change


class HandClock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def project(tmp_path: Path, clock: HandClock) -> Iterator[Project]:
    site = Site(SiteInfo("Hotel Adler", owner_email="owner@example.com"))
    site.set_floors([Floor("f0")])
    site.insert_node(Node("iq1", Kind.IQ, name="IQ", floor="f0"))
    project = Project.create(tmp_path / "adler.larry", site, now=clock, who="Tester")
    yield project
    project.close()


def lock(number: int) -> AddNode:
    return AddNode(Node(f"l{number}", Kind.LOCK, name=f"Room {number}", parent="iq1", floor="f0"))


def reopen(project: Project, clock: HandClock) -> Project:
    project.close()
    return Project.open(project.path, now=clock, who="Tester")


def test_findings_follow_every_edit(project: Project) -> None:
    assert project.findings() == []
    project.do(Composite(tuple(lock(number) for number in range(17))), "Add 17 locks")
    assert [finding.code for finding in project.findings()] == ["locks-per-iq"]
    project.undo()
    assert project.findings() == []
    project.redo()
    assert project.findings() == validate(project.site, project.catalogue, project.records)


def test_undo_and_redo_with_names_over_restarts(project: Project, clock: HandClock) -> None:
    project.do(lock(1), "Add Room 1")
    project.do(Composite((lock(2), SetNode("l1", "name", "Suite"))), "Plan the floor", "plan")
    again = reopen(project, clock)
    assert (again.undo_label, again.redo_label) == ("Plan the floor", None)
    change = again.undo()
    assert change is not None
    assert (change.label, change.what, change.touched) == ("Plan the floor", "undo", {"l1", "l2"})
    assert [node.name for node in again.site.walk()] == ["IQ", "Room 1"], "one step, all of it"
    again = reopen(again, clock)
    assert (again.undo_label, again.redo_label) == ("Add Room 1", "Plan the floor")
    again.undo()
    assert again.undo() is None
    again.redo()
    again.do(SetNode("l1", "name", "Other"), "Rename")
    assert (again.undo_label, again.redo_label) == ("Rename", None), "a new edit ends what could be redone"
    assert again.redo() is None
    again.close()


def test_history_says_who_when_what_and_what_was_undone(project: Project, clock: HandClock) -> None:
    project.do(lock(1), "Add Room 1", "import")
    clock.moment += timedelta(hours=1)
    project.do(SetNode("l1", "name", "Suite"), "Rename Room 1")
    project.undo()
    project.note("Pack made", touched=frozenset({"iq1"}))
    entries = project.history()
    assert [(entry.number, entry.what, entry.label, entry.undone) for entry in entries] == [
        (4, "note", "Pack made", False),
        (3, "undo", "Rename Room 1", False),
        (2, "edit", "Rename Room 1", True),
        (1, "edit", "Add Room 1", False),
    ]
    assert (entries[3].who, entries[3].source, entries[3].at) == (
        "Tester",
        "import",
        "2026-11-20T12:00:00.000Z",
    )
    assert entries[2].at == "2026-11-20T13:00:00.000Z"
    assert [entry.number for entry in project.history(limit=2)] == [4, 3]
    assert [entry.number for entry in project.history(search="RENAME")] == [3, 2]
    assert [entry.number for entry in project.history(search="iq1")] == [4]
    project.redo()
    assert not project.history(search="rename")[-1].undone


def test_every_saved_change_is_told_once_after_it_was_saved(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Change] = []

    def broken(change: Change) -> None:
        raise RuntimeError(change.label)

    project.subscribe(broken)
    unsubscribe = project.subscribe(told.append)
    project.do(lock(1), "Add Room 1")
    project.record_observed("l1", {"online": True})
    with pytest.raises(InputError):
        project.do(MoveNode("iq1", "l1"), "Impossible")
    project.undo()
    unsubscribe()
    unsubscribe()
    project.redo()
    assert [(change.what, change.label) for change in told] == [
        ("edit", "Add Room 1"),
        ("record", ""),
        ("undo", "Add Room 1"),
    ]
    assert caplog.text.count("A listener failed") == 4


def test_an_impossible_edit_is_an_input_error_with_its_name(project: Project) -> None:
    with pytest.raises(InputError, match="“Move IQ” is not possible"):
        project.do(MoveNode("iq1", "iq1"), "Move IQ")


def test_records_are_kept_apart_and_never_undone(project: Project, clock: HandClock) -> None:
    project.do(lock(1), "Add Room 1")
    project.record_written("l1", {"name": "Room 1", "parent": "iq1"})
    project.record_observed("l1", {"link_state": "attached", "battery": 88})
    project.undo()
    record = project.records["l1"]
    assert (record.sent("name"), record.seen("link_state"), record.seen("name")) == (
        "Room 1",
        "attached",
        None,
    )
    before = dict(project.records)
    again = reopen(project, clock)
    assert again.records == before
    again.forget_record("l1", "battery")
    again = reopen(again, clock)
    assert again.records["l1"].seen("battery") is None
    assert again.records["l1"].seen("link_state") == "attached"
    again.close()


def test_a_record_changes_the_findings(project: Project) -> None:
    project.do(lock(1), "Add Room 1")
    assert project.findings() == []
    project.record_observed("l1", {"attached_to": "another IQ"})
    assert [finding.code for finding in project.findings()] == ["attached-elsewhere"]
    project.record_observed("l1", {"attached_to": None})
    assert project.findings() == []


def test_an_unchanged_reading_is_written_once_a_minute(project: Project, clock: HandClock) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    for second in (0, 1, 59, 60, 61):
        clock.moment = datetime(2026, 11, 20, 12, 0, tzinfo=UTC) + timedelta(seconds=second)
        project.record_observed("iq1", {"online": True})
    assert len(told) == 2
    clock.moment -= timedelta(days=1)  # a clock set back must not silence the device
    project.record_observed("iq1", {"online": True})
    assert len(told) == 3
    project.record_observed("iq1", {"online": False})
    assert project.records["iq1"].seen("online") is False


def test_jobs_and_cloud_ids_survive(project: Project, clock: HandClock) -> None:
    project.jobs.save_job("commission", {"started": 1}, {"iq1/wifi": {"state": "done"}})
    project.jobs.save_step("commission", "iq1/cloud", {"state": "todo"})
    project.jobs.save_step("commission", "iq1/wifi", {"state": "open"})
    project.set_cloud_id("iq1", "uuid-1")
    project.set_cloud_id("site", "uuid-2")
    project.set_cloud_id("site", None)
    again = reopen(project, clock)
    assert again.jobs.job_ids() == ["commission"]
    assert again.jobs.load_job("commission") == {"started": 1}
    assert list(again.jobs.load_steps("commission").items()) == [
        ("iq1/wifi", {"state": "open"}),
        ("iq1/cloud", {"state": "todo"}),
    ]
    assert (again.cloud_id("iq1"), again.cloud_id("site")) == ("uuid-1", None)
    again.jobs.delete_job("commission")
    assert again.jobs.load_job("commission") is None
    assert again.jobs.load_steps("commission") == {}
    again.close()


def test_after_the_release_the_plan_can_only_be_read(project: Project, clock: HandClock) -> None:
    project.do(lock(1), "Add Room 1")
    project.undo()
    assert not project.released
    project.mark_released()
    again = reopen(project, clock)
    assert again.released
    for forbidden in (lambda: again.do(lock(2), "x"), again.undo, again.redo):
        with pytest.raises(ReadOnlySiteError, match="was released to its owner"):
            forbidden()
    again.record_observed("iq1", {"online": True})
    again.jobs.save_job("release", {"done": True})
    assert again.history(1)[0].label == "Site released to its owner"
    assert ReadOnlySiteError.exit_code == 1
    again.close()


def test_another_profile_brings_its_rules(project: Project) -> None:
    seen: list[str] = []
    project.findings()
    project.subscribe(lambda _: seen.append(project.catalogue.profile))
    project.do(SetSite("profile", "strict"), "Be strict")
    project.do(SetSite("profile", "no such"), "Be odd")
    project.undo()
    project.undo()
    assert seen == ["strict", "default", "strict", "default"]
    assert project.findings() == validate(project.site, project.catalogue, project.records)


def test_read_only_refuses_all_changes(project: Project) -> None:
    project.close()
    with Project.open(project.path, read_only=True) as reading:
        for forbidden in (
            lambda: reading.do(lock(1), "x"),
            lambda: reading.record_written("iq1", {"name": "x"}),
            lambda: reading.set_cloud_id("iq1", "x"),
            lambda: reading.note("x"),
            lambda: reading.mark_released(),
            lambda: reading.jobs.save_job("a", {}),
            lambda: reading.secrets.set("iq1", "activation_code", "x"),
        ):
            with pytest.raises(FileUnreachableError):
                forbidden()
        assert reading.history() == []


def test_long_histories_do_not_slow_undo(project: Project) -> None:
    """Undo reads two rows however long the history is."""
    for number in range(300):
        project.do(SetNode("iq1", "name", f"IQ {number}"), "Rename")
    seen: list[str] = []
    project._file._database.connection.set_trace_callback(seen.append)
    project.undo()
    project._file._database.connection.set_trace_callback(None)
    assert len(seen) < 15
