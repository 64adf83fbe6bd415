"""Hand over: lines go to their causes, the pack is real, the release happens once and in the right order."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFileDialog, QLineEdit, QWidget

from larry.domain.edits import SetNode, SetSite
from larry.services.check_pack import check_pack
from larry.services.handover_state import load_handover
from larry.services.read_checklist import LineState
from ui.stages.handover.checklist_rows import GroupRow
from ui.stages.handover.release_dialog import ReleaseDialog

LEFT = Qt.MouseButton.LeftButton


def line(bench, key: str):
    row = bench.stage.model.row_of(key)
    assert row >= 0, key
    return bench.stage.model.rows[row]


def press(bench, key: str) -> None:
    """Press the button of a line with the mouse."""
    view, model = bench.stage.list, bench.stage.model
    index = model.index(model.row_of(key))
    view.scrollTo(index)
    box = view._delegate.act_rect(view.visualRect(index), index)
    assert box.isValid(), key
    bench.loop.do(lambda: QTest.mouseClick(view.viewport(), LEFT, pos=box.center()))


def break_it(bench) -> None:
    bench.project.record_observed("l10", {"online": False})
    bench.project.do(SetSite("owner_email", None), "Forget the owner")
    bench.loop.wait(lambda: bench.stage.model.row_of("owner-email") >= 0 and len(errors(bench)) == 2)


def errors(bench) -> list[str]:
    rows = bench.stage.model.rows
    return [row.key for row in rows if getattr(row, "state", None) is LineState.ERROR]


def type_owner(bench, first: str, second: str) -> None:
    form = bench.stage.pane.owner
    for field, text in ((form.first, first), (form.second, second)):

        def type_it(field=field, text=text) -> None:
            field.setFocus()
            field.clear()
            QTest.keyClicks(field, text)

        bench.loop.do(type_it)
    bench.loop.do(lambda: QTest.keyClick(form.second, Qt.Key.Key_Return))


def make_pack(bench, folder: Path, button) -> None:
    """Press a button and choose the folder in the dialog that opens."""
    bench.loop.do(lambda: QTest.mouseClick(button, LEFT))
    dialog = bench.window.findChild(QFileDialog)
    assert dialog is not None
    bench.loop.do(lambda: dialog.fileSelected.emit(str(folder)))
    dialog.close()
    bench.loop.wait(lambda: not bench.stage._busy)


def test_a_clean_checklist_asks_for_the_pack(open_stage) -> None:
    bench = open_stage(None)
    stage = bench.stage
    assert stage.title.text() == "Is Hotel Adler ready for its owner?"
    assert errors(bench) == []
    assert stage.pane.primary.text() == "Make pack…"
    assert stage.pane.primary.isEnabled()
    assert "ready for the pack" in stage.pane.chip.accessibleName()


def test_errors_come_first_and_block(open_stage) -> None:
    bench = open_stage(None)
    break_it(bench)
    stage = bench.stage
    assert isinstance(stage.model.rows[0], GroupRow)
    assert stage.model.rows[1].key == "locks-online"
    assert not stage.pane.primary.isEnabled()
    assert "2 errors" in stage.pane.hint.text()
    assert "2 errors block the handover" in stage.summary.text()
    bench.loop.do(lambda: stage.order.chosen.emit("all"))
    assert stage.model.rows[1].key == "iqs-in-cloud"


def test_a_line_goes_to_its_cause_by_mouse_and_key(open_stage) -> None:
    bench = open_stage(None)
    break_it(bench)
    press(bench, "owner-email")
    assert bench.stage.pane.owner.first.hasFocus()
    stage = bench.stage
    bench.loop.do(lambda: stage.list.setCurrentIndex(stage.model.index(stage.model.row_of("locks-online"))))
    bench.loop.do(lambda: QTest.keyClick(stage.list, Qt.Key.Key_Return))
    assert bench.window.page.workspace.selected == "l10"
    assert bench.window.page.current() is bench.window.page.stages["commission"]


def test_a_wrong_zone_is_chosen_again(open_stage) -> None:
    bench = open_stage(None)
    bench.project.do(SetSite("time_zone", None), "Forget the zone")
    bench.loop.wait(lambda: "time-zone" in errors(bench))
    press(bench, "time-zone")
    from ui.stages.handover.zone_dialog import ZoneDialog

    dialog = bench.window.findChild(ZoneDialog)
    bench.loop.do(lambda: dialog.zone.setCurrentText("Europe/Vienna"))
    bench.loop.do(dialog._choose)
    bench.loop.wait(lambda: "time-zone" not in errors(bench))
    assert bench.project.site.info.time_zone == "Europe/Vienna"


def test_groups_fold_and_open_by_key(open_stage) -> None:
    bench = open_stage(None)
    stage = bench.stage
    before = len(stage.model.rows)
    bench.loop.do(lambda: stage.list.setCurrentIndex(stage.model.index(0)))
    bench.loop.do(lambda: QTest.keyClick(stage.list, Qt.Key.Key_Left))
    folded = stage.model.rows[0]
    assert folded.folded
    assert len(stage.model.rows) == before - folded.total
    bench.loop.do(lambda: QTest.keyClick(stage.list, Qt.Key.Key_Return))
    assert len(stage.model.rows) == before


def test_the_pack_is_made_verified_and_goes_stale(open_stage, tmp_path, monkeypatch) -> None:
    bench = open_stage(None)
    stage = bench.stage
    make_pack(bench, tmp_path / "out", stage.pane.primary)
    state = load_handover(bench.project)
    assert check_pack(Path(state.pack)).ok
    assert check_pack(Path(state.pack)).sha256 == state.sha256
    assert stage.pane.primary.text() == "Release to the owner…"
    assert stage.pane.pack_name.text() == Path(state.pack).name
    assert any("Close-out pack made" in entry.label for entry in bench.project.history())
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    for key in ("folder", "report", "verify"):
        bench.loop.do(lambda key=key: stage.pane.pressed.emit(key))
        bench.loop.wait(lambda: not stage._busy)
    assert opened[0] == str(tmp_path / "out")
    assert Path(opened[1]).read_bytes().startswith(b"%PDF")
    assert "is whole" in bench.window.page.toast.accessibleName()
    bench.project.do(SetNode("l10", "name", "Suite 101"), "Rename Room 101")
    bench.loop.wait(lambda: stage.pane.primary.text() == "Make pack…")
    assert "plan changed since" in stage.pane.pack_detail.text()


def test_a_changed_pack_is_found_out(open_stage, tmp_path) -> None:
    bench = open_stage(None)
    make_pack(bench, tmp_path, bench.stage.pane.primary)
    pack = Path(load_handover(bench.project).pack)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    pack.write_bytes(bytes(data))
    bench.loop.do(lambda: bench.stage.pane.pressed.emit("verify"))
    bench.loop.wait(lambda: not bench.stage._busy)
    assert "was changed" in bench.window.page.toast.accessibleName()


def test_a_draft_is_made_with_errors_and_says_so(open_stage, tmp_path) -> None:
    bench = open_stage(None)
    break_it(bench)
    make_pack(bench, tmp_path, bench.stage.pane.second)
    state = load_handover(bench.project)
    assert state.draft
    assert "-draft" in state.pack
    assert "every page says so" in bench.stage.pane.pack_detail.text()
    assert not bench.stage.pane.primary.isEnabled()


def test_a_folder_that_cannot_be_written_is_told_with_a_way_on(open_stage, tmp_path) -> None:
    bench = open_stage(None)
    (tmp_path / "file").write_text("in the way")
    make_pack(bench, tmp_path / "file" / "out", bench.stage.pane.primary)
    note = bench.stage.pane.note
    assert note.isVisible()
    assert "cannot be used" in note.title.text()
    (tmp_path / "file").unlink()
    bench.loop.do(lambda: QTest.mouseClick(note.button, LEFT))
    bench.loop.wait(lambda: load_handover(bench.project).pack)
    assert not note.isVisible()


def test_the_mail_must_be_typed_twice_alike(open_stage, tmp_path, cloud) -> None:
    bench = open_stage(cloud.url)
    make_pack(bench, tmp_path, bench.stage.pane.primary)
    pane = bench.stage.pane
    assert not pane.primary.isEnabled()
    type_owner(bench, "owner@example.com", "owner@example.org")
    assert "after “@”" in pane.owner.problem()
    assert not pane.primary.isEnabled()
    assert load_handover(bench.project).owner_confirmed == ""
    type_owner(bench, "owner@example.com", "owner@example.com")
    assert pane.primary.isEnabled()
    # Another address in the plan counts only after it was typed twice too; and the pack names the old one.
    type_owner(bench, "new@example.com", "new@example.com")
    assert bench.project.site.info.owner_email == "new@example.com"
    assert pane.primary.text() == "Make pack…"


def ready(bench, folder: Path) -> None:
    make_pack(bench, folder, bench.stage.pane.primary)
    type_owner(bench, "owner@example.com", "owner@example.com")


def confirm(bench) -> None:
    bench.loop.do(lambda: QTest.mouseClick(bench.stage.pane.primary, LEFT))
    dialog = bench.window.findChild(ReleaseDialog)
    assert dialog is not None
    bench.loop.do(dialog.ok.click)
    bench.loop.wait(lambda: not bench.stage._busy)


def test_release_invites_the_owner_and_ends_editing(open_stage, tmp_path, cloud) -> None:
    bench = open_stage(cloud.url)
    ready(bench, tmp_path)
    confirm(bench)
    assert bench.project.released
    stage = bench.stage
    assert stage.title.text() == "Hotel Adler belongs to its owner"
    assert not stage.pane.primary.isVisible()
    assert not stage.pane.owner.isVisible()
    assert "read, not changed" in stage.pane.hint.text()
    assert all(stage.model.act(stage.model.index(row)) is None for row in range(len(stage.model.rows)))


def test_cancel_releases_nothing(open_stage, tmp_path, cloud) -> None:
    bench = open_stage(cloud.url)
    ready(bench, tmp_path)
    bench.loop.do(lambda: QTest.mouseClick(bench.stage.pane.primary, LEFT))
    dialog = bench.window.findChild(ReleaseDialog)
    assert dialog.cancel.isDefault()
    bench.loop.do(dialog.cancel.click)
    assert not bench.project.released


def test_an_offline_cloud_waits_and_goes_on_later(open_stage, tmp_path, cloud) -> None:
    bench = open_stage(cloud.url)
    ready(bench, tmp_path)
    cloud.faults.offline = True
    confirm(bench)
    note = bench.stage.pane.note
    assert not bench.project.released
    assert note.isVisible()
    assert "The release waits" in note.words.text()
    cloud.faults.offline = False
    bench.loop.do(lambda: QTest.mouseClick(note.button, LEFT))
    bench.loop.wait(lambda: bench.project.released)


def test_a_refusal_is_told_in_words(open_stage, tmp_path, cloud) -> None:
    bench = open_stage(cloud.url)
    type_owner(bench, "someone@example.com", "someone@example.com")
    make_pack(bench, tmp_path, bench.stage.pane.primary)
    confirm(bench)
    note = bench.stage.pane.note
    assert note.isVisible()
    assert note.title.text()
    assert note.words.text()
    assert not bench.project.released


def test_without_a_cloud_the_release_waits_and_can_be_marked(open_stage, tmp_path) -> None:
    bench = open_stage(None)
    ready(bench, tmp_path)
    pane = bench.stage.pane
    assert not pane.primary.isEnabled()
    assert "the release waits" in pane.hint.text().casefold()
    bench.loop.do(lambda: QTest.mouseClick(pane.elsewhere, LEFT))
    dialog = bench.window.findChild(ReleaseDialog)
    bench.loop.do(dialog.ok.click)
    assert bench.project.released


def test_checking_again_reads_the_cloud(open_stage, cloud) -> None:
    bench = open_stage(cloud.url)
    bench.loop.do(lambda: QTest.mouseClick(bench.stage.check, LEFT))
    bench.loop.wait(lambda: not bench.stage._busy)
    assert "Read again" in bench.window.page.toast.accessibleName()
    cloud.faults.offline = True
    bench.loop.do(bench.stage.check_again)
    bench.loop.wait(lambda: not bench.stage._busy)
    assert bench.stage.pane.note.button.text() == "Retry"


def test_nothing_to_read_with_means_no_dead_button(open_stage) -> None:
    bench = open_stage(None)
    assert not bench.stage.check.isEnabled()
    assert "no radio" in bench.stage.check.toolTip()


def test_the_model_keeps_qts_rules(open_stage) -> None:
    bench = open_stage(None)
    tester = QAbstractItemModelTester(bench.stage.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    break_it(bench)
    bench.loop.do(lambda: bench.stage.model.sort_open_first(False))
    del tester


def test_every_control_has_a_name(open_stage, tmp_path) -> None:
    bench = open_stage(None)
    break_it(bench)
    make_pack(bench, tmp_path, bench.stage.pane.second)
    unnamed = []
    for widget in bench.stage.findChildren(QWidget):
        control = isinstance(widget, (QAbstractButton, QLineEdit, QAbstractItemView))
        if control and widget.isVisible():
            face = QAccessible.queryAccessibleInterface(widget)
            if not face.text(QAccessible.Text.Name):
                unnamed.append(widget)
    assert not unnamed


def test_nothing_is_cut_in_a_small_window(open_stage, tmp_path) -> None:
    bench = open_stage(None)
    break_it(bench)
    bench.loop.do(lambda: bench.window.resize(1280, 720))
    stage = bench.stage
    for widget in (stage.check, stage.pane.primary, stage.pane.second, stage.pane.hint):
        corner = widget.mapTo(bench.window, QPoint(widget.width(), widget.height()))
        assert corner.x() <= 1280, widget
        assert corner.y() <= 720, widget
        assert widget.width() >= widget.minimumSizeHint().width(), widget


def test_closing_the_site_in_the_middle_breaks_nothing(open_stage, tmp_path, cloud, loop) -> None:
    bench = open_stage(cloud.url)
    ready(bench, tmp_path)
    cloud.faults.delay_s = 0.5

    async def leave_at_once() -> None:
        bench.stage.release()
        bench.stage.packs.make(tmp_path / "late", draft=False)
        await asyncio.sleep(0.05)
        bench.window.leave_site()

    loop.run_until_complete(leave_at_once())
    loop.wait(lambda: list((tmp_path / "late").glob("*.larrypack")))
    assert bench.window.page is None
