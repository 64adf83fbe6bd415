"""One direction of a link: its line pattern, colour and number."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.painting import draw_margin, draw_text


class MarginLine(QWidget):
    """Shows a margin in dB; None was not measured."""

    def __init__(self, title: str, margin_db: float | None) -> None:
        super().__init__()
        self._title, self._margin_db = title, margin_db
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title}: {self._value()}")

    def sizeHint(self) -> QSize:
        return QSize(200, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.rect()
        draw_text(painter, QRect(0, 0, 96, box.height()), self._title, "text2")
        left = 104
        if self._margin_db is not None:
            left += draw_margin(painter, left, box.center().y(), self._margin_db) + 8
        tint = "text" if self._margin_db is not None else "text3"
        draw_text(painter, QRect(left, 0, box.width() - left, box.height()), self._value(), tint, "medium")

    def _value(self) -> str:
        return self.tr("not measured") if self._margin_db is None else f"{self._margin_db:.0f} dB"
