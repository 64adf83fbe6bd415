"""A switch: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.components.painting import draw_focus_ring, fill_round
from ui.style.theme import colour


class Switch(QAbstractButton):
    """A painted on/off switch; `clicked` tells what a person did, `setChecked` shows without telling."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(40, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        track = QRectF(3, self.height() / 2 - 10, 34, 20)
        fill_round(painter, track, "accent" if self.isChecked() else "control", 10)
        x = track.right() - 10 if self.isChecked() else track.left() + 10
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("on_accent" if self.isChecked() else "surface"))
        painter.drawEllipse(QPointF(x, track.center().y()), 7, 7)
        if self.hasFocus():
            draw_focus_ring(painter, track.adjusted(-3, -3, 3, 3), 13)
