"""History: days, search, the selected device, details, and undo to here."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from small_site import small_site
from window_tools import StillFeed, close_window

from larry.domain.edits import MoveNode, SetNode
from larry.services.project import Project
from larry.services.read_history import HistoryEntry
from ui.options import Options
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory
from ui.stages.history.history_rows import DayRow, rows_of
from ui.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path) -> Project:
    """Three edits on two days; one of them taken back. The window closes it."""
    clock = [datetime.now(UTC) - timedelta(days=3)]

    def now() -> datetime:
        clock[0] += timedelta(seconds=61)
        return clock[0]

    made = Project.create(tmp_path / "site.larry", small_site(), who="Installer A", now=now)
    made.do(SetNode("l1", "name", "Suite 101"), "Rename Room 101")
    clock[0] += timedelta(days=2)
    made.do(MoveNode("l9", "r1"), "Move Room 110 to Rep 1")
    made.do(SetNode("l2", "name", "Suite 102"), "Rename Room 102")
    made.do(SetNode("l3", "name", "Gate"), "Rename Main entrance")
    made.undo()
    return made


@pytest.fixture
def window(dressed, tmp_path, project, qtbot):
    window = MainWindow(Memory(tmp_path / "settings"), Options(radio="none"))
    window.show_site(Workspace(project, StillFeed(window), window.tasks))
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    window.page.show_stage("history")
    stage_of(window).refresh()
    yield window
    close_window(window)


def stage_of(window):
    return window.page.stages["history"]


def labels(stage) -> list[str]:
    return [stage.model.title(row) for row in stage.model.rows if isinstance(row, HistoryEntry)]


def choose(stage, title: str) -> None:
    row = next(
        n
        for n, each in enumerate(stage.model.rows)
        if isinstance(each, HistoryEntry) and stage.model.title(each) == title
    )
    stage.list.setCurrentIndex(stage.model.index(row))


def test_entries_stand_by_day_newest_first(window) -> None:
    stage = stage_of(window)
    assert labels(stage) == [
        "Undo: Rename Main entrance",
        "Rename Main entrance",
        "Rename Room 102",
        "Move Room 110 to Rep 1",
        "Rename Room 101",
    ]
    days = [row for row in stage.model.rows if isinstance(row, DayRow)]
    assert [day.count for day in days] == [4, 1]
    assert days[0].title.startswith("Yesterday")
    undone = next(row for row in stage.model.rows if isinstance(row, HistoryEntry) and row.undone)
    assert undone.label == "Rename Main entrance"


def test_search_finds_labels_people_and_devices(window, qtbot) -> None:
    stage = stage_of(window)
    QTest.keyClicks(stage.search, "suite 101")
    qtbot.waitUntil(lambda: labels(stage) == ["Rename Room 101"])
    stage.search.setText("elephant")
    qtbot.waitUntil(lambda: stage._pages.currentIndex() == 1)
    assert stage.empty._title.text() == "Nothing found"
    QTest.mouseClick(stage.empty._button, LEFT)
    assert len(labels(stage)) == 5


def test_the_selected_device_filters(window) -> None:
    stage, workspace = stage_of(window), window.page.workspace
    assert not stage.scope.isEnabled()
    workspace.select("l9")
    assert stage.scope.isEnabled()
    stage.scope.choose("device")
    stage.scope.chosen.emit("device")
    assert labels(stage) == ["Move Room 110 to Rep 1"]
    workspace.select("l2")
    assert labels(stage) == ["Rename Room 102"]
    workspace.select("")
    assert len(labels(stage)) == 5


def test_undo_to_here_takes_back_all_later_edits_and_redo_brings_them_back(window, project) -> None:
    stage = stage_of(window)
    choose(stage, "Move Room 110 to Rep 1")
    assert stage.entry.undo.text() == "Undo to here (2 edits)"
    QTest.mouseClick(stage.entry.undo, LEFT)
    assert project.site.nodes["l9"].parent is None
    assert project.site.nodes["l2"].name == "Room 102"
    assert project.site.nodes["l1"].name == "Suite 101"
    project.redo()
    project.redo()
    assert project.site.nodes["l2"].name == "Suite 102"
    assert project.site.nodes["l9"].parent == "r1"


def test_what_stands_no_more_offers_no_undo(window) -> None:
    stage = stage_of(window)
    choose(stage, "Rename Main entrance")
    assert not stage.entry.undo.isVisible()
    choose(stage, "Undo: Rename Main entrance")
    assert not stage.entry.undo.isVisible()
    choose(stage, "Rename Room 102")
    assert stage.entry.undo.isVisible()
    assert stage.entry.undo.text() == "Undo this edit"


def test_after_the_release_nothing_is_taken_back(window, project) -> None:
    project.mark_released()
    stage = stage_of(window)
    choose(stage, "Rename Room 102")
    assert not stage.entry.undo.isVisible()


def test_enter_goes_to_the_device(window) -> None:
    stage = stage_of(window)
    choose(stage, "Rename Room 102")
    stage.list.setFocus()
    QTest.keyClick(stage.list, Qt.Key.Key_Return)
    assert window.page.workspace.selected == "l2"
    assert window.page.current() is window.page.stages["design"]


def test_a_new_edit_appears_and_the_chosen_entry_stays(window, project) -> None:
    stage = stage_of(window)
    choose(stage, "Rename Room 101")
    project.do(SetNode("l2", "name", "Suite 103"), "Rename Suite 102")
    assert labels(stage)[0] == "Rename Suite 102"
    assert stage.current().label == "Rename Room 101"


def test_a_device_that_is_gone_is_said(window, project) -> None:
    from larry.domain.edits import RemoveNode

    project.do(RemoveNode("l9"), "Remove Room 110")
    stage = stage_of(window)
    choose(stage, "Move Room 110 to Rep 1")
    QApplication.processEvents()
    words = [each.text() for each in stage.entry.findChildren(QWidget) if hasattr(each, "text")]
    assert any("not in the plan now" in str(each) for each in words)


def test_an_empty_history_says_what_comes(dressed, tmp_path, qtbot) -> None:
    project = Project.create(tmp_path / "new.larry", small_site())
    window = MainWindow(Memory(tmp_path / "settings"), Options(radio="none"))
    window.show_site(Workspace(project, StillFeed(window), window.tasks))
    window.show()
    window.page.show_stage("history")
    stage = stage_of(window)
    stage.refresh()
    if not project.history():
        assert stage._pages.currentIndex() == 1
        assert "first edit" in stage.empty._sentence.text()
    close_window(window)


def test_days_follow_the_laptops_clock() -> None:
    entry = HistoryEntry(1, "2026-11-19T23:30:00Z", "A", "hand", "Edit", undone=False)
    local = datetime.fromisoformat("2026-11-19T23:30:00+00:00").astimezone().date()
    heading = rows_of([entry], today=local)[0]
    assert heading.day == local
    assert heading.title.startswith("Today")
    assert rows_of([entry], today=date(2027, 1, 1))[0].title[0].isalpha()


def test_the_model_and_the_names(window, project) -> None:
    stage = stage_of(window)
    tester = QAbstractItemModelTester(stage.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    project.undo()
    del tester
    choose(stage, "Rename Room 102")
    for widget in stage.findChildren(QWidget):
        control = isinstance(widget, (QAbstractButton, QLineEdit, QAbstractItemView))
        inside = isinstance(widget.parent(), QLineEdit)
        if control and widget.isVisible() and not inside:
            assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name), widget
