"""Paints the rows of the queue."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.components.painting import draw_kind, draw_text, fill_round
from ui.stages.commission.queue_items import WHOLE_JOB, QueueItem
from ui.stages.commission.queue_model import ITEM_ROLE, line_now
from ui.style.icons import paint_icon
from ui.style.theme import colour

_ROW, _HEADING = 46, 34
_ICON = 26


class QueueDelegate(QStyledItemDelegate):
    """Kind, name, where it stands, and the state's sign."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item: QueueItem = index.data(ITEM_ROLE)
        return QSize(100, _HEADING if item.heading else _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: QueueItem = index.data(ITEM_ROLE)
        box = QRect(option.rect)
        painter.save()
        if item.heading:
            draw_text(painter, box.adjusted(16, 10, -16, 0), item.name, "text2", "small-strong")
        else:
            self._ground(painter, option, box, item)
            self._row(painter, box, item)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem, box: QRect, item: QueueItem) -> None:
        state = option.state
        waits = item.sign == "hourglass"
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if waits:
            painter.fillRect(box, colour("warn_soft"))
        elif selected:
            painter.fillRect(box, colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("hover"))
        if selected:
            bar = QRect(box.left(), box.top(), 3, box.height())
            painter.fillRect(bar, colour("warn" if waits else "accent"))
            if state & QStyle.StateFlag.State_HasFocus:
                fill_round(painter, box.adjusted(1, 1, -1, -1), None, 4, "accent", 2)

    @staticmethod
    def _row(painter: QPainter, box: QRect, item: QueueItem) -> None:
        middle = box.center().y()
        sign = QRect(box.left() + 16, middle - _ICON // 2, _ICON, _ICON)
        if item.key == WHOLE_JOB:
            fill_round(painter, sign, "sunken", 6)
            paint_icon(painter, "list-checks", sign.adjusted(5, 5, -5, -5), "text2")
        else:
            draw_kind(painter, sign, item.kind, item.model)
        left = sign.right() + 11
        width = box.right() - 44 - left
        draw_text(painter, QRect(left, middle - 18, width, 18), item.name, "text", "medium")
        draw_text(painter, QRect(left, middle, width, 18), line_now(item), item.tone, "small")
        if item.sign:
            tint = item.tone if item.sign != "circle" else "control"
            paint_icon(painter, item.sign, QRect(box.right() - 32, middle - 9, 18, 18), tint)
