"""The queue as Qt sees it: rows by key, told finely so that nothing jumps."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.components.countdown_ring import clock_text
from ui.stages.commission.moments import rest_s
from ui.stages.commission.queue_items import QueueItem

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()


class QueueModel(QAbstractListModel):
    """Holds the queue's rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[QueueItem] = []

    def show_items(self, items: list[QueueItem]) -> None:
        """Take the rows of the moment: only what differs is told, unless the rows are others."""
        if len(items) != len(self.items) or any(
            a is not b and (a.key or a.name) != (b.key or b.name)
            for a, b in zip(items, self.items, strict=True)
        ):
            self.beginResetModel()
            self.items = items
            self.endResetModel()
            return
        old, self.items = self.items, items
        for number, (before, now) in enumerate(zip(old, items, strict=True)):
            if before is not now and before != now:
                self.dataChanged.emit(self.index(number), self.index(number))

    def tick(self) -> None:
        """A second went by: the rows that count down differ."""
        for number, item in enumerate(self.items):
            if item.deadline_at:
                self.dataChanged.emit(self.index(number), self.index(number))

    def row_of(self, key: str) -> int:
        """Return the row of a device, -1 when it has none."""
        return next((number for number, item in enumerate(self.items) if key and item.key == key), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid() or self.items[index.row()].heading:
            return Qt.ItemFlag.ItemNeverHasChildren
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.name, item.kind, line_now(item)) if part)
        if role == Qt.ItemDataRole.ToolTipRole and not item.heading:
            return f"{item.name}: {line_now(item)}" if item.line else item.name
        return None


def line_now(item: QueueItem) -> str:
    """Return the line of a row with the rest of its wait."""
    if "{time}" not in item.line:
        return item.line
    return item.line.format(time=clock_text(rest_s(item.deadline_at)))
