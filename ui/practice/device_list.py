"""The left side: every device of the practice site with its state and its light."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.components.led_light import blink_clock, draw_led
from ui.components.painting import draw_focus_ring, draw_kind, draw_text, text_width
from ui.practice.device_rows import DeviceRow, HeadingRow, Row, rows_of
from ui.practice.device_words import light_of, light_words, state_words, waits_for
from ui.style.theme import colour, theme

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
ROW, INDENT = 34, 18
Index = QModelIndex | QPersistentModelIndex


class DeviceListModel(QAbstractListModel):
    """Shows the rows of a world."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show(self, world: dict[str, Any], search: str) -> bool:
        """Show a world; return whether rows came or went (else they only look different)."""
        rows = rows_of(world, search)
        same = [self._identity(row) for row in rows] == [self._identity(row) for row in self.rows]
        if same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        return not same

    def row_of(self, device_id: str) -> int:
        """Return the row of a device, -1 when it is not in view."""
        found = (
            n
            for n, row in enumerate(self.rows)
            if isinstance(row, DeviceRow) and row.device["device_id"] == device_id
        )
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(index.data(ROW_ROLE), HeadingRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(row) if isinstance(row, HeadingRow) else row.device["name"]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, HeadingRow):
                return self.heading(row)
            light = self.tr("light {words}").format(words=light_words(row.device))
            return ", ".join((row.device["name"], state_words(row.device), light))
        return None

    def heading(self, row: HeadingRow) -> str:
        """Return the words of a heading."""
        return self.tr("Attached nowhere {n}").format(n=row.count)

    @staticmethod
    def _identity(row: Row) -> str:
        return row.key if isinstance(row, HeadingRow) else f"{row.depth} {row.device['device_id']}"


class _DeviceDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadingRow):
            draw_text(painter, box.adjusted(16, 6, -8, 0), index.data(), "text2", "small-strong")
        elif isinstance(row, DeviceRow):
            self._paint_device(painter, option, row)
        painter.restore()

    def _paint_device(self, painter: QPainter, option: QStyleOptionViewItem, row: DeviceRow) -> None:
        box, device = QRect(option.rect), row.device
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("accent_soft" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        middle = box.center().y()
        left = box.left() + 14 + row.depth * INDENT
        draw_kind(painter, QRect(left, middle - 9, 20, 20), device["kind"], device["model"])
        light = QRectF(box.right() - 36, middle - 11, 24, 24)
        at_s = time.monotonic() if blink_clock().moving else None
        draw_led(painter, light, *light_of(device), at_s)
        words = state_words(device)
        tint = "warn" if waits_for(device) else "text2"
        width = text_width(words, "small")
        state = QRect(int(light.left()) - width - 10, box.top(), width + 2, box.height())
        draw_text(painter, state, words, tint, "small")
        name = QRect(left + 28, box.top(), state.left() - left - 40, box.height())
        draw_text(painter, name, device["name"], "text", "medium")
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, box.adjusted(2, 1, -2, -1), 6)


class DeviceList(QListView):
    """The list.

    Signals:
        chosen: a person chose a device; carries its Device ID.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.devices = DeviceListModel()
        self._wanted = ""
        self.setModel(self.devices)
        self.setItemDelegate(_DeviceDelegate(self))
        self.setAccessibleName(self.tr("Devices of the practice site"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)
        blink_clock().ticked.connect(self.viewport().update)
        theme().changed.connect(self.viewport().update)

    def show_world(self, world: dict[str, Any], search: str) -> None:
        """Show a world; the chosen device stays chosen."""
        wanted = self._wanted
        if self.devices.show(world, search) and wanted:
            self.choose(wanted)

    def choose(self, device_id: str) -> None:
        """Mark a device and tell about it."""
        row = self.devices.row_of(device_id)
        if row >= 0:
            self.setCurrentIndex(self.devices.index(row))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        blink_clock().enter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        blink_clock().leave(self)

    def _moved(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, DeviceRow):
            self._wanted = row.device["device_id"]
            self.chosen.emit(self._wanted)
