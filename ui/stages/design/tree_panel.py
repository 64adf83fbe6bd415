"""The middle of Design: what is parked, open acts, Add; the tree; what to do when there is nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout

from larry.domain.edits import AddNode
from larry.domain.kind import Kind
from larry.services.place_node import FoundHardware, node_of
from ui.components.button import Button
from ui.components.empty_state import EmptyState
from ui.components.segmented import Segmented
from ui.components.text import line
from ui.models.device_state import device_state
from ui.models.payload import payload_of
from ui.models.site_tree_model import PARKED, DropTarget, SiteTreeModel
from ui.stages.design.plan.plan_panel import PlanPanel
from ui.stages.design.tree_view import HardwareTree
from ui.style.icons import icon
from ui.workspace import Workspace

BOTH_WIDTH = 1366
"""A window this wide has room for tree and plan side by side."""


class _EmptyTree(EmptyState):
    """The empty site also takes what is dropped on it."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if payload_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        payload = payload_of(event.mimeData())
        if payload is not None:
            event.acceptProposedAction()
            self.dropped.emit(payload)


class TreePanel(QFrame):
    """The panel.

    Signals:
        menu_asked: the context menu of the selected row is wanted at a place on the screen.
        added: a device was added by hand; carries its id.
    """

    menu_asked = Signal(QPoint)
    added = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._workspace = workspace
        project = workspace.project
        self.model = SiteTreeModel(project.site, project.catalogue, project.records, workspace.do)
        self.model.read_only = workspace.read_only
        self.tree = HardwareTree(self.model)
        self.parked = Button(self.tr("Not placed"), "ghost", "folder", size="s")
        self.acts = Button(self.tr("Open acts"), "ghost", "hourglass", size="s")
        self.add = Button(self.tr("Add"), "plain", "plus", size="s")
        self.views = Segmented(
            self.tr("View"),
            [
                ("tree", self.tr("Tree"), "list-tree"),
                ("plan", self.tr("Plan"), "map"),
                ("both", self.tr("Both"), "columns-2"),
            ],
        )
        self.plan = PlanPanel(workspace, self.model)
        self._both = QSplitter(Qt.Orientation.Horizontal)
        self._nothing = _EmptyTree()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.tree.expand_small()
        self.refresh()

    def refresh(self, _change: object = None) -> None:
        """Show counts and states as they are now."""
        project = self._workspace.project
        self.model.catalogue = project.catalogue
        self.model.read_only = self._workspace.read_only
        self.add.setVisible(not self._workspace.read_only)
        parked = self.model.parked()
        self.parked.set_look(
            text=self.tr("Not placed {n}").format(n=parked) if parked else self.tr("All placed")
        )
        self.parked.set_tint("error" if parked else "")
        nodes = project.site.nodes
        states = (
            device_state(nodes[key], record).key for key, record in project.records.items() if key in nodes
        )
        waiting = sum(state in ("card", "leaving") for state in states)
        self.acts.setVisible(waiting > 0)
        self.acts.set_look(text=self.tr("Open acts {n}").format(n=waiting))
        self.acts.set_tint("warn")
        self._pages.setCurrentIndex(0 if nodes else 1)

    def show_view(self, key: str) -> None:
        """Show the tree, the plan, or both; both need a wide window."""
        if key == "both" and self.window().width() < BOTH_WIDTH:
            key = "plan"
        self.views.choose(key)
        self.tree.setVisible(key != "plan")
        self.plan.setVisible(key != "tree")
        if key == "plan":
            self.plan.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if key == "both":
            half = self._both.width() // 2
            self._both.setSizes([half, self._both.width() - half])
        if key != "tree":
            self.plan.refresh()
            self.plan.show_node(self._workspace.selected)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.window().width() >= BOTH_WIDTH
        self.views.set_available("both", wide)
        if not wide and self.views.choice() == "both":
            self.show_view("tree")

    def add_by_hand(self, kind: Kind) -> None:
        """Add a planned device: below the selected parent when it may hang there, else parked."""
        project = self._workspace.project
        node = node_of(FoundHardware("", kind.value))
        parent = self._workspace.selected_node()
        if kind is not Kind.IQ and parent is not None:
            while parent is not None and parent.kind is Kind.LOCK:
                parent = project.site.nodes[parent.parent] if parent.parent else None
            if parent is not None:
                node.parent = parent.id
                node.floor = parent.floor
        node.name = self._free_name(kind)
        if kind is Kind.IQ:
            node.time_zone = project.site.info.time_zone
        models = [model.id for model in project.catalogue.models.values() if model.kind is kind]
        node.model = models[0] if models else None
        if self._workspace.do(AddNode(node), self.tr("Add {name}").format(name=node.name)):
            self.added.emit(node.id)

    def _free_name(self, kind: Kind) -> str:
        words = {
            Kind.IQ: self.tr("IQ {n}"),
            Kind.REPEATER: self.tr("Rep {n}"),
            Kind.LOCK: self.tr("Lock {n}"),
        }
        names = {node.name for node in self._workspace.project.site.nodes.values()}
        number = 1
        while words[kind].format(n=number) in names:
            number += 1
        return words[kind].format(n=number)

    def leave(self) -> None:
        """Stop listening to the site."""
        self.model.release()

    def _connect(self) -> None:
        workspace = self._workspace
        workspace.changed.connect(self.refresh)
        workspace.recorded.connect(self._recorded)
        workspace.changed.connect(self._refresh_plan)
        self.views.chosen.connect(self.show_view)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(self.tree.viewport().mapToGlobal(at))
        )
        self._nothing.dropped.connect(lambda payload: self.model.drop(payload, DropTarget(None)))
        self.parked.clicked.connect(self._show_parked)
        self.acts.clicked.connect(lambda: workspace.asked.emit("commission"))
        self.add.clicked.connect(self.show_add_menu)

    def _refresh_plan(self, _change: object = None) -> None:
        if self.plan.isVisible():
            self.plan.refresh()

    def show_add_menu(self) -> None:
        """Offer the kinds to add."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, text, sign in (
            (Kind.IQ, self.tr("IQ"), "router"),
            (Kind.REPEATER, self.tr("Repeater"), "radio-tower"),
            (Kind.LOCK, self.tr("Lock"), "lock"),
        ):
            menu.addAction(icon(sign), text, lambda kind=kind: self.add_by_hand(kind))
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 4)))

    def _recorded(self, node_id: str) -> None:
        if node_id in self.model.site.nodes:
            self.model.touch(node_id)
        self.refresh()

    def _show_parked(self) -> None:
        index = self.model.index_of(PARKED)
        self.tree.expand(index)
        first = self.model.index(0, 0, index)
        target = first if first.isValid() else index
        self.tree.scrollTo(target)
        self.tree.setCurrentIndex(target)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._nothing.say(
            "router",
            self.tr("Add the first IQ"),
            self.tr("Drag one from Nearby, add it by hand, or import the doors of the building."),
            self.tr("Add an IQ"),
            lambda: self.add_by_hand(Kind.IQ),
        )
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.setSpacing(6)
        head.addWidget(self.views)
        head.addStretch(1)
        for button in (self.parked, self.acts, self.add):
            head.addWidget(button)
        top = QFrame()
        top.setFixedHeight(44)
        top.setLayout(head)
        self._both.setChildrenCollapsible(False)
        self._both.setHandleWidth(1)
        self._both.addWidget(self.tree)
        self._both.addWidget(self.plan)
        self.plan.hide()
        self._pages.addWidget(self._both)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(line())
        column.addWidget(self._pages, 1)
