"""The find field of the top bar: looks like a field, opens the search; an icon where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.components.painting import draw_focus_ring, draw_key, draw_text, fill_round, text_width
from ui.style.icons import paint_icon


class FindButton(QPushButton):
    """Opens the search."""

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.setAccessibleName(self.tr("Find room, device, action"))
        self.setToolTip(self.tr("Find room, device, action (Ctrl+K)"))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Be an icon only."""
        self._narrow = narrow
        self.setCursor(Qt.CursorShape.PointingHandCursor if narrow else Qt.CursorShape.IBeamCursor)
        self.setMaximumWidth(34 if narrow else 300)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(34 if self._narrow else 272, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(34 if self._narrow else 180, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect()
        if not self._narrow:
            fill_round(painter, box, "surface", 6, "text3" if self.underMouse() else "control")
        elif self.underMouse():
            fill_round(painter, box, "hover", 6)
        left = 9 if self._narrow else 10
        paint_icon(painter, "search", QRect(left, box.center().y() - 7, 16, 16), "text2")
        if not self._narrow:
            room = QRect(36, 0, box.width() - 36 - 56, box.height())
            long, short = self.tr("Find room, device, action"), self.tr("Find")
            draw_text(painter, room, long if text_width(long) <= room.width() else short, "text3")
            draw_key(painter, box.right() - 7, box.center().y() + 1, "Ctrl K")
        if self.hasFocus():
            draw_focus_ring(painter, box, 6)
