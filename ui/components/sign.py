"""An icon that stands by itself, in a token's colour. Decoration: the words beside it say the same."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.style.icons import paint_icon


class Sign(QWidget):
    """A painted icon."""

    def __init__(self, icon: str, tone: str = "text2", side: int = 16) -> None:
        super().__init__()
        self._icon_name, self._tone = icon, tone
        self.setFixedSize(side, side)

    def show_icon(self, icon: str, tone: str) -> None:
        """Show another one."""
        self._icon_name, self._tone = icon, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._icon_name, self.rect(), self._tone)
