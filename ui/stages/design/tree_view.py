"""The tree of the hardware: painted rows, drag and drop with an answer at every row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView

from larry.domain.placement import Verdict
from ui.bridge.drag import run_drag
from ui.components.painting import draw_focus_ring
from ui.models.payload import Payload, nodes_mime, payload_of
from ui.models.site_tree_model import (
    DEVICE_ID,
    LOAD,
    MARGIN,
    NODE_ROLE,
    PARKED,
    STATE,
    DropTarget,
    SiteTreeModel,
)
from ui.stages.design.drop_marks import DropMarks, draw_mark
from ui.stages.design.drop_place import drop_place
from ui.stages.design.row_delegate import RowDelegate
from ui.style.icons import paint_icon
from ui.style.theme import colour, theme

Index = QModelIndex | QPersistentModelIndex
INDENT = 22
EXPAND_MS = 650


class HardwareTree(QTreeView):
    """Shows a `SiteTreeModel`.

    Signals:
        dropped: a drop changed something; carries the id to select and whether it is new.
        drag_moved: what is dragged (`Payload`), or None when the drag has ended.
    """

    dropped = Signal(str, bool)
    drag_moved = Signal(object)

    def __init__(self, model: SiteTreeModel) -> None:
        super().__init__()
        self._tree = model
        self._marks: DropMarks | None = None
        self._target: DropTarget | None = None
        self._delegate = RowDelegate(self)
        self._expand = QTimer(self)
        self._expand.setSingleShot(True)
        self._expand.setInterval(EXPAND_MS)
        self._expand.timeout.connect(self._expand_hovered)
        self._hovered = QPersistentModelIndex()
        self.drop_position: QPoint | None = None
        self._by_keys = False
        self.setAccessibleName(self.tr("Hardware tree"))
        self.setUniformRowHeights(True)  # before anything is expanded (ux.md)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setIndentation(INDENT)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self._set_up_header()
        model.refreshed.connect(self.viewport().update)
        theme().changed.connect(self.viewport().update)

    # --- finding ---------------------------------------------------------------------------

    def current_id(self) -> str:
        """Return the id of the current row, "" for none and for the folder."""
        node_id = self.currentIndex().data(NODE_ROLE) if self.currentIndex().isValid() else ""
        return "" if node_id == PARKED else (node_id or "")

    def reveal(self, node_id: str) -> None:
        """Make a device the current row and show it."""
        index = self._tree.index_of(node_id)
        if index.isValid() and self.currentIndex().siblingAtColumn(0) != index:
            self.scrollTo(index)
            self.setCurrentIndex(index)

    def expand_small(self, most: int = 400) -> None:
        """Open everything on a small site; on a big one the IQs stay closed."""
        if len(self._tree.site.nodes) <= most:
            self.expandAll()
        else:
            self.expand(self._tree.index_of(PARKED))

    def expanded_ids(self) -> list[str]:
        """Return the ids of the open rows (at most 500)."""
        ids: list[str] = []
        stack = [QModelIndex()]
        while stack and len(ids) < 500:
            parent = stack.pop()
            for row in range(self._tree.rowCount(parent)):
                index = self._tree.index(row, 0, parent)
                if self.isExpanded(index):
                    ids.append(self._tree.node_id(index))
                    stack.append(index)
        return ids

    # --- marks while something is dragged, also from elsewhere ------------------------------------

    def set_marks(self, payload: Payload | None) -> None:
        """Mark every row for what is dragged; None takes the marks away."""
        self._marks = DropMarks(self._tree, payload) if payload is not None else None
        self._target = None
        self._expand.stop()
        self.viewport().update()

    def startDrag(self, actions: Qt.DropAction) -> None:
        node_id = self.current_id()
        if not node_id or self._tree.read_only:
            return
        facts = self._tree.facts(node_id)
        self.drag_moved.emit(Payload(node_id=node_id))
        try:
            run_drag(self, nodes_mime([node_id]), facts.name, facts.kind, facts.model)
        finally:
            self.drag_moved.emit(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        payload = payload_of(event.mimeData())
        if payload is None or self._tree.read_only:
            event.ignore()
            return
        if self._marks is None:
            self.set_marks(payload)
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        payload = payload_of(event.mimeData())
        if payload is None:
            event.ignore()
            return
        target = self.target_at(event.position().toPoint(), payload)
        if target != self._target:
            self._target = target
            self.viewport().update()
            self._hover(target)
        # Also a refused place takes the drop: it changes nothing and says why (ux.md).
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._target = None
        self._expand.stop()
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        payload = payload_of(event.mimeData())
        self._expand.stop()
        if payload is None:
            event.ignore()
            return
        target = self.target_at(event.position().toPoint(), payload)
        # Copy: the edit moves the row, Qt must not remove it from the view a second time.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.drop_position = event.position().toPoint()
        self.set_marks(None)
        before = set(self._tree.site.nodes)
        if self._tree.drop(payload, target):
            new = set(self._tree.site.nodes) - before
            node_id = payload.node_id or next(iter(new), target.node_id or "")
            self.dropped.emit(node_id, bool(new))

    def target_at(self, at: QPoint, payload: Payload) -> DropTarget:
        """Return the place under the pointer."""
        index = self.indexAt(at)
        box = self.visualRect(index)
        return drop_place(self._tree, index, (at.y() - box.top()) / max(1, box.height()), payload)

    def _hover(self, target: DropTarget) -> None:
        self._expand.stop()
        if target.node_id is not None and target.row is None:
            self._hovered = QPersistentModelIndex(self._tree.index_of(target.node_id))
            self._expand.start()

    def _expand_hovered(self) -> None:
        if self._hovered.isValid():
            self.expand(self._tree.index_of(self._tree.node_id(self._hovered)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keys = True
        self.viewport().update()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._by_keys = True
        super().focusInEvent(event)

    # --- painting ----------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node_id = self._tree.node_id(index)
        box = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        answer = self._marks.answer(node_id) if self._marks is not None else None
        on_row = self._target is not None and self._target.row is None and self._target.node_id == node_id
        refused = on_row and answer is not None and answer.verdict is Verdict.NO
        self._paint_ground(painter, box, index, refused)
        if self._marks is not None and answer is None:
            painter.save()
            painter.setOpacity(0.45)  # no place for it: out of the way, still readable
            super().drawRow(painter, option, index)
            painter.restore()
            return
        super().drawRow(painter, option, index)
        if answer is not None and self._marks is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            hidden = self.isColumnHidden(LOAD)
            left = (self.viewport().width() // 2 if hidden else self.columnViewportPosition(LOAD)) - 8
            room = QRect(left, box.top(), box.right() - left - 8, box.height())
            painter.fillRect(room, self._ground(index, refused))
            draw_mark(painter, room, self._marks.words(answer), answer.verdict)
            if on_row:
                ring = {Verdict.YES: "ok", Verdict.CARE: "warn", Verdict.NO: "error"}[answer.verdict]
                painter.setPen(QPen(colour(ring), 2))
                painter.drawRoundedRect(box.adjusted(2, 1, -3, -2), 6, 6)
            painter.restore()

    def _ground(self, index: Index, refused: bool) -> QColor:
        if refused:
            return colour("error_soft")
        if self.selectionModel().isSelected(index.siblingAtColumn(0)):
            return colour("accent_soft")
        return colour("surface")

    def _paint_ground(self, painter: QPainter, box: QRect, index: Index, refused: bool) -> None:
        ground = self._ground(index, refused)
        hovered = self._marks is None and self.underMouse()
        if (
            ground == colour("surface")
            and hovered
            and box.contains(self.viewport().mapFromGlobal(self.cursor().pos()))
        ):
            ground = colour("hover")
        painter.fillRect(box, ground)
        if self.selectionModel().isSelected(index.siblingAtColumn(0)):
            painter.fillRect(QRect(0, box.top(), 3, box.height()), colour("accent"))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        depth = 0
        above = index.parent()
        while above.isValid():
            depth += 1
            above = above.parent()
        painter.setPen(QPen(colour("border"), 1))
        for level in range(depth):
            x = rect.left() + level * INDENT + INDENT // 2 + 2
            painter.drawLine(x, rect.top(), x, rect.bottom())
        if (
            self._tree.rowCount(self._tree.index_of(self._tree.node_id(index))) > 0
            and self._tree.node_id(index) != PARKED
        ):
            name = (
                "chevron-down"
                if self.isExpanded(self._tree.index_of(self._tree.node_id(index)))
                else "chevron-right"
            )
            x = rect.left() + depth * INDENT + INDENT // 2 - 5
            paint_icon(painter, name, QRect(x, rect.center().y() - 6, 14, 14), "text2")
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._target is not None and self._target.row is not None:
            self._paint_gap(painter, self._target)
        if self._by_keys and self.hasFocus() and self.currentIndex().isValid():
            box = self.visualRect(self.currentIndex())
            if box.isValid():
                draw_focus_ring(painter, QRect(1, box.top(), self.viewport().width() - 2, box.height()), 4)

    def _paint_gap(self, painter: QPainter, target: DropTarget) -> None:
        parent = self._tree.index_of(target.node_id) if target.node_id else QModelIndex()
        count = self._tree.rowCount(parent)
        row = target.row or 0
        below = row >= count
        index = self._tree.index(max(0, min(row, count - 1)), 0, parent)
        box = self.visualRect(index)
        if below:
            last = index
            while self.isExpanded(last) and self._tree.rowCount(last):
                last = self._tree.index(self._tree.rowCount(last) - 1, 0, last)
            y = self.visualRect(last).bottom()
        else:
            y = box.top()
        painter.setPen(QPen(colour("accent"), 2))
        painter.setBrush(colour("surface"))
        painter.drawLine(box.left() + 4, y, self.viewport().width() - 12, y)
        painter.drawEllipse(QPoint(box.left() + 1, y), 3, 3)

    # --- columns -------------------------------------------------------------------------------

    def _set_up_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(48)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(32)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((LOAD, 186), (MARGIN, 98), (STATE, 152), (DEVICE_ID, 78)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
        header.setSectionsMovable(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, needs in ((DEVICE_ID, 760), (MARGIN, 560), (LOAD, 450), (STATE, 330)):
            self.setColumnHidden(column, width < needs)
        self.header().resizeSection(LOAD, 186 if width >= 680 else 150)
