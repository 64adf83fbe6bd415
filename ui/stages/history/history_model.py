"""The history as a list model, and the words of its entries."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from larry.services.read_history import HistoryEntry
from ui.stages.commission.moments import clock
from ui.stages.history.history_rows import DayRow, Row

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Shows rows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """Show these rows; what was added on top is inserted, so that the place in the list stays."""
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row_of(self, number: int) -> int:
        """Return the row of an entry by its number, -1 when it is not in view."""
        found = (
            n for n, row in enumerate(self.rows) if isinstance(row, HistoryEntry) and row.number == number
        )
        return next(found, -1)

    def title(self, entry: HistoryEntry) -> str:
        """Return what happened, in words."""
        if entry.what == "undo":
            return self.tr("Undo: {label}").format(label=entry.label)
        if entry.what == "redo":
            return self.tr("Redo: {label}").format(label=entry.label)
        return entry.label

    def source_word(self, entry: HistoryEntry) -> str:
        """Return where it came from."""
        words = {
            "hand": self.tr("by hand"),
            "device": self.tr("by a job"),
            "import": self.tr("from a file"),
            "merge": self.tr("merged"),
            "plan": self.tr("planner"),
        }
        return words.get(entry.source, entry.source)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(index.data(ROW_ROLE), DayRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, DayRow) else self.title(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, HistoryEntry):
            return self.title(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.title if isinstance(row, DayRow) else self._spoken(row)
        return None

    def _spoken(self, entry: HistoryEntry) -> str:
        parts = [clock(entry.at), self.title(entry), entry.who, self.source_word(entry)]
        if entry.undone:
            parts.append(self.tr("undone"))
        return ", ".join(part for part in parts if part)
