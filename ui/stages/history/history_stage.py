"""History: what was changed, by day; search, the selected device, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStackedWidget,
    QWidget,
)

from larry.errors import LarryError
from larry.services.read_history import HistoryEntry, read_history
from larry.services.undo_to import edits_since, undo_to
from ui.components.empty_state import EmptyState
from ui.components.list_page import lay_out_list_page
from ui.components.segmented import Segmented
from ui.components.text import ElidedText, Text
from ui.stages.history.entry_pane import EntryPane
from ui.stages.history.history_delegate import HistoryDelegate
from ui.stages.history.history_model import ROW_ROLE, HistoryModel
from ui.stages.history.history_rows import rows_of
from ui.stages.stage import Stage
from ui.style.icons import icon
from ui.style.theme import theme
from ui.style.tokens import INSPECTOR_WIDTH, NARROW_INSPECTOR_WIDTH
from ui.words import counted
from ui.workspace import Workspace

NARROW = 1360
FIRST_PAGE = 1000
TYPING_MS = 150


class HistoryStage(Stage):
    """The stage: a list of days on the left, one entry in full on the right."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._stale = True
        self.model = HistoryModel()
        self.list = QListView()
        self.title = ElidedText("", "title")
        self.summary = Text("", "base", "text2")
        self.search = QLineEdit()
        self.scope = Segmented(
            self.tr("Which entries"),
            [("all", self.tr("Whole site"), ""), ("device", self.tr("Selected device"), "")],
        )
        self.entry = EntryPane(self.model)
        self.empty = EmptyState()
        self._pages = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._prepare()
        self._lay_out()
        self._connect()

    # --- Stage ------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Return list, search, right side."""
        return [self.list, self.search, self.entry.undo]

    def activated(self) -> None:
        """Show everything as it is now."""
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.entry.setFixedWidth(NARROW_INSPECTOR_WIDTH if self.width() < NARROW else INSPECTOR_WIDTH)

    # --- showing ----------------------------------------------------------------------------

    def refresh(self, _change: object = None) -> None:
        """Show the history as it is now; later, when nobody looks."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        project, node = self.workspace.project, self.workspace.selected_node()
        only = node.id if node is not None and self.scope.choice() == "device" else ""
        words = self.search.text().strip()
        entries = read_history(project, search=words, node_id=only, limit=FIRST_PAGE + 1)
        chosen = self.current()
        self.model.show(rows_of(entries[:FIRST_PAGE]))
        self.title.setText(self.tr("History of {name}").format(name=project.site.info.name))
        self._count(entries, node.name if only and node is not None else "", words)
        self._show_list(bool(words or only), node.name if only and node is not None else "")
        self._choose(chosen.number if chosen is not None else 0)

    def current(self) -> HistoryEntry | None:
        """Return the chosen entry."""
        row = self.list.currentIndex().data(ROW_ROLE) if self.list.currentIndex().isValid() else None
        return row if isinstance(row, HistoryEntry) else None

    def _count(self, entries: list[HistoryEntry], device: str, words: str) -> None:
        shown = min(len(entries), FIRST_PAGE)
        text = counted(shown, self.tr("{n} entry"), self.tr("{n} entries"))
        if len(entries) > FIRST_PAGE:
            text = self.tr("The newest {n} entries; search finds older ones").format(n=FIRST_PAGE)
        if device:
            text += " " + self.tr("of {name}").format(name=device)
        if words:
            text += " " + self.tr("with “{words}”").format(words=words)
        self.summary.setText(text)

    def _show_list(self, filtered: bool, device: str) -> None:
        if self.model.rows:
            self._pages.setCurrentIndex(0)
            return
        if filtered:
            what = self.tr("Nothing found")
            hint = self.tr("No entry of {name} fits.").format(name=device) if device else ""
            self.empty.say("search", what, hint, self.tr("Show all"), self.show_all)
        else:
            self.empty.say(
                "history",
                self.tr("Nothing was changed yet"),
                self.tr("Your first edit appears here, with who and when."),
                self.tr("Go to Design"),
                lambda: self.workspace.asked.emit("design"),
            )
        self._pages.setCurrentIndex(1)

    def _choose(self, number: int) -> None:
        row = self.model.row_of(number) if number else -1
        if row < 0 and len(self.model.rows) > 1:
            row = 1
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        self._show_entry()

    def _show_entry(self, *_: object) -> None:
        entry = self.current()
        if entry is None:
            self.entry.show_nothing()
            return
        project = self.workspace.project
        back = edits_since(project, entry.number) if entry.what == "edit" and not entry.undone else 0
        self.entry.show_entry(entry, project.site, takes_back=back, locked=self.workspace.read_only)

    # --- acts -------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Take search and filter away."""
        self.search.clear()
        self.scope.choose("all")
        self.refresh()

    def undo_to(self, number: int) -> None:
        """Take back an entry with what came after it."""
        try:
            count = undo_to(self.workspace.project, number)
        except LarryError as error:
            self.workspace.tell_error(error)
            return
        if count > 1:
            what = self.tr("{n} edits are taken back.").format(n=count)
            self.workspace.tell("ok", what, self.tr("Redo brings them back one by one."))

    def _go_to(self, node_id: str) -> None:
        self.workspace.select(node_id)
        self.workspace.asked.emit("design")

    def _selected(self, _node_id: str) -> None:
        if self.scope.choice() == "device":
            self.refresh()
        self._name_scope()

    def _name_scope(self) -> None:
        node = self.workspace.selected_node()
        if node is None and self.scope.choice() == "device":
            self.scope.choose("all")
        self.scope.setEnabled(node is not None)
        name = node.name if node is not None else ""
        self.scope.setToolTip(
            self.tr("Only what touched {name}").format(name=name)
            if name
            else self.tr("Select a device in Design to see its own history")
        )

    # --- wiring -----------------------------------------------------------------------------

    def _prepare(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setAccessibleName(self.tr("History"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.search.setPlaceholderText(self.tr("Search: room, person, what was done"))
        self.search.setAccessibleName(self.tr("Search the history"))
        self.search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(300)

    def _connect(self) -> None:
        self.workspace.changed.connect(self.refresh)
        self.workspace.selection_changed.connect(self._selected)
        self.list.selectionModel().currentChanged.connect(self._show_entry)
        self.list.activated.connect(self._opened)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self.refresh)
        self.scope.chosen.connect(self.refresh)
        self.entry.device_asked.connect(self._go_to)
        self.entry.undo_asked.connect(self.undo_to)
        theme().changed.connect(self.list.viewport().update)
        self._name_scope()

    def _opened(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, HistoryEntry):
            known = [each for each in row.touched if each in self.workspace.project.site.nodes]
            if known:
                self._go_to(known[0])

    def _lay_out(self) -> None:
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        words = (self.title, self.summary)
        lay_out_list_page(self, words, (self.search, self.scope), self._pages, self.entry)
