"""The frame: start page, new and open, closing, menus, what is remembered."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from small_site import small_site
from window_tools import close_window, design, open_window

from larry.domain.edits import SetNode
from larry.domain.hardware import SiteInfo
from larry.services.project import Project
from ui.dialogs.new_site import NewSiteAnswer, NewSiteDialog, file_name
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.options import Options, options_from
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory, RecentSite
from ui.shell.recent_list import SITE_ROLE
from ui.shell.site_files import SiteFiles


@pytest.fixture
def bare(dressed, tmp_path, qtbot):
    window = MainWindow(Memory(tmp_path / "settings"), Options(radio="none"))
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.leave_site()
    if window.feed.service is not None:
        window.feed.service.close()
        window.feed.use(None)
    close_window(window)


@pytest.fixture
def window(dressed, tmp_path, qtbot):
    window = open_window(tmp_path, small_site())
    window.show()
    qtbot.waitExposed(window)
    yield window
    close_window(window)


def test_a_new_site_is_a_file_at_once(bare, tmp_path) -> None:
    path = tmp_path / file_name("Hotel Adler")
    assert path.name == "hotel-adler.larry"
    bare.doors._make(NewSiteAnswer(SiteInfo("Hotel Adler", time_zone="Europe/Vienna"), path))
    assert path.exists()
    assert bare.page is not None
    assert bare.windowTitle() == "Hotel Adler – Larry"
    assert [site.name for site in bare.memory.recent()] == ["Hotel Adler"]


def test_the_dialog_says_what_is_missing(bare, tmp_path) -> None:
    dialog = NewSiteDialog(bare, tmp_path)
    assert "name" in dialog.problem()
    dialog.name.setText("Harbour Office 4")
    dialog.zone.setEditText("Europe/Atlantis")
    assert "time zone" in dialog.problem()
    dialog.zone.setEditText("Europe/Vienna")
    dialog.email.setText("owner@")
    assert "e-mail" in dialog.problem()
    dialog.email.setText("owner@example.com")
    assert dialog.problem() == ""
    (tmp_path / "harbour-office-4.larry").touch()
    assert "exists already" in dialog.problem()
    dialog.reject()


def test_a_foreign_file_is_refused_in_words(bare, tmp_path) -> None:
    path = tmp_path / "letter.larry"
    path.write_text("Dear Larry")
    bare.doors.open(path)
    assert bare.page is None
    toast = bare.start.toast
    assert toast.isVisible()
    assert "letter.larry" in toast.accessibleName()


def test_recent_sites_show_their_state(bare, tmp_path) -> None:
    rows = [
        RecentSite(str(tmp_path / "gone.larry"), "Gone", "2026-11-20T10:00:00+00:00"),
        RecentSite(
            str(tmp_path), "Here", "2026-11-20T10:00:00+00:00", 5, 2, 0, 1, open_act_names=["Room 103"]
        ),
    ]
    bare.memory.set_text("sites/recent", json.dumps([asdict(row) for row in rows]))
    bare.start.refresh()
    model = bare.start.model
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken[0].startswith("Gone, File not found")
    assert "2 of 5 devices online" in spoken[1]
    bare.start._search.setText("here")
    assert [model.index(row).data(SITE_ROLE).name for row in range(model.rowCount())] == ["Here"]


def test_undo_has_its_name_after_a_restart(window, tmp_path) -> None:
    window.page.workspace.do(SetNode("l1", "name", "Room 111"), "Rename Room 101 to Room 111")
    path = window.page.workspace.project.path
    window.leave_site()
    assert window.page is None
    again = Project.open(path)
    assert again.undo_label == "Rename Room 101 to Room 111"
    again.close()


def test_actions_of_a_closed_site_are_gone(window) -> None:
    assert "undo" in window.book
    window.leave_site()
    assert "undo" not in window.book
    assert "new" in window.book


def test_closing_shuts_down_and_then_ends(dressed, tmp_path) -> None:
    loop = qasync.QEventLoop(QApplication.instance())
    asyncio.set_event_loop(loop)
    window = open_window(tmp_path, small_site())
    path = window.page.workspace.project.path
    ended = []
    window.finished.connect(lambda: ended.append(True))
    window.finished.connect(loop.stop)
    waiting = asyncio.Event()

    async def work() -> None:
        await waiting.wait()

    async def begin() -> None:
        window.tasks.start(work(), "a long job")
        window.close()

    window.show()
    with loop:
        loop.create_task(begin())
        loop.run_forever()
    asyncio.set_event_loop(None)
    assert ended == [True]
    assert not window.isVisible()
    Project.open(path).close()  # the file was let go
    window.deleteLater()


def test_alt_alone_shows_the_menus_and_alt_down_does_not(window, qtbot) -> None:
    bar = window.menuBar()
    assert not bar.isVisible()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not bar.isVisible()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert bar.isVisible()


def test_export_and_import_say_what_they_did(window, tmp_path) -> None:
    files = SiteFiles(window, window.page.workspace)
    files.take_out(tmp_path / "plan.json")
    assert json.loads((tmp_path / "plan.json").read_text())["format"] == "larry-site"
    files.take_out(tmp_path / "plan.docx")
    assert "plan.docx" in window.page.toast.accessibleName()
    files.bring_in(tmp_path / "nothing.csv")
    assert "nothing.csv" in window.page.toast.accessibleName()


def test_narrow_windows_keep_everything_reachable(window) -> None:
    window.resize(1280, 720)
    QApplication.processEvents()
    page = window.page
    assert page.top.find.width() <= 34
    assert page.top.primary.isVisible()
    right = page.top.primary.mapTo(window, page.top.primary.rect().bottomRight())
    assert right.x() <= window.width()
    assert design(window).inspector.move_to.isVisible()


def test_options_of_the_command_line() -> None:
    options = options_from(["--practice", "--radio", "hci:tcp-client:127.0.0.1:9", "--serial", "/dev/pts/1"])
    assert options.practice
    assert (options.radio, options.serial) == ("hci:tcp-client:127.0.0.1:9", ["/dev/pts/1"])


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 640)])
def test_the_start_page_fits(bare, size) -> None:
    bare.resize(*size)
    QApplication.processEvents()
    area = bare.start.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    right = bare.start.practice.mapTo(area.viewport(), bare.start.practice.rect().topRight())
    assert right.x() < area.viewport().width()


def test_a_snapshot_after_the_site_was_closed_harms_nothing(window) -> None:
    feed = window.page.workspace.feed
    window.leave_site()
    feed.changed.emit()
    feed.sampled.emit()
    QApplication.processEvents()


def test_the_keys_are_listed_from_the_actions(window) -> None:
    window.show_keys()
    dialog = window.findChild(ShortcutsDialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    keys = {key.accessibleName() for key in dialog.findChildren(QWidget) if key.accessibleName()}
    assert {"Move to", "Undo", "Next finding"} <= words
    assert {"M", "Ctrl+Z", "F8", "Alt+Up"} <= keys
    dialog.accept()


def test_continue_job_opens_the_site_where_it_stopped(bare, tmp_path) -> None:
    path = tmp_path / "site.larry"
    Project.create(path, small_site()).close()
    bare.start.laptop.continue_asked.emit(str(path))
    assert bare.page.current() is bare.page.stages["commission"]
    bare.leave_site()
    bare.doors.open(path)
    assert bare.page.workspace.project.path == path
