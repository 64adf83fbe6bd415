"""The one place that runs a drag: Qt's own nested loop, started from a view and never from a coroutine."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui.components.painting import draw_kind, draw_text, fill_round, text_width


def run_drag(source: QWidget, mime: QMimeData, text: str, kind: str, model: str | None) -> None:
    """Carry a device under the pointer until it is dropped or Esc is pressed."""
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(_label(text, kind, model, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-10, -8))
    drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)


def _label(text: str, kind: str, model: str | None, ratio: float) -> QPixmap:
    width = min(320, text_width(text, "medium") + 52)
    picture = QPixmap(int(width * ratio), int(36 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill_round(painter, QRect(0, 0, width, 36), "surface", 8, "accent", 1.5)
    draw_kind(painter, QRect(8, 8, 20, 20), kind, model)
    draw_text(painter, QRect(36, 0, width - 44, 36), text, "text", "medium")
    painter.end()
    return picture
