"""The right side of the practice control: what happens, to be read and copied."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.components.button import Button
from ui.components.text import Text
from ui.practice.happenings import Happenings


class EventSide(QFrame):
    """Title, copy button and list."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.events = Happenings()
        copy = Button(self.tr("Copy"), "ghost", "copy", size="s")
        copy.setAccessibleName(self.tr("Copy what happened"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.events.text()))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 10, 6)
        head.addWidget(Text(self.tr("What happens"), "strong"), 1)
        head.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.events, 1)
