"""Paints the cards of devices heard nearby."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from larry.services.nearby import NearbyRow, Relation
from ui.components.painting import draw_kind, draw_signal, draw_text, fill_round, text_width
from ui.stages.design.nearby_model import ROW_ROLE, Heading, NearbyModel
from ui.style.icons import paint_icon
from ui.style.theme import colour

Index = QModelIndex | QPersistentModelIndex
HEADING, CARD, SUGGESTION = 30, 48, 30
_RIGHT = Qt.AlignmentFlag.AlignRight


class NearbyDelegate(QStyledItemDelegate):
    """Cards and section headings. The chosen card also shows where it likely belongs."""

    def __init__(self, parent: object) -> None:
        super().__init__(parent)  # type: ignore[call-overload]
        self.open_identity = ""

    def shows_suggestion(self, item: object) -> bool:
        """Tell whether a row has its second part open."""
        return (
            isinstance(item, NearbyRow)
            and bool(item.suggestions)
            and item.found.identity == self.open_identity
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item = index.data(ROW_ROLE)
        if isinstance(item, Heading):
            return QSize(200, HEADING)
        return QSize(200, CARD + (SUGGESTION if self.shows_suggestion(item) else 0))

    def assign_rect(self, box: QRect) -> QRect:
        """Return where "Assign" is in the rectangle of a card with a suggestion."""
        return QRect(box.left() + 50, box.top() + CARD - 2, box.width() - 62, 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        if isinstance(item, Heading):
            width = draw_text(painter, box.adjusted(16, 4, -8, 0), item.text, "text2", "small-strong")
            draw_text(
                painter, box.adjusted(16 + width + 6, 4, -8, 0), str(item.count), "text3", "small-strong"
            )
        elif isinstance(item, NearbyRow):
            self._paint_card(painter, option, index, item)
        painter.restore()

    def _paint_card(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: NearbyRow
    ) -> None:
        model = index.model()
        assert isinstance(model, NearbyModel)
        box: QRect = option.rect
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or hot:
            painter.fillRect(box, colour("accent_soft" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        if (hot or chosen) and row.relation is Relation.NEW:
            paint_icon(painter, "grip-vertical", QRect(box.left() + 4, box.top() + 17, 14, 14), "text3")
        draw_kind(painter, QRect(box.left() + 20, box.top() + 11, 26, 26), row.found.kind, row.found.model)
        left, right = box.left() + 54, box.right() - 12
        room = right - left
        icons = 20 * len(row.found.transports)
        draw_text(
            painter, QRect(left, box.top() + 6, room - icons - 4, 19), model.title(row), "text", "medium"
        )
        tint = "warn" if row.found.state == "fault" else "text2"
        draw_text(painter, QRect(left, box.top() + 25, room - 52, 17), model.detail(row), tint, "small")
        self._paint_signal(painter, box, right, row)
        if self.shows_suggestion(row):
            self._paint_suggestion(painter, self.assign_rect(box), row)

    def _paint_signal(self, painter: QPainter, box: QRect, right: int, row: NearbyRow) -> None:
        found = row.found
        at = right - 14
        for transport, name in (("ble", "bluetooth"), ("serial", "cable")):
            if transport in found.transports:
                paint_icon(painter, name, QRect(at, box.top() + 8, 14, 14), "text3")
                at -= 20
        if found.rssi_dbm is not None:
            number = f"{found.rssi_dbm:.0f}".replace("-", "−")
            width = text_width(number, "small")
            draw_text(
                painter, QRect(right - width, box.top() + 25, width + 2, 17), number, "text2", "small", _RIGHT
            )
            draw_signal(painter, right - width - 25, box.top() + 39, found.rssi_dbm)

    def _paint_suggestion(self, painter: QPainter, pill: QRect, row: NearbyRow) -> None:
        fill_round(painter, pill, "surface", 6, "accent")
        paint_icon(painter, "sparkles", QRect(pill.left() + 8, pill.center().y() - 6, 14, 14), "accent")
        word = self.tr("Assign")
        width = text_width(word, "small-strong")
        room = pill.adjusted(28, 0, -width - 16, 0)
        text = self.tr("Likely {name}").format(name=row.suggestions[0].name)
        draw_text(painter, room, text, "text", "small")
        draw_text(painter, pill.adjusted(0, 0, -10, 0), word, "accent", "small-strong", _RIGHT)
