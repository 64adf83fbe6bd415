"""The list of the checklist: its button or Enter goes to the cause, a click on a heading folds it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ui.stages.handover.checklist_delegate import ChecklistDelegate
from ui.stages.handover.checklist_model import ROW_ROLE, ChecklistModel
from ui.stages.handover.checklist_rows import GroupRow
from ui.style.theme import theme


class ChecklistView(QListView):
    """Shows a `ChecklistModel`.

    Signals:
        act_asked: the act of a line is wanted; carries its `LineAct`.
    """

    act_asked = Signal(object)

    def __init__(self, model: ChecklistModel) -> None:
        super().__init__()
        self._delegate = ChecklistDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Checklist"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self.viewport().update)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        if isinstance(index.data(ROW_ROLE), GroupRow):
            self._toggle(index)
        elif self._delegate.act_rect(self.visualRect(index), index).contains(at):
            self._act(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row = index.data(ROW_ROLE) if index.isValid() else None
        key = event.key()
        if isinstance(row, GroupRow):
            wanted = {Qt.Key.Key_Left: not row.folded, Qt.Key.Key_Right: row.folded}.get(Qt.Key(key))
            if wanted or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._toggle(index)
                return
        elif row is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act(index)
            return
        super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        model, number = self.model(), index.row()
        assert isinstance(model, ChecklistModel)
        model.toggle(index.data(ROW_ROLE).group)
        self.setCurrentIndex(model.index(number))

    def _act(self, index: QModelIndex) -> None:
        model = self.model()
        assert isinstance(model, ChecklistModel)
        act = model.act(index)
        if act is not None:
            self.act_asked.emit(act)
