"""A chip that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.components.chip import HEIGHT, chip_width, draw_chip
from ui.components.painting import draw_focus_ring


class ChipButton(QPushButton):
    """A chip as a button."""

    def __init__(self, text: str, tone: str, icon: str) -> None:
        super().__init__(text)
        self._tone, self._icon_name = tone, icon
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.text(), self._icon_name), HEIGHT + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chip(painter, 0, self.height() // 2, self.text(), self._tone, self._icon_name)
        if self.hasFocus() or self.underMouse():
            draw_focus_ring(painter, self.rect().adjusted(0, 2, 0, -2), HEIGHT / 2)
