"""Paints the history: days, and one line per entry."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from larry.services.read_history import HistoryEntry
from ui.components.chip import chip_width, draw_chip
from ui.components.painting import draw_focus_ring, draw_text
from ui.stages.commission.moments import clock
from ui.stages.history.history_model import ROW_ROLE, HistoryModel
from ui.stages.history.history_rows import DayRow
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import colour

Index = QModelIndex | QPersistentModelIndex
HEADING, LINE = 34, 36
_RIGHT = Qt.AlignmentFlag.AlignRight


def entry_icon(entry: HistoryEntry) -> tuple[str, str]:
    """Return icon and tone of an entry: what it was, and where it came from."""
    if entry.what in ("undo", "redo"):
        return ("undo-2" if entry.what == "undo" else "redo-2"), "text2"
    if entry.what == "note":
        return "flag", "info"
    icons = {"device": "radio", "import": "file-down", "merge": "git-compare-arrows"}
    return icons.get(entry.source, "pencil"), "accent"


class HistoryDelegate(QStyledItemDelegate):
    """One row at a time."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, HEADING if isinstance(index.data(ROW_ROLE), DayRow) else LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        model = index.model()
        assert isinstance(model, HistoryModel)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, DayRow):
            painter.fillRect(box, colour("bg"))
            draw_text(painter, box.adjusted(16, 0, -80, 0), row.title, "text", "strong")
            draw_text(painter, box.adjusted(0, 0, -16, 0), str(row.count), "text3", "base", _RIGHT)
        else:
            self._paint_entry(painter, option, model, row)
        painter.setPen(colour("border"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        if option.state & QStyle.StateFlag.State_HasFocus and not isinstance(row, DayRow):
            draw_focus_ring(painter, box.adjusted(2, 2, -2, -2), 6)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, model: HistoryModel, entry: HistoryEntry
    ) -> None:
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("accent_soft" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        clock_box = QRect(box.left() + 16, box.top(), 60, box.height())
        draw_text(painter, clock_box, clock(entry.at), "text3", "base")
        sign, tone = entry_icon(entry)
        icon_box = QRect(box.left() + 86, box.center().y() - 7, 16, 16)
        paint_icon(painter, sign, icon_box, "text3" if entry.undone else tone)
        right = box.right() - 16
        source_width, who_width = 96, min(130, max(80, box.width() // 8))
        at = right - source_width
        draw_text(
            painter, QRect(at, box.top(), source_width, box.height()), model.source_word(entry), "text3"
        )
        at -= who_width + 12
        draw_text(painter, QRect(at, box.top(), who_width, box.height()), entry.who, "text2")
        left, end = box.left() + 114, at - 16
        if entry.undone:
            word = self.tr("undone")
            end -= chip_width(word, "undo-2") + 12
            draw_chip(painter, end + 12, box.center().y(), word, "neutral", "undo-2")
        face = QFont(font("base" if entry.undone else "medium"))
        face.setStrikeOut(entry.undone)
        tint = "text3" if entry.undone else "text"
        draw_text(painter, QRect(left, box.top(), end - left, box.height()), model.title(entry), tint, face)
