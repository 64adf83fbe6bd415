"""Paints the columns of a device's row in the tree."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.components.painting import draw_kind, draw_load, draw_margin, draw_text, draw_triple
from ui.models.row_facts import RowFacts
from ui.models.site_tree_model import DEVICE, DEVICE_ID, LOAD, MARGIN, NODE_ROLE, PARKED, STATE, SiteTreeModel
from ui.style.icons import paint_icon
from ui.style.theme import colour
from ui.style.tokens import ROW_HEIGHT

Index = QModelIndex | QPersistentModelIndex
SIGN = 22


class RowDelegate(QStyledItemDelegate):
    """One painter for all columns: what a row says stands in its `RowFacts`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, SiteTreeModel)
        node_id = index.data(NODE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if node_id == PARKED:
            if index.column() == DEVICE:
                self._paint_folder(painter, option.rect, model)
        elif node_id in model.site.nodes:
            paint = (self._device, self._load, self._margin, self._state, self._device_id)[index.column()]
            paint(painter, option.rect.adjusted(0, 0, -8, 0), model.facts(node_id))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(SIGN + 4, 2, -4, -2))

    def _device(self, painter: QPainter, box: QRect, facts: RowFacts) -> None:
        box = box.adjusted(4, 0, 0, 0)
        sign = QRect(box.left(), box.center().y() - SIGN // 2 + 1, SIGN, SIGN)
        draw_kind(painter, sign, facts.kind, facts.model)
        room = QRect(box.left() + SIGN + 8, box.top(), box.width() - SIGN - 8, box.height())
        role = "strong" if facts.kind == "iq" else "medium" if facts.kind == "repeater" else "base"
        width = draw_text(painter, room, facts.name, "text", role)
        rest = room.adjusted(width + 8, 0, 0, 0)
        if facts.detail and rest.width() > 30:
            draw_text(painter, rest, facts.detail, "text3", "small")

    def _load(self, painter: QPainter, box: QRect, facts: RowFacts) -> None:
        middle = box.center().y() + 1
        left = box.left()
        if not facts.placed:
            paint_icon(painter, "octagon-x", QRect(left, middle - 7, 14, 14), "error")
            draw_text(painter, box.adjusted(20, 0, 0, 0), self.tr("No parent"), "error")
            return
        if facts.load_share is not None:
            left += draw_load(painter, left, middle, facts.load_share, facts.over) + 8
        tint = "error" if facts.over else "text2"
        draw_text(painter, QRect(left, box.top(), box.right() - left, box.height()), facts.load, tint)

    def _margin(self, painter: QPainter, box: QRect, facts: RowFacts) -> None:
        if facts.kind == "iq":
            return
        if facts.margin_db is None:
            draw_text(painter, box, self.tr("not measured"), "text3", "small")
            return
        left = box.left() + draw_margin(painter, box.left(), box.center().y(), facts.margin_db) + 8
        room = QRect(left, box.top(), box.right() - left, box.height())
        draw_text(painter, room, f"{facts.margin_db:.0f} dB", "text")

    def _state(self, painter: QPainter, box: QRect, facts: RowFacts) -> None:
        state = facts.state
        left = (
            box.left() + draw_triple(painter, box.left(), box.center().y() + 1, state.filled, state.tone) + 8
        )
        room = QRect(left, box.top(), box.right() - left + 8, box.height())
        draw_text(painter, room, state.word, state.tone or "text2", "medium" if state.tone else "base")

    def _device_id(self, painter: QPainter, box: QRect, facts: RowFacts) -> None:
        draw_text(painter, box, facts.id_text, "text3", "small")

    def _paint_folder(self, painter: QPainter, box: QRect, model: SiteTreeModel) -> None:
        painter.setPen(QPen(colour("control"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(
            8,
            box.top() + 1,
            painter.device().width() - 12 if painter.device() else box.right(),
            box.top() + 1,
        )
        middle = box.center().y() + 2
        paint_icon(painter, "folder-open", QRect(box.left() + 6, middle - 8, 16, 16), "text2")
        room = QRect(box.left() + SIGN + 12, box.top() + 2, box.width() + 400, box.height())
        width = draw_text(painter, room, self.tr("Not placed yet"), "text", "medium")
        count = model.parked()
        text = (
            self.tr("{n}, parked without a parent").format(n=count) if count else self.tr("nothing is parked")
        )
        draw_text(painter, room.adjusted(width + 8, 0, 0, 0), text, "text3", "small")


COLUMN_NAMES = {DEVICE: "device", LOAD: "load", MARGIN: "margin", STATE: "state", DEVICE_ID: "id"}
