"""The right side of History: one entry in full, its devices, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from larry.domain.site import Site
from larry.services.read_history import HistoryEntry
from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.empty_state import EmptyState
from ui.components.sign import Sign
from ui.components.text import Text, line
from ui.stages.commission.moments import moment
from ui.stages.history.history_delegate import entry_icon
from ui.stages.history.history_model import HistoryModel
from ui.words import counted

MOST_DEVICES = 8


class EntryPane(QFrame):
    """Shows one entry.

    Signals:
        device_asked: a device of the entry was pressed; carries its id.
        undo_asked: this entry and what came after it is to be taken back; carries its number.
    """

    device_asked = Signal(str)
    undo_asked = Signal(int)

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._model = model
        self._number = 0
        self._sign = Sign("history", "text2", 18)
        self._title = Text("", "heading", wrap=True)
        self._undone = Chip(self.tr("undone"), "neutral", "undo-2")
        self._values = [Text("", "base", wrap=True) for _ in range(4)]
        self._devices = QVBoxLayout()
        self._devices_title = Text("", "small-strong", "text2")
        self.undo = Button("", "plain", "undo-2")
        self._undo_words = Text("", "small", "text2", wrap=True)
        self._foot = QFrame()
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._lay_out()
        self.undo.clicked.connect(lambda: self.undo_asked.emit(self._number))
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that no entry is chosen."""
        self._empty.say(
            "history", self.tr("Choose an entry"), self.tr("Its details and devices appear here.")
        )
        self._pages.setCurrentIndex(1)

    def show_entry(self, entry: HistoryEntry, site: Site, *, takes_back: int, locked: bool) -> None:
        """Show an entry.

        Args:
            takes_back: how many edits "undo to here" would take back; 0 when this one stands no more.
            locked: the site was released.
        """
        self._number = entry.number
        self._sign.show_icon(*entry_icon(entry))
        self._title.setText(self._model.title(entry))
        self._undone.setVisible(entry.undone)
        when = moment(entry.at)
        values = (
            f"{when.day} {when:%b %Y, %H:%M:%S}" if when else entry.at,
            entry.who,
            self._model.source_word(entry),
            str(entry.number),
        )
        for label, value in zip(self._values, values, strict=True):
            label.setText(value)
        self._show_devices([each for each in entry.touched if each in site.nodes], site, len(entry.touched))
        self._foot.setVisible(takes_back > 0 and not locked)
        words = counted(takes_back, self.tr("Undo this edit"), self.tr("Undo to here ({n} edits)"))
        self.undo.set_look(text=words)
        if takes_back == 1:
            self._undo_words.setText(self.tr("Redo brings it back. Devices are not touched."))
        else:
            self._undo_words.setText(
                self.tr(
                    "Takes back this and what came after it. Redo brings it back. Devices are not touched."
                )
            )
        self._pages.setCurrentIndex(0)

    def _show_devices(self, known: list[str], site: Site, total: int) -> None:
        while self._devices.count():
            item = self._devices.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._devices_title.setVisible(total > 0)
        self._devices_title.setText(counted(total, self.tr("{n} device"), self.tr("{n} devices")))
        for node_id in known[:MOST_DEVICES]:
            button = Button(
                site.nodes[node_id].name or node_id, "ghost", "chevron-right", size="s", icon_last=True
            )
            button.setAccessibleName(self.tr("Go to {name}").format(name=button.text()))
            button.clicked.connect(lambda _checked=False, key=node_id: self.device_asked.emit(key))
            self._devices.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        more, gone = len(known) - MOST_DEVICES, total - len(known)
        if more > 0:
            self._devices.addWidget(Text(self.tr("and {n} more").format(n=more), "small", "text3"))
        if gone > 0:
            words = counted(
                gone, self.tr("{n} is not in the plan now"), self.tr("{n} are not in the plan now")
            )
            self._devices.addWidget(Text(words, "small", "text3"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        table = QGridLayout()
        table.setHorizontalSpacing(16)
        table.setVerticalSpacing(8)
        table.setColumnStretch(1, 1)
        names = (self.tr("When"), self.tr("Who"), self.tr("From"), self.tr("Number"))
        for row, (name, value) in enumerate(zip(names, self._values, strict=True)):
            table.addWidget(Text(name, "base", "text3"), row, 0, Qt.AlignmentFlag.AlignTop)
            table.addWidget(value, row, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._undone)
        column.addWidget(line())
        column.addLayout(table)
        column.addWidget(self._devices_title)
        self._devices.setSpacing(2)
        column.addLayout(self._devices)
        column.addStretch(1)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        self.undo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.addWidget(self.undo)
        foot.addWidget(self._undo_words)
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(body, 1)
        whole.addWidget(self._foot)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
