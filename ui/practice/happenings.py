"""What happens in the practice site, newest on top."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from ui.components.painting import draw_text
from ui.practice.fault_list import fault_title
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import colour, theme

_EVENT = Qt.ItemDataRole.UserRole + 1
_TIME, _SIGN = 62, 24
MOST = 300
_SOURCES = {
    "you": ("hand", "accent"),
    "device": ("radio", "ok"),
    "larry": ("arrow-right", "accent"),
    "cloud": ("cloud", "info"),
    "site": ("circle-play", "text2"),
}
_WHATS = {"fault": ("triangle-alert", "warn"), "no-reaction": ("battery-low", "warn")}
Index = QModelIndex | QPersistentModelIndex


def clock_words(at_s: float) -> str:
    """Return the time of the practice site since its start: 0:04:31."""
    whole = int(at_s)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def sentence(event: dict[str, Any]) -> str:
    """Return the text of an event as a sentence begins."""
    text = str(event["text"])
    if event["what"] == "fault":
        name = re.split(r"[ ,]", text, maxsplit=1)[0]
        text = fault_title(name) + text.removeprefix(name)
    return text[:1].upper() + text[1:]


class _EventDelegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = max(80, self._view.viewport().width() - _TIME - _SIGN - 20)
        flags = Qt.TextFlag.TextWordWrap
        box = QFontMetrics(font("small")).boundingRect(
            QRect(0, 0, width, 1000), flags, sentence(index.data(_EVENT))
        )
        return QSize(100, box.height() + 11)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        event: dict[str, Any] = index.data(_EVENT)
        box = QRect(option.rect)
        top = box.top() + 3
        draw_text(painter, QRect(16, top, _TIME, 16), clock_words(event["at_s"]), "text3", "small")
        sign, tone = _WHATS.get(event["what"], _SOURCES.get(event["source"], ("info", "text3")))
        paint_icon(painter, sign, QRect(16 + _TIME - 8, top + 1, 14, 14), tone)
        painter.setFont(font("small"))
        painter.setPen(colour("text"))
        left = 16 + _TIME + _SIGN - 8
        words = QRect(left, top, box.right() - left - 10, box.height())
        painter.drawText(words, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, sentence(event))


class Happenings(QListWidget):
    """The list."""

    def __init__(self) -> None:
        super().__init__()
        self._last = 0
        self.setItemDelegate(_EventDelegate(self))
        self.setAccessibleName(self.tr("What happens"))
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        theme().changed.connect(self.viewport().update)

    def show_events(self, events: list[dict[str, Any]]) -> None:
        """Add what is new on top."""
        for event in events:
            if event["number"] <= self._last:
                continue
            self._last = event["number"]
            item = QListWidgetItem(f"{clock_words(event['at_s'])} {sentence(event)}")
            item.setData(_EVENT, event)
            self.insertItem(0, item)
        while self.count() > MOST:
            self.takeItem(self.count() - 1)

    def text(self) -> str:
        """Return the list as text, oldest first."""
        return "\n".join(self.item(row).text() for row in reversed(range(self.count())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()
