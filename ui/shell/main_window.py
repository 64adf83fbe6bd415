"""The window: start page or an open site; opening, closing, menus. One window, one site."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from larry import __version__
from larry.services.check_laptop import check_laptop
from ui.actions.action_book import MENUS, ActionBook
from ui.bridge.device_feed import DeviceFeed
from ui.bridge.tasks import Tasks
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.notice import Notice, notice_of
from ui.options import Options
from ui.shell.alt_key import AltKey
from ui.shell.laptop_panel import LaptopPanel
from ui.shell.memory import Memory
from ui.shell.site_doors import SiteDoors
from ui.shell.site_files import SiteFiles
from ui.shell.site_page import SitePage
from ui.shell.site_state import recent_site
from ui.shell.start_page import StartPage
from ui.style.icons import icon
from ui.style.theme import theme, tokens
from ui.workspace import Workspace


class MainWindow(QMainWindow):
    """The window of Larry.

    Signals:
        finished: everything is shut down; the loop may stop.
    """

    finished = Signal()

    def __init__(self, memory: Memory, options: Options) -> None:
        super().__init__()
        self.memory, self.options = memory, options
        self.tasks = Tasks(self)
        self.feed = DeviceFeed(self)
        self.book = ActionBook(self)
        self.doors = SiteDoors(self, memory, self.feed, self.tasks, options)
        self.page: SitePage | None = None
        self._closing = False
        self._wanted_stage = ""
        AltKey(self, self.toggle_menu_bar)
        self._add_actions()
        self.start = StartPage(memory, self.book, LaptopPanel(self.feed, f"Larry {__version__}"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self.setCentralWidget(self._stack)
        self.start.practice.start.setFocus(Qt.FocusReason.OtherFocusReason)
        self._connect()
        self._fill_menu_bar()
        self.setWindowTitle("Larry")
        self.setMinimumSize(1024, 640)
        self._place()

    def begin(self) -> None:
        """Do what needs the running loop, and go where the command line says."""
        checks = asyncio.to_thread(check_laptop)
        self.tasks.start(checks, self.tr("Look at this laptop"), done=self.start.laptop.show_checks)
        if self.options.file is not None:
            self.doors.open(self.options.file)
        elif self.options.practice:
            self.doors.practise()

    # --- sites ------------------------------------------------------------------------------

    def show_site(self, workspace: Workspace) -> None:
        """Show a site that was opened; the one before is closed."""
        self.leave_site(show_start=False)
        page = SitePage(workspace, self.book)
        page.top.menu_asked.connect(self.show_menu)
        page.top.sites_asked.connect(self._show_sites)
        self.page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._restore_layout()
        if self._wanted_stage:
            page.show_stage(self._wanted_stage)
            self._wanted_stage = ""
        self.setWindowTitle(f"{workspace.project.site.info.name} – Larry")
        self.memory.remember_site(recent_site(workspace))
        self._enable_site_actions(True)
        self._fill_menu_bar()

    def leave_site(self, *, show_start: bool = True) -> None:
        """Close the site: everything in it is saved already."""
        page, self.page = self.page, None
        if page is not None:
            self._save_layout(page)
            self.memory.remember_site(recent_site(page.workspace))
            self._stack.removeWidget(page)
            page.leave()
            page.workspace.close()
            page.deleteLater()
            self._enable_site_actions(False)
            self._fill_menu_bar()
        if show_start:
            self.start.refresh()
            self._stack.setCurrentWidget(self.start)
            self.setWindowTitle("Larry")

    def tell(self, notice: Notice) -> None:
        """Tell the person something, wherever they are."""
        (self.page.toast if self.page is not None else self.start.toast).tell(notice)

    # --- closing ------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Shut down first, then end: no loop inside this event."""
        event.ignore()
        if not self._closing:
            self._closing = True
            self.memory.set_geometry(self.saveGeometry())
            self.setEnabled(False)
            if self.tasks.start(self._shut_down(), self.tr("Close Larry")) is None:
                self._last_steps()

    async def _shut_down(self) -> None:
        try:
            await self.tasks.drain()
            await self.doors.stop()
            if self.feed.service is not None:
                service = self.feed.service
                self.feed.use(None)
                await asyncio.to_thread(service.close)
        finally:
            self._last_steps()

    def _last_steps(self) -> None:
        self.leave_site()
        self.memory.sync()
        self.hide()
        self.finished.emit()

    # --- menus --------------------------------------------------------------------------------

    def show_menu(self, below: QWidget) -> None:
        """Open the menu of the ≡ button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, name in enumerate(MENUS):
            actions = self.book.menu(name)
            if not actions:
                continue
            if number == 0:
                _put(menu, actions)
                menu.addSeparator()
            else:
                _put(menu.addMenu(self._menu_title(name)), actions)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))

    def toggle_menu_bar(self) -> None:
        """Show or hide the menu bar."""
        bar = self.menuBar()
        bar.setVisible(not bar.isVisible())
        if bar.isVisible():
            bar.setFocus(Qt.FocusReason.MenuBarFocusReason)

    def _fill_menu_bar(self) -> None:
        bar = self.menuBar()
        bar.clear()
        for name in MENUS:
            actions = self.book.menu(name)
            if actions:
                _put(bar.addMenu(self._menu_title(name)), actions)
        bar.setVisible(False)

    def _menu_title(self, name: str) -> str:
        return {
            "site": self.tr("&Site"),
            "edit": self.tr("&Edit"),
            "device": self.tr("&Device"),
            "view": self.tr("&View"),
            "help": self.tr("&Help"),
        }[name]

    def _show_sites(self, below: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for site in self.memory.recent()[:8]:
            if self.page is None or site.path != str(self.page.workspace.project.path):
                menu.addAction(icon("building-2"), site.name, lambda path=site.path: self._open(path))
        menu.addSeparator()
        _put(menu, [self.book["new"], self.book["open"], self.book["close-site"]])
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))

    # --- wiring ---------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.doors.opened.connect(self.show_site)
        self.doors.told.connect(self.tell)
        self.doors.practice_busy.connect(self.start.practice.set_busy)
        self.tasks.failed.connect(lambda error: self.tell(notice_of(error)))
        self.start.open_asked.connect(self._open)
        self.start.laptop.continue_asked.connect(self._continue_job)
        self.start.menu_asked.connect(self.show_menu)

    def _enable_site_actions(self, on: bool) -> None:
        for key in ("import-into", "export", "close-site"):
            self.book[key].setEnabled(on)

    def _import_into(self) -> None:
        if self.page is not None:
            SiteFiles(self, self.page.workspace).choose_import()

    def _export(self) -> None:
        if self.page is not None:
            SiteFiles(self, self.page.workspace).choose_export()

    def _continue_job(self, path: str) -> None:
        """Open a site where its job stopped."""
        self._open(path, "commission")

    def _open(self, path: str, stage: str = "") -> None:
        self._wanted_stage = stage
        self.doors.open(Path(path))

    def _add_actions(self) -> None:
        add = self.book.add
        add("new", self.tr("New site…"), self.doors.new, menu="site", icon="plus", keys=["Ctrl+N"])
        add("open", self.tr("Open…"), self.doors.choose, menu="site", icon="folder-open", keys=["Ctrl+O"])
        add("import", self.tr("Import doors…"), self.doors.choose_import, menu="site", icon="file-down")
        add("practice", self.tr("Practice site"), self.doors.practise, menu="site", icon="flask-conical")
        words = self.tr("Import doors into this site…")
        into = add("import-into", words, self._import_into, menu="site", group=1)
        export = add("export", self.tr("Export…"), self._export, menu="site", group=1)
        for action in (into, export):
            action.setEnabled(False)
        close = add(
            "close-site",
            self.tr("Close site"),
            self.leave_site,
            menu="site",
            icon="x",
            keys=["Ctrl+W"],
            group=1,
        )
        close.setEnabled(False)
        add(
            "settings",
            self.tr("Settings…"),
            self.settings,
            menu="site",
            icon="settings",
            keys=["Ctrl+,"],
            group=1,
        )
        add("quit", self.tr("Quit"), self.close, menu="site", icon="log-out", keys=["Ctrl+Q"], group=2)
        for mode, text, sign in (
            ("system", self.tr("Look: as the system"), "monitor"),
            ("light", self.tr("Look: light"), "sun"),
            ("dark", self.tr("Look: dark"), "moon"),
        ):
            add(f"look-{mode}", text, lambda mode=mode: self.set_look(mode), menu="view", icon=sign, group=9)
        add(
            "shortcuts",
            self.tr("Keys"),
            self.show_keys,
            menu="help",
            icon="keyboard",
            keys=["Ctrl+/"],
            group=8,
        )
        add("look-toggle", self.tr("Light or dark"), self._toggle_look, menu="", keys=["Ctrl+Shift+L"])

    def settings(self) -> None:
        """Open the settings; what is changed counts at once."""
        dialog = SettingsDialog(self, self.memory.text("person/name"), theme().mode)
        dialog.look_chosen.connect(self.set_look)
        dialog.named.connect(self._set_name)
        dialog.open()

    def _set_name(self, name: str) -> None:
        self.memory.set_text("person/name", name)
        if self.page is not None:
            self.page.workspace.project.who = name

    def show_keys(self) -> None:
        """List all keys."""
        ShortcutsDialog(self, self.book).open()

    def set_look(self, mode: str) -> None:
        """Choose light, dark or the system's look, and remember it."""
        theme().set_mode(mode)
        self.memory.set_text("window/look", mode)

    def _toggle_look(self) -> None:
        self.set_look("light" if tokens().is_dark else "dark")

    # --- layout -----------------------------------------------------------------------------------

    def _place(self) -> None:
        geometry = self.memory.geometry()
        if geometry is None or not self.restoreGeometry(geometry):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1440, room.width()), min(900, room.height()))

    def _screen_key(self) -> str:
        size = self.screen().size()
        return f"{size.width()}x{size.height()}"

    def _save_layout(self, page: SitePage) -> None:
        self.memory.set_layout(page.workspace.project.project_id, self._screen_key(), page.save_layout())

    def _restore_layout(self) -> None:
        if self.page is not None:
            project_id = self.page.workspace.project.project_id
            self.page.restore_layout(self.memory.layout(project_id, self._screen_key()))


def _put(menu: QMenu, actions: list[QAction | None] | list[QAction]) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
