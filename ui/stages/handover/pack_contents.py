"""What the pack holds, with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.painting import draw_text, text_width
from ui.style.icons import paint_icon

_ROW = 25


class PackContents(QWidget):
    """Paints lines of icon, words and number."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Show lines of `(icon, words, number)`."""
        self._lines = tuple(lines)
        self.setAccessibleName("; ".join(f"{words}: {number}" for _, words, number in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _ROW * len(self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, (icon, words, count) in enumerate(self._lines):
            top = number * _ROW
            paint_icon(painter, icon, QRect(0, top + 4, 16, 16), "text2")
            width = text_width(count, "medium")
            draw_text(painter, QRect(26, top, self.width() - 38 - width, _ROW), words, "text2")
            box = QRect(self.width() - width - 2, top, width + 2, _ROW)
            draw_text(painter, box, count, "text", "medium", Qt.AlignmentFlag.AlignRight)
