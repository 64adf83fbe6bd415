"""The Design stage: drops at view level, the card that explains, keys, menus, repairs, accessible names."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QMenu,
    QSpinBox,
    QWidget,
)
from small_site import small_site
from window_tools import StillFeed, close_window, design, drop_on, open_window

from larry.devices.found_device import DiscoverySnapshot, FoundDevice
from larry.domain.edits import MoveNode
from ui.models.payload import nodes_mime
from ui.models.site_tree_model import PARKED


@pytest.fixture
def window(dressed, tmp_path, qtbot):
    window = open_window(tmp_path, small_site())
    tester = QAbstractItemModelTester(
        design(window).tree.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    window.show()
    qtbot.waitExposed(window)
    yield window
    del tester
    close_window(window)


def row_middle(stage, node_id: str) -> QPoint:
    tree = stage.tree.tree
    tree.scrollTo(stage.tree.model.index_of(node_id))
    return tree.visualRect(stage.tree.model.index_of(node_id)).center()


def row_top(stage, node_id: str) -> QPoint:
    tree = stage.tree.tree
    box = tree.visualRect(stage.tree.model.index_of(node_id))
    return QPoint(box.center().x(), box.top() + 2)


def found_lock(device_id: str = "00A1B2C35D0D21", rssi_dbm: float = -52.0) -> FoundDevice:
    return FoundDevice(
        device_id, device_id, "lock", "Escutcheon", "escutcheon", "3.4.1", "factory", rssi_dbm, 0.0,
        ("ble",), "00:00:00:00:00:01", "", ("smp", "group65"), 96,
    )  # fmt: skip


def hear(window, *devices: FoundDevice) -> None:
    feed = window.page.workspace.feed
    assert isinstance(feed, StillFeed)
    revision = (feed.snapshot.revision if feed.snapshot else 0) + 1
    feed.put(DiscoverySnapshot(tuple(devices), (), True, revision))


def test_a_drop_moves_and_undo_restores(window) -> None:
    stage, project = design(window), window.page.workspace.project
    drop_on(stage.tree.tree.viewport(), nodes_mime(["l9"]), row_middle(stage, "r1"))
    assert project.site.nodes["l9"].parent == "r1"
    assert window.page.top.undo.toolTip() == "Undo: Move Room 110 to Rep 1"
    window.book["undo"].trigger()
    assert project.site.nodes["l9"].parent is None
    assert window.page.top.redo.toolTip() == "Redo: Move Room 110 to Rep 1"


def test_a_refused_drop_changes_nothing_and_says_why(window) -> None:
    stage, project = design(window), window.page.workspace.project
    drop_on(stage.tree.tree.viewport(), nodes_mime(["l9"]), row_middle(stage, "r2"))
    assert project.site.nodes["l9"].parent is None
    assert project.undo_label is None
    card = stage.card()
    assert card is not None
    assert "17 locks" in card.accessibleName()
    card.choose(1)
    assert project.site.nodes["l9"].parent == "r1"
    assert project.undo_label == "Room 110: Attach to Rep 1 instead"


def test_a_refused_row_never_becomes_its_neighbours_drop(window) -> None:
    """Qt turns a refused drop on a row into one above or below it: a no-op reorder, or worse a move."""
    stage, project = design(window), window.page.workspace.project
    tree = stage.tree.tree
    box = tree.visualRect(stage.tree.model.index_of("r2"))
    for y in (box.top() + 1, box.center().y(), box.bottom() - 1):
        drop_on(tree.viewport(), nodes_mime(["l9"]), QPoint(box.center().x(), y))
        assert project.site.nodes["l9"].parent is None
        assert project.undo_label is None


def test_a_drop_in_a_gap_reorders_among_siblings(window) -> None:
    stage, project = design(window), window.page.workspace.project
    drop_on(stage.tree.tree.viewport(), nodes_mime(["l3"]), row_top(stage, "l1"))
    assert list(project.site.children("r1")) == ["l3", "l1", "l2"]
    assert project.undo_label == "Move Main entrance up"


def test_a_drop_on_the_folder_parks(window) -> None:
    stage, project = design(window), window.page.workspace.project
    drop_on(stage.tree.tree.viewport(), nodes_mime(["l2"]), row_middle(stage, PARKED))
    assert project.site.nodes["l2"].parent is None
    assert project.undo_label == "Park Room 102"


def test_every_parent_is_marked_while_dragging(window, qtbot) -> None:
    stage = design(window)
    from ui.models.payload import Payload

    stage._dragging(Payload(node_id="l9"))
    marks = stage.tree.tree._marks
    assert marks.answer("r1").verdict == "yes"
    assert marks.answer("r2").verdict == "no"
    assert marks.words(marks.answer("r2")) == "no · 16 of 16 locks, full"
    assert marks.answer("l1") is None
    assert stage.right.currentWidget() is stage.places
    stage.tree.tree.viewport().repaint()
    stage._dragging(None)
    assert stage.right.currentWidget() is stage.inspector


def test_move_by_key_m_and_enter(window, qtbot) -> None:
    stage, workspace = design(window), window.page.workspace
    workspace.select("l9")
    stage.tree.tree.setFocus()
    qtbot.keyClick(stage.tree.tree, Qt.Key.Key_M)
    assert stage.right.currentWidget() is stage.places
    qtbot.keyClick(stage.places.list, Qt.Key.Key_Return)
    assert workspace.project.site.nodes["l9"].parent == "r1"


def test_order_by_alt_up_and_undo_by_ctrl_z(window, qtbot) -> None:
    workspace = window.page.workspace
    workspace.select("l2")
    window.book["move-up"].trigger()
    assert list(workspace.project.site.children("r1")) == ["l2", "l1", "l3"]
    window.book["undo"].trigger()
    assert list(workspace.project.site.children("r1")) == ["l1", "l2", "l3"]


def test_remove_and_undo(window) -> None:
    workspace = window.page.workspace
    workspace.select("r1")
    window.book["remove"].trigger()
    assert "l1" not in workspace.project.site.nodes
    assert workspace.project.undo_label == "Remove Rep 1 with 3 devices below"
    window.book["undo"].trigger()
    assert list(workspace.project.site.children("r1")) == ["l1", "l2", "l3"]


def test_a_found_device_is_assigned_by_one_click(window) -> None:
    stage, workspace = design(window), window.page.workspace
    hear(window, found_lock())
    assert stage.nearby.model.rowCount() == 2
    row = stage.nearby.model.items[1]
    assert row.suggestions
    stage.acts.put(row, "l9")
    assert workspace.project.site.nodes["l9"].device_id == "00A1B2C35D0D21"
    hear(window, found_lock())
    assert stage.nearby.model.items[0].text == "In this project"


def test_selecting_a_heard_device_selects_it_everywhere(window) -> None:
    stage, workspace = design(window), window.page.workspace
    hear(window, found_lock())
    stage.acts.put(stage.nearby.model.items[1], "l9")
    workspace.select("")
    hear(window, found_lock())
    stage.nearby.list.setCurrentIndex(stage.nearby.model.index(1))
    assert workspace.selected == "l9"
    assert stage.tree.tree.current_id() == "l9"


def test_signal_strengths_do_not_disturb_the_selection(window) -> None:
    stage = design(window)
    hear(window, found_lock(), found_lock("00A1B2C35D0D22"))
    stage.nearby.list.setCurrentIndex(stage.nearby.model.index(2))
    hear(window, found_lock(rssi_dbm=-80.0), found_lock("00A1B2C35D0D22", -81.0))
    assert stage.nearby.current().found.device_id == "00A1B2C35D0D22"
    assert stage.nearby.current().found.rssi_dbm == -81.0


def test_the_repair_of_a_finding_is_one_click(window, qtbot) -> None:
    stage, workspace = design(window), window.page.workspace
    model = stage.findings.model
    row = next(n for n, f in enumerate(model.findings) if f.code == "unplaced")
    assert model.repairs(row)[0].label == "Attach to Rep 1"
    with qtbot.waitSignal(workspace.findings_changed):
        stage.findings._repair(row)
    assert workspace.project.site.nodes["l9"].parent == "r1"
    assert not any(f.code == "unplaced" for f in model.findings)


def test_fields_of_the_inspector_are_edits(window, qtbot) -> None:
    stage, workspace = design(window), window.page.workspace
    workspace.select("l1")
    field = stage.inspector.form.device_id
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, "00a1 b2c3 5d0d 4f")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workspace.project.site.nodes["l1"].device_id == "00A1B2C35D0D4F"
    assert workspace.project.undo_label == "Set the Device ID of Room 101"


def test_search_finds_devices_and_actions(window) -> None:
    find = window.page.find
    assert [hit.title for hit in find.hits("room 110")] == ["Room 110"]
    assert any(hit.title == "Next finding" for hit in find.hits("next find"))


def test_a_released_site_can_be_read_not_changed(window) -> None:
    workspace = window.page.workspace
    workspace.project.mark_released()
    stage = design(window)
    drop_on(stage.tree.tree.viewport(), nodes_mime(["l9"]), row_middle(stage, "r1"))
    assert workspace.project.site.nodes["l9"].parent is None
    assert not window.page.top.undo.isEnabled()
    assert not workspace.do(MoveNode("l9", "r1"), "Move")
    assert window.page.toast.isVisible()


CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QAbstractItemView)


def test_every_control_has_a_name(window) -> None:
    """A screen reader has something to say about every control a person can meet."""
    window.page.workspace.select("iq1")
    named, unnamed = 0, []
    for widget in window.findChildren(QWidget):
        inside = isinstance(widget.parent(), (QComboBox, QSpinBox, QLineEdit, QAbstractItemView))
        if not isinstance(widget, CONTROLS) or inside or not widget.isVisibleTo(window):
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if face.text(QAccessible.Text.Name):
            named += 1
        else:
            unnamed.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert not unnamed, unnamed
    assert named > 20


def test_the_tree_reads_as_people_speak(window) -> None:
    tree = design(window).tree.tree
    face = QAccessible.queryAccessibleInterface(tree)
    rows = {face.child(number).text(QAccessible.Text.Name) for number in range(face.childCount())}
    assert "IQ Upper, IQ, planned, 16 of 16 locks, full" in rows
    assert "Room 101, lock on Rep 1, planned, link margin 12 dB" in rows


def test_layout_and_selection_come_back(window, tmp_path) -> None:
    stage, workspace = design(window), window.page.workspace
    workspace.select("l2")
    stage.tree.tree.collapse(stage.tree.model.index_of("iq2"))
    layout = window.page.save_layout()
    stage.tree.tree.expandAll()
    workspace.select("")
    window.page.restore_layout(layout)
    assert workspace.selected == "l2"
    assert not stage.tree.tree.isExpanded(stage.tree.model.index_of("iq2"))
    assert stage.tree.tree.isExpanded(stage.tree.model.index_of("r1"))


def test_the_site_and_its_floors_are_edited_where_no_device_is_selected(window, qtbot) -> None:
    stage, project = design(window), window.page.workspace.project
    window.book["site-details"].trigger()
    form = stage.inspector.site
    assert form.isVisible()
    form.email.setFocus()
    form.email.selectAll()
    qtbot.keyClicks(form.email, "new.owner@example.com")
    qtbot.keyClick(form.email, Qt.Key.Key_Return)
    assert project.site.info.owner_email == "new.owner@example.com"
    assert project.undo_label == "Set the owner's e-mail of the site"
    form.new_floor()
    assert [floor.name for floor in project.site.floors.values()] == ["Ground", "First", "Second"]
    window.book["undo"].trigger()
    assert len(project.site.floors) == 2


def test_a_found_device_added_to_a_parent_is_named_at_once(window, qtbot) -> None:
    stage, project = design(window), window.page.workspace.project
    hear(window, found_lock())
    stage.acts.put(stage.nearby.model.items[1], "r1")
    node_id = project.site.children("r1")[-1]
    assert project.site.nodes[node_id].device_id == "00A1B2C35D0D21"
    editor = stage.tree.tree.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Room 115")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: project.site.nodes[node_id].name == "Room 115", timeout=2000)


def test_an_attached_device_is_not_removed_by_a_key(window) -> None:
    workspace = window.page.workspace
    workspace.project.record_observed("l1", {"link_state": "attached"})
    workspace.select("l1")
    window.book["remove"].trigger()
    assert "l1" in workspace.project.site.nodes
    card = design(window).card()
    assert "attached" in card.accessibleName()
    card.choose(2)
    assert "l1" not in workspace.project.site.nodes


def test_actions_fit_the_selected_device(window) -> None:
    workspace = window.page.workspace
    workspace.select("iq1")
    assert not window.book["move-to"].isEnabled()
    assert not window.book["park"].isEnabled()
    workspace.select("l1")
    assert window.book["move-to"].isEnabled()
    assert window.book["park"].isEnabled()
    workspace.select("l9")
    assert not window.book["park"].isEnabled()


def test_every_repair_of_a_finding_stands_in_its_menu(window) -> None:
    stage, project = design(window), window.page.workspace.project
    panel = stage.findings
    row = next(n for n, f in enumerate(panel.model.findings) if f.code == "unplaced")
    panel._menu(panel.list.visualRect(panel.model.index(row, 0)).center())
    menu = panel.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == [r.label for r in panel.model.repairs(row)]
    menu.actions()[-1].trigger()
    assert project.site.nodes["l9"].parent == "iq1"
    menu.close()
