"""The way to the practice control: made when it is first asked for, gone with the site."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.practice.practice_feed import PracticeFeed
from ui.practice.practice_window import PracticeWindow
from ui.workspace import Workspace


class PracticeDoor(QObject):
    """Opens the control of the practice site a workspace works with, and adds the action for it."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.window: PracticeWindow | None = None
        self._wants_look = False
        workspace.actions.add(
            "practice-control",
            self.tr("Practice site control"),
            self.open,
            menu="view",
            icon="flask-conical",
            keys=["Ctrl+P"],
            group=2,
        )

    def open(self) -> None:
        """Show the window; the device selected in the main window is shown there."""
        workspace = self._workspace
        if workspace.practice is None:
            return
        self._wants_look = True
        if self.window is None:
            feed = PracticeFeed(workspace.practice["control"], workspace.tasks, self)
            self.window = PracticeWindow(feed, workspace.project.site.info.name)
            feed.world_changed.connect(self._first_look)
        else:
            self._first_look()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Let the window go."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _first_look(self) -> None:
        """Choose the device selected in the main window, once the world is known; then the person chooses."""
        if self.window is None or not self.window.feed.world or not self._wants_look:
            return
        self._wants_look = False
        node = self._workspace.selected_node()
        if node is not None:
            named = [each for each in self.window.feed.world["devices"] if each["name"] == node.name]
            wanted = node.device_id or (named[0]["device_id"] if named else "")
            self.window.choose(wanted)
