"""Making, opening and checking packs: what takes time runs beside the window's thread."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from larry.errors import LarryError
from larry.services.check_pack import check_pack
from larry.services.extract_report import extract_report
from larry.services.hand_over import note_pack, prepare_pack
from larry.services.handover_state import newest_edit, remember_pack
from larry.services.project import INSTALLER
from ui.workspace import Workspace


class PackMaker(QObject):
    """The pack of one site.

    Signals:
        busy_changed: something runs; carries its sentence, "" when it ended.
        made: a pack was made; carries its path.
        refused: carries the `LarryError` and what to do again.
    """

    busy_changed = Signal(str)
    made = Signal(str)
    refused = Signal(object, object)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._left = False
        self._reading: tempfile.TemporaryDirectory[str] | None = None

    def make(self, folder: Path, *, draft: bool) -> None:
        """Make a pack in a folder."""
        project = self._workspace.project

        def again() -> None:
            self.make(folder, draft=draft)

        try:
            name = project.who if project.who != INSTALLER else ""
            order = prepare_pack(project, draft=draft, made_by=name)
        except LarryError as error:
            self.refused.emit(error, again)
            return
        number = newest_edit(project)

        def done(handed: Any) -> None:
            note_pack(project, handed, draft=draft)
            remember_pack(project, handed, number, draft=draft)
            self.busy_changed.emit("")
            self.made.emit(str(handed.path))

        words = self.tr("Making the draft …") if draft else self.tr("Making the pack …")
        self._run(asyncio.to_thread(order.make, folder), words, done, again)

    def show_folder(self, pack: Path) -> None:
        """Open the folder of a pack with the system's file browser."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(pack.parent))):
            self._workspace.tell("info", self.tr("The pack is in {folder}.").format(folder=pack.parent))

    def open_report(self, pack: Path) -> None:
        """Open the report of a pack with the system's reader; it is taken out into a temporary folder."""
        if self._reading is None:
            self._reading = tempfile.TemporaryDirectory(prefix="larry-report-")
        folder = Path(self._reading.name)

        def done(path: Any) -> None:
            self.busy_changed.emit("")
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                what = self.tr("This computer has no program for PDF.")
                self._workspace.tell("warn", what, self.tr("The report is {path}.").format(path=path))

        words = self.tr("Taking out the report …")
        self._run(
            asyncio.to_thread(extract_report, pack, folder), words, done, lambda: self.open_report(pack)
        )

    def verify(self, pack: Path) -> None:
        """Check a pack and say how it is."""

        def done(result: Any) -> None:
            self.busy_changed.emit("")
            if result.ok:
                what = self.tr("{file} is whole: every hash fits.").format(file=pack.name)
                self._workspace.tell("ok", what, f"SHA-256 {result.sha256}")
                return
            first = str(result.problems[0])
            what = self.tr("{file} was changed.").format(file=pack.name)
            self._workspace.tell("error", what, first, self.tr("Use the original, or make the pack again."))

        words = self.tr("Verifying the pack …")
        self._run(asyncio.to_thread(check_pack, pack), words, done, lambda: self.verify(pack))

    def close(self) -> None:
        """Let the temporary folder go; a pack that is being written is finished, but not noted any more."""
        self._left = True
        if self._reading is not None:
            self._reading.cleanup()
            self._reading = None

    def _run(self, work: Any, words: str, done: Callable[[Any], None], again: Callable[[], None]) -> None:
        def ended(result: Any) -> None:
            if not self._left:
                done(result)

        def failed(error: LarryError) -> None:
            if not self._left:
                self.busy_changed.emit("")
                self.refused.emit(error, again)

        self.busy_changed.emit(words)
        if self._workspace.tasks.start(work, words.rstrip(" …"), done=ended, failed=failed) is None:
            self.busy_changed.emit("")
