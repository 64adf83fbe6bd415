"""Errors and warnings in the top bar: icon and number each; a click goes to the findings."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.components.painting import draw_focus_ring, draw_text, fill_round, text_width
from ui.style.icons import paint_icon


class CountButton(QPushButton):
    """Shows the counts of the findings."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, str, str]] = []
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_counts(0, 0)

    def set_counts(self, errors: int, warnings: int) -> None:
        """Show numbers; none at all is a tick."""
        self._parts = []
        if errors:
            self._parts.append(("octagon-x", "error", str(errors)))
        if warnings:
            self._parts.append(("triangle-alert", "warn", str(warnings)))
        if not self._parts:
            self._parts.append(("circle-check", "ok", "0"))
        words = self.tr("{errors} errors, {warnings} warnings").format(errors=errors, warnings=warnings)
        self.setAccessibleName(words)
        self.setToolTip(self.tr("{counts}: next finding (F8)").format(counts=words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(22 + text_width(part[2], "strong") + 12 for part in self._parts) + 8, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, self.rect(), "hover" if self.underMouse() else "surface", 6, "border")
        left = 10
        for name, tone, text in self._parts:
            paint_icon(painter, name, QRect(left, self.rect().center().y() - 7, 16, 16), tone)
            width = draw_text(painter, QRect(left + 22, 0, 60, self.height()), text, tone, "strong")
            left += 22 + width + 12
        if self.hasFocus():
            draw_focus_ring(painter, self.rect(), 6)
