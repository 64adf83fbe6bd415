"""A large button with an icon, a title and a line that says what it does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.components.painting import draw_focus_ring, draw_text, fill_round
from ui.style.icons import paint_icon

HEIGHT = 54


class TileButton(QPushButton):
    """A tile; a wanted one stands out."""

    def __init__(self) -> None:
        super().__init__()
        self._icon_name = "hand"
        self._detail = ""
        self._wanted = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_act(self, icon: str, title: str, detail: str, *, wanted: bool) -> None:
        """Show an act."""
        self._icon_name, self._detail, self._wanted = icon, detail, wanted
        self.setText(title)
        self.setAccessibleName(f"{title}, {detail}" if detail else title)
        self.setToolTip(detail)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        box = self.rect()
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        fill = "accent_soft" if self._wanted or self.isDown() else "hover" if hot else "surface"
        border, width = ("accent", 2.0) if self._wanted else ("control", 1.0)
        fill_round(painter, box, fill, 8, border, width)
        middle = box.center().y()
        paint_icon(painter, self._icon_name, QRect(16, middle - 9, 20, 20), "accent")
        room = box.width() - 58
        draw_text(painter, QRect(48, middle - 18, room, 19), self.text(), "text", "medium")
        draw_text(painter, QRect(48, middle + 1, room, 17), self._detail, "text2", "small")
        if self.hasFocus():
            draw_focus_ring(painter, box.adjusted(3, 3, -3, -3), 6)

    def enterEvent(self, event: object) -> None:
        super().enterEvent(event)  # type: ignore[arg-type]
        self.update()

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self.update()
