"""Nearby: what is heard by radio and by cable, ready to be placed."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout

from larry.services.nearby import NearbyRow, Relation, nearby
from ui.bridge.drag import run_drag
from ui.components.empty_state import EmptyState
from ui.components.sign import Sign
from ui.components.text import Text, line, panel
from ui.models.payload import Payload, found_mime
from ui.stages.design.nearby_delegate import NearbyDelegate
from ui.stages.design.nearby_model import ROW_ROLE, NearbyModel, hardware_of
from ui.style.theme import theme
from ui.workspace import Workspace

QUIET_S = 20.0


class _NearbyList(QListView):
    drag_moved = Signal(object)
    assign_clicked = Signal(object)

    def startDrag(self, actions: Qt.DropAction) -> None:
        model = self.model()
        assert isinstance(model, NearbyModel)
        row = self.currentIndex().data(ROW_ROLE)
        if not isinstance(row, NearbyRow) or row.relation is not Relation.NEW:
            return
        hardware = hardware_of(row, model.catalogue)
        self.drag_moved.emit(Payload(found=hardware))
        try:
            run_drag(self, found_mime(hardware), model.title(row), row.found.kind, row.found.model)
        finally:
            self.drag_moved.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at: QPoint = event.position().toPoint()
        index = self.indexAt(at)
        delegate = self.itemDelegate()
        row = index.data(ROW_ROLE) if index.isValid() else None
        shown = isinstance(delegate, NearbyDelegate) and delegate.shows_suggestion(row)
        if shown and delegate.assign_rect(self.visualRect(index)).contains(at):
            self.assign_clicked.emit(row)
            return
        super().mouseReleaseEvent(event)


class NearbyPanel(QFrame):
    """The panel on the left.

    Signals:
        node_asked: a device of the project was chosen here; carries its id.
        assign_asked: "Assign" of a row's suggestion; carries the `NearbyRow`.
        menu_asked: the context menu of a row is wanted; `NearbyRow` and the place on the screen.
        drag_moved: what is dragged (`Payload`), or None when the drag has ended.
    """

    node_asked = Signal(str)
    assign_asked = Signal(object)
    menu_asked = Signal(object, QPoint)
    drag_moved = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._workspace = workspace
        self._since = time.monotonic()
        self._restoring = False
        self.model = NearbyModel(workspace.project.catalogue)
        self.list = _NearbyList()
        self.delegate = NearbyDelegate(self)
        self._count = Text("", "base", "text3")
        self._sign = Sign("radio", "text3", 14)
        self._listening = Text("", "small-medium", "text3")
        self._problem = Text("", "small", "text", wrap=True)
        self._problem_box = panel("warn")
        self._nothing = EmptyState()
        self._pages = QStackedWidget()
        self._prepare()
        self._lay_out()
        feed = workspace.feed
        feed.changed.connect(self.refresh)
        feed.sampled.connect(self._sample)
        workspace.changed.connect(self.refresh)
        workspace.selection_changed.connect(self._follow_selection)
        theme().changed.connect(self.list.viewport().update)
        self.refresh()

    def current(self) -> NearbyRow | None:
        """Return the chosen row."""
        row = self.list.currentIndex().data(ROW_ROLE) if self.list.currentIndex().isValid() else None
        return row if isinstance(row, NearbyRow) else None

    def refresh(self, _change: object = None) -> None:
        """Match what is heard with the plan again."""
        snapshot = self._workspace.feed.snapshot
        rows = nearby(snapshot, self._workspace.project.site) if snapshot is not None else []
        current = self.current()
        if self.model.show(rows) and current is not None:
            self._restoring = True
            row = self.model.row_of(current.found.identity)
            if row >= 0:
                self.list.setCurrentIndex(self.model.index(row))
            self._restoring = False
        self._open_suggestion()
        self._count.setText(str(len(rows)) if rows else "")
        self._show_state(rows)

    def _sample(self) -> None:
        snapshot = self._workspace.feed.snapshot
        if snapshot is not None and self.isVisible():
            self.model.sample(snapshot)
        if not self.model.items:
            self._show_state([])

    def _show_state(self, rows: list[NearbyRow]) -> None:
        snapshot = self._workspace.feed.snapshot
        listening = snapshot is not None and snapshot.listening
        self._sign.show_icon("radio", "ok" if listening else "text3")
        self._listening.setText(self.tr("Listening") if listening else self.tr("Not listening"))
        self._listening.set_tone("ok" if listening else "text3")
        problems = list(snapshot.problems) if snapshot is not None else []
        self._problem_box.setVisible(bool(problems and rows))
        if problems:
            self._problem.setText(f"{problems[0].what} {problems[0].remedy}")
        self._pages.setCurrentIndex(0 if rows else 1)
        if rows:
            return
        if problems:
            problem = problems[0]
            sentence = " ".join(part for part in (problem.why, problem.remedy) if part)
            self._nothing.say("bluetooth-off", problem.what, sentence, tone="warn")
        elif not listening:
            self._nothing.say(
                "radio", self.tr("Not listening"), self.tr("No radio was chosen for this start.")
            )
        elif time.monotonic() - self._since < QUIET_S:
            self._nothing.say(
                "radio", self.tr("Listening"), self.tr("Devices appear here as they are heard."), tone="ok"
            )
        else:
            hint = self.tr("Go closer, or hold the reset button of an IQ 2 s until green flashes.")
            self._nothing.say("radio", self.tr("Nothing heard for 20 s"), hint)

    def _open_suggestion(self) -> None:
        current = self.current()
        if current is not None:
            wanted = current.found.identity
        else:
            news = [i for i in self.model.items if isinstance(i, NearbyRow) and i.suggestions]
            wanted = news[0].found.identity if news else ""
        if self._workspace.read_only:
            wanted = ""
        if wanted != self.delegate.open_identity:
            self.delegate.open_identity = wanted
            self.list.doItemsLayout()

    def _chosen(self, *_: object) -> None:
        self._open_suggestion()
        row = self.current()
        if row is not None and row.node_id is not None and not self._restoring:
            self.node_asked.emit(row.node_id)

    def _follow_selection(self, node_id: str) -> None:
        row = self.model.row_of_node(node_id)
        current = self.current()
        if row >= 0 and (current is None or current.node_id != node_id):
            self._restoring = True
            self.list.setCurrentIndex(self.model.index(row))
            self._restoring = False
        elif row < 0 and current is not None and current.node_id is not None:
            self.list.clearSelection()
            self.list.setCurrentIndex(self.model.index(-1))

    def _menu(self, at: QPoint) -> None:
        row = self.list.indexAt(at).data(ROW_ROLE)
        if isinstance(row, NearbyRow):
            self.menu_asked.emit(row, self.list.viewport().mapToGlobal(at))

    def _prepare(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setAccessibleName(self.tr("Nearby devices"))
        self.list.setMouseTracking(True)
        self.list.setDragEnabled(not self._workspace.read_only)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.drag_moved.connect(self.drag_moved)
        self.list.assign_clicked.connect(self.assign_asked)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 14, 0)
        head.setSpacing(8)
        head.addWidget(Text(self.tr("Nearby"), "strong"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._sign)
        head.addWidget(self._listening)
        top = QFrame()
        top.setFixedHeight(44)
        top.setLayout(head)
        box = QVBoxLayout(self._problem_box)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._problem)
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 8, 12, 2)
        holder.addWidget(self._problem_box)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(line())
        column.addLayout(holder)
        column.addWidget(self._pages, 1)
