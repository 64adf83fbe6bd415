"""Tools of the window's tests: a window on a project of the small site, without a radio."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from larry.domain.site import Site
from larry.services.project import Project
from ui.bridge.device_feed import DeviceFeed
from ui.options import Options
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory
from ui.stages.design.design_stage import DesignStage
from ui.workspace import Workspace

MOVE = Qt.DropAction.MoveAction
LEFT = Qt.MouseButton.LeftButton


class StillFeed(DeviceFeed):
    """A feed whose snapshot a test puts there."""

    def put(self, snapshot: object) -> None:
        """Show a snapshot."""
        self.snapshot = snapshot
        self.changed.emit()
        self.sampled.emit()


def open_window(folder: Path, site: Site) -> MainWindow:
    """Open a window on a new project with this site."""
    window = MainWindow(Memory(folder / "settings"), Options(radio="none"))
    project = Project.create(folder / "site.larry", site)
    window.show_site(Workspace(project, StillFeed(window), window.tasks))
    window.resize(1440, 900)
    return window


def design(window: MainWindow) -> DesignStage:
    """Return its Design stage."""
    stage = window.page.stages["design"]
    assert isinstance(stage, DesignStage)
    return stage


def close_window(window: MainWindow) -> None:
    """Close it without a loop."""
    window.leave_site()
    window.hide()
    window.deleteLater()
    QApplication.processEvents()


def drop_on(viewport: QWidget, mime: QMimeData, at: QPoint) -> bool:
    """Send what a drag sends: enter, move, drop; return whether the last was accepted."""
    buttons, keys = LEFT, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(viewport, QDragEnterEvent(at, MOVE, mime, buttons, keys))
    QApplication.sendEvent(viewport, QDragMoveEvent(at, MOVE, mime, buttons, keys))
    drop = QDropEvent(QPointF(at), MOVE, mime, buttons, keys)
    QApplication.sendEvent(viewport, drop)
    return drop.isAccepted()
