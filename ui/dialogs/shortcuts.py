"""All keys on one page, read from the actions themselves."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.actions.action_book import MENUS, ActionBook
from ui.components.button import Button
from ui.components.painting import draw_key, text_width
from ui.components.text import Text, panel

_NATIVE = QKeySequence.SequenceFormat.NativeText


class _Key(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(max(20, text_width(self._text, "small-medium") + 12) + 2, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_key(QPainter(self), self.width() - 1, self.height() // 2, self._text, "text2", "control")


class ShortcutsDialog(QDialog):
    """Lists the keys of every action that has one; open it with `open()`."""

    def __init__(self, parent: QWidget, book: ActionBook) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text(self.tr("Keys"), "title"))
        hint = self.tr("Single letters work while a list has the focus. Esc always cancels safely.")
        column.addWidget(Text(hint, "base", "text2", wrap=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._list(book))
        column.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = Button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        column.addLayout(row)

    def _list(self, book: ActionBook) -> QWidget:
        body = panel("bg")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        titles = {
            "site": self.tr("Site"),
            "edit": self.tr("Edit"),
            "device": self.tr("Selected device"),
            "view": self.tr("View"),
            "help": self.tr("Help"),
        }
        line = 0
        for menu in MENUS:
            actions = [action for action in book.menu(menu) if action is not None and action.shortcuts()]
            if not actions:
                continue
            grid.addWidget(Text(titles[menu], "strong"), line, 0)
            grid.setRowMinimumHeight(line, 34)
            line += 1
            for action in actions:
                grid.addWidget(Text(action.text().replace("…", ""), "base", "text2"), line, 0)
                grid.addWidget(_Key(_words(action)), line, 1, Qt.AlignmentFlag.AlignRight)
                line += 1
        grid.setRowStretch(line, 1)
        return body


def _words(action: QAction) -> str:
    return action.shortcuts()[0].toString(_NATIVE)
