"""The first page: practise, recent sites, what this laptop can do, what was left open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.actions.action_book import ActionBook
from ui.components.button import Button
from ui.components.empty_state import EmptyState
from ui.components.text import Text, line, panel
from ui.components.toast import Toast
from ui.shell.laptop_panel import LaptopPanel
from ui.shell.memory import Memory
from ui.shell.practice_card import PracticeCard
from ui.shell.recent_list import ROW_HEIGHT, SITE_ROLE, RecentDelegate, RecentModel
from ui.shell.stage_tabs import HEIGHT
from ui.style.icons import icon
from ui.style.theme import theme


class StartPage(QWidget):
    """The start page.

    Signals:
        open_asked: a recent site was chosen; carries its path.
    """

    open_asked = Signal(str)
    menu_asked = Signal(QWidget)

    def __init__(self, memory: Memory, book: ActionBook, laptop: LaptopPanel) -> None:
        super().__init__()
        self._memory, self._book = memory, book
        self.laptop = laptop
        self.practice = PracticeCard()
        self.toast = Toast(self)
        self.model = RecentModel()
        self.list = QListView()
        self._delegate = RecentDelegate(self)
        self._nothing = EmptyState()
        self._search = QLineEdit()
        self._lists = QStackedWidget()
        self._prepare_list()
        self._lay_out()
        self.practice.start_asked.connect(book["practice"].trigger)
        self.refresh()

    def refresh(self) -> None:
        """Read the recent sites again."""
        sites = self._memory.recent()
        self.model.set_sites(sites)
        self.laptop.show_open(sites)
        self._lists.setCurrentIndex(0 if sites else 1)
        self._search.setVisible(bool(sites))

    def panes(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.practice.start, self.list, self.laptop]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.laptop.setFixedWidth(334 if self.width() >= 1360 else 270)

    def _prepare_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(self.tr("Recent sites"))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(2 * ROW_HEIGHT)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._context_menu)
        self.list.activated.connect(self._open)
        self.list.clicked.connect(self._open)
        self._search.setPlaceholderText(self.tr("Search sites"))
        self._search.setAccessibleName(self.tr("Search sites"))
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setFixedWidth(230)
        self._search.textChanged.connect(self.model.filter)
        self._nothing.say(
            "building-2",
            self.tr("No site yet"),
            self.tr("Start with the practice site, or make a new one: the first edit is saved at once."),
        )

    def _open(self, index: QModelIndex) -> None:
        site = index.data(SITE_ROLE)
        if site is not None:
            self.open_asked.emit(site.path)

    def _context_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        site = index.data(SITE_ROLE) if index.isValid() else None
        if site is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("folder-open"), self.tr("Open"), lambda: self.open_asked.emit(site.path))
        menu.addAction(
            icon("x"), self.tr("Take off this list (the file stays)"), lambda: self._forget(site.path)
        )
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _forget(self, path: str) -> None:
        self._memory.forget_site(path)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        body = QHBoxLayout()
        body.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._main())
        body.addWidget(scroll, 1)
        body.addWidget(line("v"))
        body.addWidget(self.laptop)
        column.addLayout(body, 1)

    def _top(self) -> QWidget:
        bar = panel("surface")
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 16, 0)
        menu = Button("", "ghost", "menu")
        menu.setAccessibleName(self.tr("Menu"))
        menu.clicked.connect(lambda: self.menu_asked.emit(menu))
        look = Button("", "ghost", "sun-moon")
        look.setAccessibleName(self.tr("Light or dark"))
        look.setToolTip(self.tr("Light or dark"))
        look.clicked.connect(lambda: self._book["look-toggle"].trigger())
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(menu, 0, middle)
        row.addSpacing(8)
        row.addWidget(Text("Larry", "heading"))
        row.addStretch(1)
        row.addWidget(look, 0, middle)
        box = QVBoxLayout(bar)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row, 1)
        box.addWidget(line())
        bar.setFixedHeight(HEIGHT + 1)
        return bar

    def _main(self) -> QWidget:
        page = panel("bg")
        column = QVBoxLayout(page)
        column.setContentsMargins(40, 30, 36, 24)
        column.setSpacing(18)
        column.addLayout(self._head())
        column.addWidget(self.practice)
        row = QHBoxLayout()
        row.addWidget(Text(self.tr("Recent"), "heading"), 1)
        row.addWidget(self._search)
        column.addLayout(row)
        card = panel("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        self._lists.addWidget(self.list)
        self._lists.addWidget(self._nothing)
        inside.addWidget(self._lists)
        column.addWidget(card, 1)
        return page

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self.tr("Sites"), "display"))
        sentence = self.tr("Every site is one file on this laptop. It works without internet.")
        words.addWidget(Text(sentence, "body", "text2", wrap=True))
        head.addLayout(words, 1)
        for text, variant, name, key, action in (
            (self.tr("Open…"), "plain", "folder-open", "Ctrl O", "open"),
            (self.tr("Import doors…"), "plain", "file-down", "", "import"),
            (self.tr("New site"), "primary", "plus", "Ctrl N", "new"),
        ):
            button = Button(text, variant, name, key, "l")
            button.clicked.connect(self._book[action].trigger)
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        theme().changed.connect(self.update)
        return head
