"""The plan shows what the tree shows, in metres, and answers drops in the same words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication
from small_site import small_site
from window_tools import close_window, design, drop_on, open_window

from ui.models.payload import Payload, nodes_mime
from ui.stages.design.plan.tag_places import TagPlaces, mark_places


@pytest.fixture
def window(dressed, tmp_path, qtbot):
    window = open_window(tmp_path, small_site())
    window.show()
    qtbot.waitExposed(window)
    design(window).tree.show_view("plan")
    QApplication.processEvents()
    yield window
    close_window(window)


def place_of(view, node_id: str) -> QPoint:
    return view.mapFromScene(view._items[node_id].pos())


def test_a_floor_shows_its_devices_and_ghosts_of_parents_elsewhere(window) -> None:
    plan = design(window).tree.plan
    assert set(plan.view._items) == {"iq1", "r1", "l1", "l2", "l3", "l9"}
    plan.show_floor("f1")
    assert "u15" in plan.view._items
    assert "l1" not in plan.view._items


def test_a_click_selects_in_all_views(window, qtbot) -> None:
    stage = design(window)
    view = stage.tree.plan.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, "r1"))
    assert window.page.workspace.selected == "r1"
    assert stage.tree.tree.current_id() == "r1"


def test_selecting_a_device_of_another_floor_shows_it(window) -> None:
    window.page.workspace.select("u3")
    view = design(window).tree.plan.view
    assert view.floor_id == "f1"
    assert view._items["u3"].chosen


def test_drops_have_the_answers_of_the_tree(window) -> None:
    stage, project = design(window), window.page.workspace.project
    view = stage.tree.plan.view
    drop_on(view.viewport(), nodes_mime(["l9"]), place_of(view, "r1"))
    assert project.site.nodes["l9"].parent == "r1"
    window.book["undo"].trigger()
    stage.tree.plan.show_floor("f1")
    drop_on(view.viewport(), nodes_mime(["l9"]), place_of(view, "r2"))
    assert project.site.nodes["l9"].parent is None
    assert "17 locks" in stage.card().accessibleName()


def test_marks_say_yes_and_no_while_dragging(window) -> None:
    stage = design(window)
    stage._dragging(Payload(node_id="l9"))
    items = stage.tree.plan.view._items
    assert items["r1"].mark[0].startswith("yes")
    assert items["l1"].mark is None
    stage._dragging(None)
    assert items["r1"].mark is None


def test_marks_do_not_cover_each_other() -> None:
    room = QRectF(0, 0, 800, 600)
    places = TagPlaces([], room)
    boxes = []
    for number in range(6):
        spot = QPointF(200 + number * 40, 300)
        boxes.append(places.choose(spot, mark_places(180, 24), must=True).translated(spot))
    for number, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:number])


def test_both_needs_a_wide_window(window) -> None:
    panel = design(window).tree
    window.resize(1280, 720)
    QApplication.processEvents()
    panel.show_view("both")
    assert panel.views.choice() == "plan"
