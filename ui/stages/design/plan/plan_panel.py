"""The plan with its floors, its legend and what to do when there is no plan."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.empty_state import EmptyState
from ui.components.painting import draw_text, fill_round, margin_pen
from ui.components.segmented import Segmented
from ui.components.text import line
from ui.models.site_tree_model import SiteTreeModel
from ui.stages.design.plan.plan_view import PlanView
from ui.style.theme import colour
from ui.workspace import Workspace


class _Legend(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(178, 112))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, self.rect(), "surface", 8, "border")
        box = self.rect().adjusted(12, 6, -8, 0)
        box.setHeight(20)
        draw_text(painter, box, self.tr("Link margin, weaker way"), "text", "small-strong")
        rows = (
            (margin_pen(15), self.tr("12 dB or more")),
            (margin_pen(9), self.tr("6 to 12 dB")),
            (margin_pen(3), self.tr("under 6 dB")),
            (QPen(colour("text3"), 1.25), self.tr("not measured")),
        )
        for number, (pen, words) in enumerate(rows):
            y = 36 + number * 20
            painter.setPen(pen)
            painter.drawLine(QPointF(12, y), QPointF(44, y))
            draw_text(
                painter, self.rect().adjusted(54, y - 10, -6, 10 - self.height() + y), words, "text2", "small"
            )


class PlanPanel(QFrame):
    """The plan's panel."""

    def __init__(self, workspace: Workspace, model: SiteTreeModel) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._workspace = workspace
        self.view = PlanView(model)
        self._floors: Segmented | None = None
        self._floor_names: list[tuple[str, str, str]] = []
        self._bar = QHBoxLayout()
        self._legend = _Legend(self.view)
        self._nothing = EmptyState()
        self._pages = QStackedWidget()
        self._lay_out()
        # Marks say their margin in words; the legend makes room for them.
        workspace.drag_changed.connect(lambda payload: self._legend.setVisible(payload is None))

    def refresh(self) -> None:
        """Show the floors and the plan as they are now; called when it comes into view."""
        site = self._workspace.project.site
        names = [(floor.id, floor.name or floor.id, "") for floor in site.floors.values()]
        if names != self._floor_names:
            self._show_floors(names)
        has_places = any(node.x_m is not None for node in site.nodes.values())
        self._pages.setCurrentIndex(0 if names and has_places else 1)
        if names and self.view.floor_id not in site.floors:
            self.view.show_floor(names[0][0])
        elif names:
            self.view.rebuild()

    def show_node(self, node_id: str) -> None:
        """Select a device and show its floor; a plan nobody looks at is not drawn."""
        if self.isHidden():
            return
        node = self._workspace.project.site.nodes.get(node_id)
        if node is not None and node.floor and node.floor != self.view.floor_id and node.x_m is not None:
            self.show_floor(node.floor)
        self.view.select(node_id)

    def show_floor(self, floor_id: str) -> None:
        """Go to a floor."""
        self.view.show_floor(floor_id)
        if self._floors is not None:
            self._floors.choose(floor_id)

    def _show_floors(self, names: list[tuple[str, str, str]]) -> None:
        self._floor_names = names
        if self._floors is not None:
            self._bar.removeWidget(self._floors)
            self._floors.hide()
            self._floors.deleteLater()
        self._floors = Segmented(self.tr("Floor"), names)
        self._floors.chosen.connect(self.view.show_floor)
        self._bar.insertWidget(0, self._floors)

    def _lay_out(self) -> None:
        self._bar.setContentsMargins(12, 0, 12, 0)
        self._bar.setSpacing(6)
        self._bar.addStretch(1)
        for name, text, act in (
            ("zoom-out", self.tr("Smaller (−)"), lambda: self.view.zoom(0.8)),
            ("zoom-in", self.tr("Bigger (+)"), lambda: self.view.zoom(1.25)),
            ("maximize", self.tr("Whole floor (0)"), self.view.fit_again),
        ):
            button = Button("", "ghost", name, size="s")
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.clicked.connect(act)
            self._bar.addWidget(button)
        top = QFrame()
        top.setFixedHeight(44)
        top.setLayout(self._bar)
        self._nothing.say(
            "map",
            self.tr("No places on a plan yet"),
            self.tr("Devices appear here when the file that was imported gives their places in metres."),
        )
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(line())
        column.addWidget(self._pages, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._legend.move(12, max(12, self._pages.height() - self._legend.height() - 12))
