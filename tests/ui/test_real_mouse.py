"""A real pointer (xdotool under Xvfb) drags hardware: `pytest -m mouse`."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from small_site import small_site
from window_tools import close_window, design, open_window

pytestmark = pytest.mark.mouse


@pytest.fixture
def window(dressed, tmp_path, qtbot):
    if QGuiApplication.platformName() != "xcb" or not shutil.which("xdotool"):
        pytest.skip("needs a display and xdotool: run with -m mouse")
    window = open_window(tmp_path, small_site())
    window.move(0, 0)
    window.show()
    qtbot.waitExposed(window)
    yield window
    close_window(window)


def gesture(source: QPoint, target: QPoint, steps: int = 14) -> subprocess.Popen[bytes]:
    """Press at one place of the screen, move, release at another: in a process of its own."""
    acts: list[object] = ["mousemove", "--sync", source.x(), source.y(), "mousedown", 1, "sleep", 0.08]
    for step in range(1, steps + 1):
        at = source + (target - source) * (step / steps)
        acts += ["mousemove", at.x(), at.y(), "sleep", 0.02]
    command = ["xdotool", *map(str, acts), "sleep", "0.15", "mouseup", "1"]
    return subprocess.Popen(command)


def on_screen(stage, node_id: str) -> QPoint:
    tree = stage.tree.tree
    index = stage.tree.model.index_of(node_id)
    box = tree.visualRect(index)
    return tree.viewport().mapToGlobal(QPoint(box.left() + 40, box.center().y()))


def drag(qtbot, stage, node_id: str, target: str, until) -> None:
    acting = gesture(on_screen(stage, node_id), on_screen(stage, target))
    try:
        qtbot.waitUntil(until, timeout=8000)
    finally:
        acting.wait(8)


def test_drag_to_another_iq_refused_on_a_full_one_and_undone(window, qtbot) -> None:
    stage, project = design(window), window.page.workspace.project
    tree = stage.tree.tree
    tree.collapse(stage.tree.model.index_of("r2"))
    tree.expand(stage.tree.model.index_of("r1"))
    # From the full IQ to the one with room.
    tree.expand(stage.tree.model.index_of("r2"))
    qtbot.wait(50)
    drag(qtbot, stage, "u0", "r1", lambda: project.site.nodes["u0"].parent == "r1")
    assert project.undo_label == "Move Room 201 to Rep 1"
    window.book["undo"].trigger()
    assert project.site.nodes["u0"].parent == "r2"
    assert project.site.children("r2")[0] == "u0"
    # From the one with room to the full one: refused, with the number; nothing changes.
    drag(qtbot, stage, "l1", "r2", lambda: stage.card() is not None)
    assert project.site.nodes["l1"].parent == "r1"
    assert "17 locks" in stage.card().accessibleName()
    assert "16" in stage.card().accessibleName()
    assert project.redo_label == "Move Room 201 to Rep 1"


def test_drag_in_a_gap_reorders(window, qtbot) -> None:
    stage, project = design(window), window.page.workspace.project
    tree = stage.tree.tree
    box = tree.visualRect(stage.tree.model.index_of("l1"))
    gap = tree.viewport().mapToGlobal(QPoint(box.left() + 40, box.top() + 1))
    acting = gesture(on_screen(stage, "l3"), gap)
    try:
        qtbot.waitUntil(lambda: project.site.children("r1")[0] == "l3", timeout=8000)
    finally:
        acting.wait(8)
    assert project.undo_label == "Move Main entrance up"
