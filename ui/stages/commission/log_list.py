"""The log of a device: when, how it went, what happened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from larry.services.commission.step_state import LogLine
from ui.components.painting import draw_text
from ui.stages.commission.moments import clock
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import colour

_LINE = Qt.ItemDataRole.UserRole + 1
_SIGNS = {"ok": ("check", "ok"), "warn": ("triangle-alert", "warn")}
_TIME, _SIGN, _GAP = 58, 16, 8


class _LogDelegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = max(80, self._view.viewport().width() - _TIME - _SIGN - _GAP - 4)
        text = index.data(_LINE).text
        box = QFontMetrics(font("small")).boundingRect(
            QRect(0, 0, width, 1000), Qt.TextFlag.TextWordWrap, text
        )
        return QSize(100, box.height() + 9)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: LogLine = index.data(_LINE)
        box = QRect(option.rect)
        draw_text(painter, QRect(box.left(), box.top() + 2, _TIME, 16), clock(line.at), "text3", "small")
        sign, tone = _SIGNS.get(line.level, ("", "text3"))
        at = box.left() + _TIME
        if sign:
            paint_icon(painter, sign, QRect(at, box.top() + 3, 13, 13), tone)
        else:
            draw_text(painter, QRect(at + 4, box.top() + 2, 10, 16), "·", "text3", "small-strong")
        painter.setFont(font("small"))
        painter.setPen(colour("text2" if line.level == "info" else "text"))
        left = at + _SIGN + _GAP - 2
        words = QRect(left, box.top() + 2, box.right() - left - 2, box.height())
        painter.drawText(words, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, line.text)


class LogList(QListWidget):
    """Shows log lines, the newest in view."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[LogLine, ...] = ()
        self.setItemDelegate(_LogDelegate(self))
        self.setAccessibleName(self.tr("Log of the device"))
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def show_lines(self, lines: Sequence[LogLine]) -> None:
        """Show these lines; only what is new is added when the rest is the same."""
        shown = tuple(lines)
        if shown == self._lines:
            return
        kept = len(self._lines) if shown[: len(self._lines)] == self._lines else 0
        if not kept:
            self.clear()
        for line in shown[kept:]:
            item = QListWidgetItem(f"{clock(line.at)} {line.text}")
            item.setData(_LINE, line)
            self.addItem(item)
        self._lines = shown
        self.scrollToBottom()

    def text(self) -> str:
        """Return the log as text, for the clipboard."""
        return "\n".join(self.item(row).text() for row in range(self.count()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
