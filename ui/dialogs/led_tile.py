"""A tile of the LED helper: a light with its word, to be chosen."""

from __future__ import annotations

import time

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.components.led_light import blink_clock, draw_led
from ui.components.painting import draw_focus_ring, fill_round, text_width
from ui.style.fonts import font
from ui.style.theme import colour

_HEIGHT, _LIGHT = 64, 36


class LedTile(QPushButton):
    """One light of the table."""

    def __init__(self, colours: str, pattern: str, words: str) -> None:
        super().__init__(words)
        self.colours, self.pattern = colours, pattern
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        blink_clock().ticked.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_LIGHT + 44 + min(150, text_width(self.text(), "medium")), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LIGHT + 120, _HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        blink_clock().enter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        blink_clock().leave(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect()
        if self.isChecked():
            fill_round(painter, box, "accent_soft", 8, "accent", 2)
        else:
            fill_round(painter, box, "hover" if self.underMouse() else "surface", 8, "border")
        at_s = time.monotonic() if blink_clock().moving else None
        middle = box.center().y() + 1
        draw_led(painter, QRectF(12, middle - _LIGHT / 2, _LIGHT, _LIGHT), self.colours, self.pattern, at_s)
        painter.setFont(font("medium"))
        painter.setPen(colour("text"))
        words = QRect(_LIGHT + 22, 4, box.width() - _LIGHT - 32, box.height() - 8)
        painter.drawText(words, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus() and not self.isChecked():
            draw_focus_ring(painter, box, 8)
