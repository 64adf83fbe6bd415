"""The checklist as a list model."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from larry.services.read_checklist import Checklist, ChecklistLine, Group, LineState
from ui.stages.handover.checklist_rows import GroupRow, Row, rows_of
from ui.stages.handover.line_act import LineAct

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class ChecklistModel(QAbstractListModel):
    """Shows the rows of a checklist.

    Args:
        act_of: returns the act of a line, or None.
    """

    def __init__(self, act_of: Callable[[ChecklistLine], LineAct | None], parent: QObject) -> None:
        super().__init__(parent)
        self._act_of = act_of
        self._checklist = Checklist()
        self.open_first = True
        self.folded: frozenset[Group] = frozenset()
        self.rows: list[Row] = []

    def show(self, checklist: Checklist) -> None:
        """Show another checklist; rows that stay are repainted, not replaced."""
        self._checklist = checklist
        self._refresh()

    def sort_open_first(self, wanted: bool) -> None:
        """Choose the order."""
        self.open_first = wanted
        self._refresh()

    def toggle(self, group: Group) -> None:
        """Fold a group, or open it."""
        self.folded = self.folded ^ {group}
        self._refresh()

    def act(self, index: Index) -> LineAct | None:
        """Return the act of a row."""
        row = index.data(ROW_ROLE)
        return self._act_of(row) if isinstance(row, ChecklistLine) else None

    def row_of(self, key: str) -> int:
        """Return the row of a line by its key, -1 when it is not in view."""
        found = (n for n, row in enumerate(self.rows) if isinstance(row, ChecklistLine) and row.key == key)
        return next(found, -1)

    def words(self, row: Row) -> str:
        """Return what a screen reader says."""
        if isinstance(row, GroupRow):
            how = self.tr("folded") if row.folded else self.tr("open")
            return self.tr("{group}, {done} of {total} done, {how}").format(
                group=self.group_title(row.group), done=row.done, total=row.total, how=how
            )
        parts = (self.state_word(row.state), row.title, row.evidence, row.remedy)
        return ", ".join(part.rstrip(".") for part in parts if part)

    def state_word(self, state: LineState) -> str:
        """Return the word of a state."""
        return {
            LineState.OK: self.tr("Done"),
            LineState.ERROR: self.tr("Error"),
            LineState.WARNING: self.tr("Warning"),
            LineState.OPEN: self.tr("Open"),
            LineState.WAIVED: self.tr("Waived"),
        }[state]

    def group_title(self, group: Group) -> str:
        """Return the title of a group."""
        return {
            Group.DEVICES: self.tr("Devices"),
            Group.OWNER_AND_SITE: self.tr("Owner and site"),
            Group.SILENT_FAILURES: self.tr("Silent failures"),
            Group.OPEN_POINTS: self.tr("Photos and open points"),
        }[group]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.group_title(row.group) if isinstance(row, GroupRow) else row.title
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, ChecklistLine):
            return "\n".join(part for part in (row.title, row.evidence, row.remedy) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(row)
        return None

    def _refresh(self) -> None:
        rows = rows_of(self._checklist, open_first=self.open_first, folded=self.folded)
        if rows == self.rows:
            return
        same = [self._identity(row) for row in rows] == [self._identity(row) for row in self.rows]
        if same:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            self.layoutChanged.emit()
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    @staticmethod
    def _identity(row: Row) -> str:
        return f"group {row.group}" if isinstance(row, GroupRow) else f"{row.key} {row.state}"
