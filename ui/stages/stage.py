"""What the frame expects of a stage."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.workspace import Workspace


class Stage(QWidget):
    """One of Design, Commission, Hand over, History: fills the window below the top bar.

    A stage listens to its workspace, changes the plan only through `workspace.do`, starts coroutines only
    through `workspace.tasks`, and leaves everything it connected when it is deleted.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def primary_action(self) -> QAction | None:
        """Return what the button at the right of the top bar does here, or None."""
        return None

    def panes(self) -> list[QWidget]:
        """Return the widgets F6 goes through, in reading order."""
        return [self]

    def activated(self) -> None:
        """Prepare for being shown, as the stage just chosen."""

    def leave(self) -> None:
        """Let go of everything that is not a child widget, when the site is closed."""

    def save_layout(self) -> dict[str, object]:
        """Return what should be remembered for this site: sizes, columns, open rows. Plain JSON values."""
        return {}

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Take back what `save_layout` gave, possibly by an older Larry: ignore what does not fit."""
