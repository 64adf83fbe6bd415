"""Paints the checklist: headings with their progress, lines with state, evidence, when, and a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from larry.services.read_checklist import ChecklistLine, LineState
from ui.components.chip import chip_width, draw_chip
from ui.components.painting import draw_focus_ring, draw_text, fill_round, text_width
from ui.stages.commission.moments import moment
from ui.stages.handover.checklist_model import ROW_ROLE, ChecklistModel
from ui.stages.handover.checklist_rows import GroupRow
from ui.style.icons import paint_icon
from ui.style.theme import colour

Index = QModelIndex | QPersistentModelIndex
HEADING, LINE, TALL = 34, 38, 54
LOOK = {
    LineState.OK: ("circle-check", "ok"),
    LineState.ERROR: ("octagon-x", "error"),
    LineState.WARNING: ("triangle-alert", "warn"),
    LineState.OPEN: ("circle", "text3"),
    LineState.WAIVED: ("circle-check", "text3"),
}
_RIGHT = Qt.AlignmentFlag.AlignRight
_NOW_S = 90.0


def when_words(at: str, now_word: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> str:
    """Return when evidence was read: `now`, `15:02` today, `18 Nov, 15:02` before; "" when never."""
    when = moment(at)
    if when is None:
        return ""
    here = now().astimezone()
    if abs((here - when).total_seconds()) < _NOW_S:
        return now_word
    return when.strftime("%H:%M") if when.date() == here.date() else f"{when.day} {when:%b, %H:%M}"


class ChecklistDelegate(QStyledItemDelegate):
    """One row at a time; the columns follow the width."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        if isinstance(row, GroupRow):
            return QSize(300, HEADING)
        tall = isinstance(row, ChecklistLine) and row.state is not LineState.OK and bool(row.remedy)
        return QSize(300, TALL if tall else LINE)

    def act_rect(self, box: QRect, index: Index) -> QRect:
        """Return where the button of a row is, invalid when there is none."""
        model = index.model()
        act = model.act(index) if isinstance(model, ChecklistModel) else None
        if act is None:
            return QRect()
        width = text_width(act.text, "small-medium") + 24
        return QRect(box.right() - width - 14, box.center().y() - 14, width, 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        model = index.model()
        assert isinstance(model, ChecklistModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        if isinstance(row, GroupRow):
            self._paint_group(painter, box, model, row)
        else:
            self._paint_line(painter, option, index, row)
        painter.setPen(colour("border"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, box.adjusted(2, 2, -2, -2), 6)
        painter.restore()

    def _paint_group(self, painter: QPainter, box: QRect, model: ChecklistModel, row: GroupRow) -> None:
        painter.fillRect(box, colour("bg"))
        middle = box.center().y()
        arrow = "chevron-right" if row.folded else "chevron-down"
        paint_icon(painter, arrow, QRect(box.left() + 16, middle - 7, 16, 16), "text2")
        title = model.group_title(row.group)
        draw_text(painter, box.adjusted(40, 0, -120, 0), title, "text", "strong")
        if row.complete:
            text = self.tr("done")
            left = box.right() - chip_width(text, "circle-check") - 14
            draw_chip(painter, left, middle + 1, text, "ok", "circle-check")
            return
        words = self.tr("{done} of {total}").format(done=row.done, total=row.total)
        draw_text(painter, box.adjusted(0, 0, -16, 0), words, "text2", "base", _RIGHT)

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: ChecklistLine
    ) -> None:
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if line.state is LineState.ERROR:
            painter.fillRect(box, colour("error_soft"))
        elif chosen:
            painter.fillRect(box, colour("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("hover"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        sign, tone = LOOK[line.state]
        paint_icon(painter, sign, QRect(box.left() + 16, box.center().y() - 8, 18, 18), tone)
        self._paint_words(painter, box, index, line)

    def _paint_words(self, painter: QPainter, box: QRect, index: Index, line: ChecklistLine) -> None:
        button = self.act_rect(box, index)
        end = (button.left() if button.isValid() else box.right() - 2) - 14
        left = box.left() + 46
        whose = f"{line.who}, {when_words(line.at, self.tr('now'))}".rstrip(", ")
        when_width = max(96, text_width(whose, "small") + 4)
        when_left = min(end, box.right() - 150) - when_width
        evidence_left = left + int((when_left - left) * 0.56)
        title_end = evidence_left - 16
        tall = box.height() > LINE
        first = QRect(left, box.top() + (8 if tall else 0), title_end - left, 19 if tall else box.height())
        draw_text(painter, first, line.title, "text", "medium")
        evidence = QRect(evidence_left, first.top(), when_left - evidence_left - 16, first.height())
        draw_text(painter, evidence, line.evidence, "text2")
        draw_text(painter, QRect(when_left, first.top(), when_width, first.height()), whose, "text3", "small")
        if tall:
            second = QRect(left, first.bottom() + 1, end - left, 18)
            draw_text(painter, second, line.remedy, "text2", "small")
        act = index.model().act(index) if button.isValid() else None  # type: ignore[attr-defined]
        if act is not None:
            fill_round(painter, button, "surface", 6, "control")
            draw_text(painter, button, act.text, "text", "small-medium", Qt.AlignmentFlag.AlignHCenter)
