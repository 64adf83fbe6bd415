"""The ways into a site: new, open, import, practise. They end in `opened` with a workspace."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from larry import bootstrap
from larry.domain.site import Site
from larry.errors import LarryError
from larry.services.practice import PracticeAddresses, PracticeProcess
from larry.services.practice_project import create_practice_project
from larry.services.project import Project
from larry.services.project_import import import_as_new
from ui.bridge.device_feed import DeviceFeed
from ui.bridge.tasks import Tasks
from ui.dialogs.new_site import SUFFIX, NewSiteAnswer, NewSiteDialog, file_name
from ui.dialogs.passphrase import SessionPassphrase
from ui.notice import Notice, notice_of
from ui.options import Options
from ui.shell.memory import Memory
from ui.workspace import Workspace


class SiteDoors(QObject):
    """Opens sites.

    Signals:
        opened: carries the `Workspace` of the site that was opened.
        told: a `Notice`.
        practice_busy: True while the practice site is being started.
    """

    opened = Signal(object)
    told = Signal(object)
    practice_busy = Signal(bool)

    def __init__(
        self, window: QWidget, memory: Memory, feed: DeviceFeed, tasks: Tasks, options: Options
    ) -> None:
        super().__init__(window)
        self._window, self._memory, self._feed, self._tasks, self._options = (
            window,
            memory,
            feed,
            tasks,
            options,
        )
        self._practice: PracticeProcess | None = None
        self._addresses: PracticeAddresses | None = None
        self._starting = False
        self._dialog: NewSiteDialog | None = None

    # --- what a person asks for ------------------------------------------------------------

    def new(self) -> None:
        """Ask for a new site."""
        dialog = NewSiteDialog(self._window, self._folder())
        dialog.confirmed.connect(self._make)
        dialog.open()

    def choose(self) -> None:
        """Ask which file to open."""
        pattern = self.tr("Larry sites (*.larry);;All files (*)")
        self._ask_file(self.tr("Open a site"), pattern, lambda name: self.open(Path(name)))

    def choose_import(self) -> None:
        """Ask which doors to import."""
        pattern = self.tr("Site files and door lists (*.json *.csv);;All files (*)")
        self._ask_file(self.tr("Import doors"), pattern, lambda name: self.import_new(Path(name)))

    def open(self, path: Path) -> None:
        """Open a site; one that was opened as practice site gets its hotel back."""
        known = next((site for site in self._memory.recent() if Path(site.path) == path), None)
        if known is not None and known.practice and self._addresses is None:
            self.practise(path)
            return
        secret = SessionPassphrase()
        project = self._guarded(lambda: bootstrap.open_project(path, passphrase=secret))
        if project is not None:
            self._enter(project, secret, practice=known is not None and known.practice)

    def import_new(self, source: Path) -> None:
        """Make a new site of an exchange file or a door list, beside the others."""
        target = _free_path(self._folder() / file_name(source.stem))
        secret = SessionPassphrase()

        def create(path: Path, site: Site) -> Project:
            return bootstrap.create_project(path, site, passphrase=secret)

        made = self._guarded(lambda: import_as_new(target, source, create))
        if made is None:
            return
        project, answer = made
        self._enter(project, secret)
        lost = " ".join(answer.not_carried[:3])
        words = self.tr("{count} devices imported from {file}.").format(count=answer.added, file=source.name)
        self.told.emit(Notice("warn" if lost else "ok", words, lost))

    def practise(self, path: Path | None = None) -> None:
        """Start the practice hotel and open its project."""
        if self._starting:
            return
        self._starting = True
        self.practice_busy.emit(True)
        self._tasks.start(
            self._start_practice(),
            self.tr("Start the practice site"),
            done=lambda _: self._enter_practice(path),
            failed=self._practice_failed,
        )

    async def stop(self) -> None:
        """End the practice site, if one runs."""
        if self._practice is not None:
            await self._practice.stop()
            self._practice = None
            self._addresses = None

    # --- doing it ---------------------------------------------------------------------------

    async def _start_practice(self) -> None:
        if self._practice is None:
            self._practice = PracticeProcess()
            try:
                self._addresses = await self._practice.start()
            except BaseException:
                self._practice = None
                raise

    def _practice_failed(self, error: LarryError) -> None:
        self._starting = False
        self.practice_busy.emit(False)
        self.told.emit(notice_of(error))

    def _enter_practice(self, path: Path | None) -> None:
        self._starting = False
        self.practice_busy.emit(False)
        file = path or self._practice_path()
        secret = SessionPassphrase()
        secret.preset("practice")

        def make() -> Project:
            if file.exists():
                return bootstrap.open_project(file, passphrase=secret)
            file.parent.mkdir(parents=True, exist_ok=True)
            return create_practice_project(
                file, lambda path, site: bootstrap.create_project(path, site, passphrase=secret)
            )

        project = self._guarded(make)
        if project is not None:
            self._enter(project, secret, practice=True)

    def _make(self, answer: NewSiteAnswer) -> None:
        secret = SessionPassphrase()
        self._memory.set_text("sites/folder", str(answer.path.parent))
        project = self._guarded(
            lambda: bootstrap.create_project(answer.path, Site(answer.info), passphrase=secret)
        )
        if project is not None:
            self._enter(project, secret)

    def _enter(self, project: Project, secret: SessionPassphrase, *, practice: bool = False) -> None:
        project.who = self._memory.text("person/name")
        addresses = self._addresses if practice else None
        where: dict[str, Any] | None = None
        if addresses is not None:
            where = {"cloud": addresses.cloud, "control": addresses.control, "addresses": addresses}
            self._listen(addresses.radio, addresses.ports, "practice")
        else:
            self.listen()
            if self._options.control:  # a practice site that somebody else started
                where = {"cloud": self._options.cloud, "control": self._options.control}
        workspace = Workspace(project, self._feed, self._tasks, where, self._options.cloud)
        workspace.passphrase = secret
        self.opened.emit(workspace)

    def listen(self) -> None:
        """Listen with the radio and the ports of this laptop, or those the command line named."""
        self._listen(self._options.radio, self._options.serial or None, "laptop")

    def _listen(self, radio: str, ports: list[str] | None, whose: str) -> None:
        if self._feed.whose == whose and self._feed.service is not None:
            return
        old = self._feed.service
        service = self._guarded(lambda: bootstrap.device_service(radio, ports))
        if service is not None:
            service.start()
        self._feed.use(service, whose)
        if old is not None:
            self._tasks.start(_close(old), self.tr("Close the radio"))

    def _guarded(self, act: Any) -> Any:
        try:
            return act()
        except LarryError as error:
            self.told.emit(notice_of(error))
            return None

    # --- places -----------------------------------------------------------------------------

    def _folder(self) -> Path:
        wanted = Path(self._memory.text("sites/folder") or platformdirs.user_documents_dir())
        return wanted if wanted.is_dir() else Path.home()

    def _practice_path(self) -> Path:
        return Path(platformdirs.user_data_dir("larry")) / "practice" / f"hotel-adler{SUFFIX}"

    def _ask_file(self, title: str, pattern: str, act: Any) -> None:
        dialog = QFileDialog(self._window, title, str(self._folder()), pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(act)
        dialog.open()


def _free_path(path: Path) -> Path:
    number = 2
    while path.exists():
        path = path.with_name(f"{path.stem.rstrip('-0123456789')}-{number}{path.suffix}")
        number += 1
    return path


async def _close(service: Any) -> None:
    await asyncio.to_thread(service.close)
