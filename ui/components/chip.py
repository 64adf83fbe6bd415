"""A chip: a short word on a soft fill, with an icon."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.painting import draw_text, fill_round, text_width
from ui.style.icons import paint_icon

HEIGHT = 24


def chip_width(text: str, icon: str) -> int:
    """Return how wide a chip is."""
    return text_width(text, "small-medium") + (20 if icon else 0) + 18


def draw_chip(painter: QPainter, left: int, middle: int, text: str, tone: str, icon: str = "") -> int:
    """Paint a chip (tone: accent, error, warn, ok, info, neutral); return the width."""
    width = chip_width(text, icon)
    box = QRect(left, middle - HEIGHT // 2, width, HEIGHT)
    fill = "sunken" if tone == "neutral" else f"{tone}_soft"
    ink = "text2" if tone == "neutral" else tone
    fill_round(painter, box, fill, HEIGHT / 2)
    at = left + 9
    if icon:
        paint_icon(painter, icon, QRect(at, middle - 7, 14, 14), ink)
        at += 20
    draw_text(painter, QRect(at, box.top(), width, HEIGHT), text, ink, "small-medium")
    return width


class Chip(QWidget):
    """A chip as a widget."""

    def __init__(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        super().__init__()
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_chip(self, text: str, tone: str, icon: str = "") -> None:
        """Show something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text, self._icon), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_chip(painter, 0, self.height() // 2, self._text, self._tone, self._icon)
