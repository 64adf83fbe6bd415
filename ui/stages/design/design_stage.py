"""Design: Nearby, the tree, the inspector, the findings; one selection for all."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QWidget

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.placement import Placement
from larry.services.nearby import NearbyRow
from larry.services.place_node import node_of
from ui.components.explain_card import ExplainCard
from ui.models.payload import Payload
from ui.stages.design.design_actions import add_design_actions, refresh_design_actions
from ui.stages.design.device_acts import DeviceActs
from ui.stages.design.findings_panel import FindingsPanel
from ui.stages.design.inspector import Inspector
from ui.stages.design.nearby_panel import NearbyPanel
from ui.stages.design.placement_list import PlacementList
from ui.stages.design.tree_panel import TreePanel
from ui.stages.stage import Stage
from ui.style.tokens import INSPECTOR_WIDTH, NARROW_INSPECTOR_WIDTH, NARROW_NEARBY_WIDTH, NEARBY_WIDTH
from ui.workspace import Workspace

NARROW = 1360


class DesignStage(Stage):
    """The stage."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.nearby = NearbyPanel(workspace)
        self.tree = TreePanel(workspace)
        self.findings = FindingsPanel(workspace)
        self.inspector = Inspector(workspace)
        self.places = PlacementList(workspace)
        self.acts = DeviceActs(workspace, self.window)
        self._card: ExplainCard | None = None
        self._sized = False
        self._commission = QAction(self.tr("Commission…"), self)
        self._commission.setProperty("lucide", "circle-play")
        self._commission.triggered.connect(lambda: workspace.asked.emit("commission"))
        self.right = QStackedWidget()
        self.right.addWidget(self.inspector)
        self.right.addWidget(self.places)
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        add_design_actions(self)
        refresh_design_actions(self)
        self._connect()

    # --- Stage --------------------------------------------------------------------------------

    def primary_action(self) -> QAction | None:
        """Return the way to Commission."""
        return self._commission

    def panes(self) -> list[QWidget]:
        """Return Nearby, tree, findings, inspector."""
        right = self.places.list if self.right.currentWidget() is self.places else self.inspector.form.name
        return [self.nearby.list, self.tree.tree, self.tree.plan.view, self.findings.list, right]

    def activated(self) -> None:
        """Give the keys to the tree."""
        self.tree.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop listening to the site."""
        self.tree.leave()

    def save_layout(self) -> dict[str, object]:
        """Return sizes and open rows."""
        return {
            "columns": self.columns.sizes(),
            "middle": self.middle.sizes(),
            "open": self.tree.tree.expanded_ids(),
            "folded": self.findings.is_folded(),
            "view": self.tree.views.choice(),
        }

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Take sizes and open rows back."""
        for splitter, key, count in ((self.columns, "columns", 3), (self.middle, "middle", 2)):
            sizes = layout.get(key)
            if isinstance(sizes, list) and len(sizes) == count and all(isinstance(s, int) for s in sizes):
                splitter.setSizes(sizes)
                self._sized = self._sized or splitter is self.columns
        opened = layout.get("open")
        if isinstance(opened, list) and opened:
            self.tree.tree.collapseAll()
            for node_id in opened:
                self.tree.tree.expand(self.tree.model.index_of(str(node_id)))
        self.tree.show_view(str(layout.get("view", "tree")))
        self.findings.set_folded(bool(layout.get("folded", False)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.nearby.setMinimumWidth(NARROW_NEARBY_WIDTH if narrow else 260)
        self.right.setMinimumWidth(NARROW_INSPECTOR_WIDTH if narrow else 300)
        if not self._sized and self.width() > 900:
            self._sized = True
            left, right = (
                (NARROW_NEARBY_WIDTH, NARROW_INSPECTOR_WIDTH) if narrow else (NEARBY_WIDTH, INSPECTOR_WIDTH)
            )
            self.columns.setSizes([left, self.width() - left - right, right])
            self.middle.setSizes([self.height() - 152, 152])

    # --- refusals and places ----------------------------------------------------------------------

    def explain(self, title: str, reason: str, fix: str, choices: object) -> None:
        """Pin the card that says why, and offers what would work."""
        if self._card is not None:
            self._card.dismiss()
        assert isinstance(choices, list)
        self._card = ExplainCard(self, title, reason, choices, fix)
        self._card.closed.connect(self._card_closed)
        self._card.pin(self._place_of_drop())

    def _place_of_drop(self) -> QPoint:
        """Return where something was dropped last, else the selected row, in this stage's coordinates."""
        for view in (self.tree.plan.view, self.tree.tree):
            if view.drop_position is not None:
                at, view.drop_position = view.drop_position, None
                return view.viewport().mapTo(self, at)
        tree = self.tree.tree
        return tree.viewport().mapTo(self, tree.visualRect(tree.currentIndex()).bottomLeft() + QPoint(60, 0))

    def card(self) -> ExplainCard | None:
        """Return the pinned card, if there is one."""
        return self._card

    def ask_places(self) -> None:
        """Show where the selected device can go."""
        node = self.workspace.selected_node()
        if node is None or node.kind is Kind.IQ or self.workspace.read_only:
            return
        self.right.setCurrentWidget(self.places)
        self.places.ask(node)

    def _card_closed(self) -> None:
        self._card = None
        self.tree.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _placed(self, placement: Placement) -> None:
        node = self.workspace.selected_node()
        self._leave_places()
        if node is not None:
            self.acts.place(node, placement)

    def _leave_places(self) -> None:
        self.right.setCurrentWidget(self.inspector)
        self.tree.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dragging(self, payload: object) -> None:
        """Mark every row, and show the same answers as a list, while something is dragged."""
        self.workspace.set_drag(payload if isinstance(payload, Payload) else None)
        self.tree.tree.set_marks(self.workspace.drag)
        self.tree.plan.view.set_marks(self.workspace.drag)
        node = self._dragged_node()
        if node is None:
            self.right.setCurrentWidget(self.inspector)
        else:
            self.places.ask(node, focus=False)
            self.right.setCurrentWidget(self.places)

    def _dragged_node(self) -> Node | None:
        payload = self.workspace.drag
        if payload is None:
            return None
        if payload.found is not None:
            return node_of(payload.found) if payload.found.kind in ("lock", "repeater") else None
        node = self.workspace.project.site.nodes.get(payload.node_id or "")
        return None if node is None or node.kind is Kind.IQ else node

    # --- selection -----------------------------------------------------------------------------

    def _tree_current(self, *_: object) -> None:
        node_id = self.tree.tree.current_id()
        if node_id:
            self.workspace.select(node_id)

    def _show(self, node_id: str) -> None:
        if node_id:
            self.tree.tree.reveal(node_id)
            self.tree.plan.show_node(node_id)
        if self.right.currentWidget() is self.places and self.workspace.drag is None:
            self.right.setCurrentWidget(self.inspector)

    def show_site(self) -> None:
        """Show the site itself in the inspector."""
        self.workspace.select("")
        self.tree.tree.clearSelection()
        self.tree.tree.setCurrentIndex(QModelIndex())
        self.right.setCurrentWidget(self.inspector)

    def _put(self, node_id: str, new: bool) -> None:
        """Select what was put somewhere; a new device is named at once."""
        if new:
            self._rename_new(node_id)
        else:
            self._added(node_id)

    def _added(self, node_id: str) -> None:
        self.workspace.select(node_id)
        self.tree.tree.reveal(node_id)
        self.tree.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- wiring ----------------------------------------------------------------------------------

    def _connect(self) -> None:
        tree, nearby = self.tree.tree, self.nearby
        tree.selectionModel().currentChanged.connect(self._tree_current)
        tree.dropped.connect(self._put)
        tree.drag_moved.connect(self._dragging)
        nearby.drag_moved.connect(self._dragging)
        plan = self.tree.plan.view
        plan.chosen.connect(self.workspace.select)
        plan.dropped.connect(self._put)
        plan.drag_moved.connect(self._dragging)
        plan.menu_asked.connect(self.device_menu)
        self.tree.model.refused.connect(self.acts.explain)
        self.acts.refused.connect(self.explain)
        self.acts.placed.connect(self._put)
        self.tree.added.connect(self._rename_new)
        self.workspace.selection_changed.connect(self._show)
        moved = nearby.list.selectionModel().currentChanged
        for signal in (self.workspace.selection_changed, self.workspace.changed, moved):
            signal.connect(lambda *_: refresh_design_actions(self))
        nearby.node_asked.connect(self.workspace.select)
        nearby.assign_asked.connect(self.acts.assign_suggested)
        nearby.menu_asked.connect(self.acts.nearby_menu)
        self.findings.node_asked.connect(self.workspace.select)
        self.findings.site_asked.connect(self.show_site)
        self.findings.folded.connect(self._fold)
        self.tree.menu_asked.connect(self.device_menu)
        self.inspector.menu_asked.connect(lambda b: self.device_menu(b.mapToGlobal(QPoint(0, b.height()))))
        self.inspector.identify_asked.connect(self.identify)
        self.inspector.move_asked.connect(self.ask_places)
        self.places.chosen.connect(self._placed)
        self.places.given_up.connect(self._leave_places)

    def _fold(self, folded: bool) -> None:
        whole = sum(self.middle.sizes())
        self.middle.setSizes([whole - 40, 40] if folded else [whole - 152, 152])

    def _rename_new(self, node_id: str) -> None:
        self._added(node_id)
        self.rename()

    def rename(self) -> None:
        """Type a new name: into the row, or into the inspector while only the plan is shown."""
        if self.workspace.read_only or self.workspace.selected_node() is None:
            return
        index = self.tree.tree.currentIndex().siblingAtColumn(0)
        if self.tree.tree.isVisible() and index.isValid() and self.tree.tree.current_id():
            self.tree.tree.edit(index)
        else:
            self.inspector.form.focus_name()

    def assign(self) -> None:
        """Assign a found device: the chosen one of Nearby, or one of those that fit the selected row."""
        row = self.nearby.current()
        if row is not None and self.nearby.list.hasFocus():
            box = self.nearby.list.visualRect(self.nearby.list.currentIndex())
            at = self.nearby.list.viewport().mapToGlobal(box.bottomLeft() + QPoint(54, -6))
            self.acts.nearby_menu(row, at)
            return
        tree = self.tree.tree
        at = tree.viewport().mapToGlobal(tree.visualRect(tree.currentIndex()).bottomLeft() + QPoint(40, 0))
        rows = [item for item in self.nearby.model.items if isinstance(item, NearbyRow)]
        self.acts.assign_menu(rows, at)

    def identify(self) -> None:
        """Let the chosen device blink."""
        row = self.nearby.current()
        if row is not None and self.nearby.list.hasFocus():
            self.acts.identify(row.found.identity, row.name)
            return
        node = self.workspace.selected_node()
        if node is not None:
            self.acts.identify(node.device_id or "", node.name)

    def device_menu(self, at: QPoint) -> None:
        """Open the menu of the selected device."""
        if self.workspace.selected_node() is None:
            return
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self.workspace.actions.menu("device"):
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        menu.popup(at)

    def _lay_out(self) -> None:
        for splitter in (self.middle, self.columns):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.middle.addWidget(self.tree)
        self.middle.addWidget(self.findings)
        self.middle.setStretchFactor(0, 1)
        self.columns.addWidget(self.nearby)
        self.columns.addWidget(self.middle)
        self.columns.addWidget(self.right)
        self.columns.setStretchFactor(1, 1)
        self.findings.setMinimumHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.columns)
