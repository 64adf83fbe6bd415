"""The plan of one floor: devices where they stand, links as measured, the same drops as in the tree."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsScene, QGraphicsView

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from ui.bridge.drag import run_drag
from ui.models.device_state import device_state
from ui.models.payload import Payload, nodes_mime, payload_of
from ui.models.place_answers import DropTarget
from ui.models.row_facts import margin_to_parent
from ui.models.site_tree_model import SiteTreeModel
from ui.stages.design.drop_marks import DropMarks
from ui.stages.design.plan.plan_items import SCALE, LayerItem, NodeItem
from ui.stages.design.plan.tag_places import TagPlaces, label_places, mark_places
from ui.style.theme import colour, theme

MOST_ITEMS = 1500
"""A floor with more devices shows its locks as dots of the layer."""
MOST_MARKS = 60
MOST_NAMES = 250
NAMES_FROM = 0.5
"""With more devices than that, names are shown only from this zoom on."""


class PlanView(QGraphicsView):
    """Shows one floor of a `SiteTreeModel`'s site.

    Signals:
        chosen: a device was clicked; carries its id.
        dropped: a drop changed something; carries the id to select and whether it is new.
        drag_moved: what is dragged (`Payload`), or None when the drag has ended.
        menu_asked: the context menu of the chosen device is wanted at a place on the screen.
    """

    chosen = Signal(str)
    dropped = Signal(str, bool)
    drag_moved = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self, model: SiteTreeModel) -> None:
        super().__init__()
        self._tree = model
        self.floor_id = ""
        self._items: dict[str, NodeItem] = {}
        self._selected = ""
        self._press: QPoint | None = None
        self._marked: set[str] = set()
        self.marking = False
        self.crowded = False
        self._zoomed = False
        self.drop_position: QPoint | None = None
        self.setScene(QGraphicsScene(self))
        self.setAccessibleName(self.tr("Plan; the tree lists the same devices"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setDragMode(QGraphicsView.DragMode.NoDrag)
        self.setAcceptDrops(True)
        theme().changed.connect(self._dress)
        self._dress()

    # --- what it shows --------------------------------------------------------------------

    def show_floor(self, floor_id: str) -> None:
        """Show a floor, whole."""
        if floor_id != self.floor_id:
            self.floor_id, self._zoomed = floor_id, False
        self.rebuild()

    def rebuild(self) -> None:
        """Read the floor again: something moved, came or went."""
        site = self._tree.site
        scene = self.scene()
        scene.clear()
        self._items.clear()
        self._marked = set()
        here = [
            n
            for n in site.nodes.values()
            if n.floor == self.floor_id and n.x_m is not None and n.y_m is not None
        ]
        links, parents = [], {}
        for node in here:
            parent = site.nodes[node.parent] if node.parent else None
            if parent is None or parent.x_m is None or parent.y_m is None:
                continue
            elsewhere = parent.floor != self.floor_id
            margin = margin_to_parent(site, self._tree.catalogue, node)
            links.append((_spot(node), _spot(parent), margin, elsewhere))
            if elsewhere:
                parents[parent.id] = parent
        dots: list[QPointF] = []
        if len(here) > MOST_ITEMS:
            dots = [_spot(node) for node in here if node.kind is Kind.LOCK]
            here = [node for node in here if node.kind is not Kind.LOCK]
        scene.addItem(LayerItem(site.floors.get(self.floor_id), links, dots))
        for node in here:
            self._add(NodeItem(node, device_state(node, self._tree.records.get(node.id)).tone), node)
        for parent in parents.values():
            floor = site.floors[parent.floor].name if parent.floor in site.floors else self.tr("elsewhere")
            self._add(NodeItem(parent, None, ghost=floor), parent)
        self.select(self._selected)
        box = QRectF()
        for item in scene.items():
            box = box.united(
                item.boundingRect() if isinstance(item, LayerItem) else QRectF(item.pos(), item.pos())
            )
        scene.setSceneRect(box.adjusted(-60, -60, 60, 60))
        self.fit()
        self.arrange()

    def select(self, node_id: str) -> None:
        """Mark the selected device."""
        self._selected = node_id
        for key, item in self._items.items():
            item.set_chosen(key == node_id)

    def set_marks(self, payload: Payload | None) -> None:
        """Mark every device for what is dragged; None takes the marks away."""
        marks = DropMarks(self._tree, payload) if payload is not None else None
        near = self._nearest(payload) if marks is not None else set()
        for node_id in near | self._marked:
            answer = marks.answer(node_id) if marks is not None and node_id in near else None
            words = None
            if marks is not None and answer is not None and answer.act != "assign":
                words = (marks.words(answer), answer.verdict)
            if node_id in self._items:
                self._items[node_id].set_mark(words)
        self._marked = near
        self.marking = marks is not None
        self.arrange()
        self.viewport().update()

    def _nearest(self, payload: Payload | None) -> set[str]:
        """Return the devices worth a mark: all of an ordinary floor, the nearest of a huge one."""
        if len(self._items) <= MOST_MARKS or payload is None or payload.node_id not in self._items:
            return set(list(self._items)[:MOST_MARKS])
        here = self._items[payload.node_id].pos()
        by_distance = sorted(self._items, key=lambda key: QLineF(here, self._items[key].pos()).length())
        return set(by_distance[:MOST_MARKS])

    def arrange(self) -> None:
        """Find room for names and marks; a name without room is left to the tooltip."""
        spots = {item: QPointF(self.mapFromScene(item.pos())) for item in self._items.values()}
        self.crowded = crowded = len(self._items) > MOST_NAMES and self.transform().m11() < NAMES_FROM
        signs = [] if crowded else [item.sign_rect().translated(spot) for item, spot in spots.items()]
        places = TagPlaces(signs, QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2))
        middle = sum(spot.y() for spot in spots.values()) / max(1, len(spots))
        shown = [item for item in spots if item.mark or item.tagged] if crowded else list(spots)
        for item in sorted(shown, key=lambda each: (each.mark is None, -each.rank)):
            spot, width = spots[item], item.tag_width()
            if item.mark is not None:
                item.put_tag(places.choose(spot, mark_places(width, item.side), must=True))
            elif self.marking or crowded:
                item.put_tag(None)
            else:
                item.put_tag(places.choose(spot, label_places(width, spot.y() < middle, item.side)))

    # --- looking ----------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole floor, unless somebody zoomed."""
        if not self._zoomed and not self.scene().sceneRect().isEmpty():
            box: QRectF = self.scene().sceneRect()
            self.fitInView(box, Qt.AspectRatioMode.KeepAspectRatio)
            self.arrange()

    def fit_again(self) -> None:
        """Show the whole floor."""
        self._zoomed = False
        self.fit()

    def zoom(self, factor: float) -> None:
        """Come nearer (over 1) or go away."""
        scale = self.transform().m11() * factor
        if 0.05 < scale < 6:
            self._zoomed = True
            self.scale(factor, factor)
            self.arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text()
        if key in ("+", "="):
            self.zoom(1.25)
        elif key == "-":
            self.zoom(0.8)
        elif key == "0":
            self.fit_again()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    # --- mouse ---------------------------------------------------------------------------------

    def item_at(self, at: QPoint) -> NodeItem | None:
        """Return the device under a place of the viewport, the topmost first."""
        for item in sorted(self._items.values(), key=lambda i: -i.zValue()):
            offset = QPointF(at - self.mapFromScene(item.pos()))
            if item.shape_rect().contains(offset):
                return item
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.item_at(event.position().toPoint())
        self._press = event.position().toPoint() if item is not None else None
        if item is not None:
            self.chosen.emit(item.node_id)
            return
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            super().mouseMoveEvent(event)
            return
        moved = (event.position().toPoint() - self._press).manhattanLength()
        if moved >= QApplication.startDragDistance() and self._selected and not self._tree.read_only:
            self._press = None
            facts = self._tree.facts(self._selected)
            self.drag_moved.emit(Payload(node_id=self._selected))
            try:
                run_drag(self, nodes_mime([self._selected]), facts.name, facts.kind, facts.model)
            finally:
                self.drag_moved.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        super().mouseReleaseEvent(event)
        self.setDragMode(QGraphicsView.DragMode.NoDrag)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.item_at(event.pos())
        if item is not None:
            self.chosen.emit(item.node_id)
            self.menu_asked.emit(event.globalPos())

    # --- drops: the same answers as in the tree ----------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if payload_of(event.mimeData()) is not None and not self._tree.read_only:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self.item_at(event.position().toPoint()) is not None:
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        payload = payload_of(event.mimeData())
        item = self.item_at(event.position().toPoint())
        if payload is None or item is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.drop_position = event.position().toPoint()
        before = set(self._tree.site.nodes)
        if self._tree.drop(payload, DropTarget(item.node_id)):
            new = set(self._tree.site.nodes) - before
            self.dropped.emit(payload.node_id or next(iter(new), item.node_id), bool(new))

    # --- building --------------------------------------------------------------------------------

    def _add(self, item: NodeItem, node: Node) -> None:
        item.setPos(_spot(node))
        self.scene().addItem(item)
        self._items[node.id] = item

    def _dress(self) -> None:
        self.setBackgroundBrush(QColor(colour("bg")))
        self.viewport().update()


def _spot(node: Node) -> QPointF:
    return QPointF((node.x_m or 0.0) * SCALE, (node.y_m or 0.0) * SCALE)
