"""Doors into an open site, and the plan out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from larry.errors import LarryError
from larry.services.project_export import export_file
from larry.services.project_import import import_file
from ui.words import counted
from ui.workspace import Workspace


class SiteFiles(QObject):
    """Imports into a site and exports it; what could not be carried is always said."""

    def __init__(self, window: QWidget, workspace: Workspace) -> None:
        super().__init__(window)
        self._window, self._workspace = window, workspace

    def choose_import(self) -> None:
        """Ask for a door list or a site file."""
        dialog = self._dialog(self.tr("Import doors"), self.tr("Door lists and site files (*.csv *.json)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.bring_in(Path(name)))
        dialog.open()

    def choose_export(self) -> None:
        """Ask where to export to."""
        dialog = self._dialog(self.tr("Export"), self.tr("Site file (*.json);;Door list (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{self._workspace.project.path.stem}.json")
        dialog.fileSelected.connect(lambda name: self.take_out(Path(name)))
        dialog.open()

    def bring_in(self, source: Path) -> None:
        """Import a file into the site, as one undoable step."""

        def act() -> None:
            answer = import_file(self._workspace.project, source)
            words = counted(answer.added, self.tr("{n} device added"), self.tr("{n} devices added"))
            if answer.updated:
                words += ", " + counted(answer.updated, self.tr("{n} updated"), self.tr("{n} updated"))
            self._say(words, list(answer.not_carried))

        self._guarded(act)

    def take_out(self, target: Path) -> None:
        """Export the plan."""

        def act() -> None:
            lost = export_file(self._workspace.project, target)
            self._say(self.tr("Exported to {file}").format(file=target.name), lost)

        self._guarded(act)

    def _say(self, what: str, lost: list[str]) -> None:
        self._workspace.tell("warn" if lost else "ok", f"{what}.", " ".join(lost[:4]))

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except LarryError as error:
            self._workspace.tell_error(error)

    def _dialog(self, title: str, pattern: str) -> QFileDialog:
        folder = str(self._workspace.project.path.parent)
        dialog = QFileDialog(self._window, title, folder, pattern)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
