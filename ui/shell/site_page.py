"""An open site: top bar, the stage, status line, messages."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from larry.domain.finding import Severity
from ui.actions.action_book import ActionBook
from ui.components.toast import Toast
from ui.notice import Notice
from ui.practice.practice_door import PracticeDoor
from ui.shell.find_popup import FindPopup
from ui.shell.status_bar import StatusBar
from ui.shell.top_bar import TopBar
from ui.stages.stage import Stage
from ui.stages.stage_list import STAGES
from ui.workspace import Workspace


class SitePage(QWidget):
    """Frame of the stages of one site."""

    def __init__(self, workspace: Workspace, book: ActionBook) -> None:
        super().__init__()
        self.workspace = workspace
        self.book = book
        self.stages: dict[str, Stage] = {}
        self.top = TopBar(book)
        self.stack = QStackedWidget()
        self.status = StatusBar(workspace)
        self.toast = Toast(self)
        self.find = FindPopup(self, workspace, book, self._found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        workspace.actions = book
        self._mark = book.mark()
        for entry in STAGES:
            stage = entry.make(workspace)
            stage.setAccessibleName(entry.title)
            self.stages[entry.key] = stage
            self.stack.addWidget(stage)
        self._add_actions()
        self.practice = PracticeDoor(workspace, self) if workspace.practice else None
        self._connect()
        self.refresh()
        self.show_stage(STAGES[0].key)

    def current(self) -> Stage:
        """Return the stage in view."""
        stage = self.stack.currentWidget()
        assert isinstance(stage, Stage)
        return stage

    def show_stage(self, key: str) -> None:
        """Go to a stage."""
        if key not in self.stages:
            return
        self.stack.setCurrentWidget(self.stages[key])
        self.top.tabs.choose(key)
        self.stages[key].activated()
        self.top.show_primary(self.stages[key].primary_action())

    def refresh(self, _change: object = None) -> None:
        """Show names, undo and counts as they are now."""
        project = self.workspace.project
        name = project.site.info.name or self.tr("Site without a name")
        self.top.show_site(name, bool(self.workspace.practice), project.released)
        locked = project.released
        self.top.show_undo(None if locked else project.undo_label, None if locked else project.redo_label)
        self.book["undo"].setEnabled(project.undo_label is not None and not locked)
        self.book["redo"].setEnabled(project.redo_label is not None and not locked)
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.toast.isVisible():
            self.toast.place()

    def save_layout(self) -> dict[str, object]:
        """Return what should be remembered: stage, selection, and what each stage says."""
        key = next(key for key, stage in self.stages.items() if stage is self.current())
        layouts = {key: stage.save_layout() for key, stage in self.stages.items()}
        return {"stage": key, "selected": self.workspace.selected, "stages": layouts}

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Take back what `save_layout` gave; what does not fit is ignored."""
        layouts = layout.get("stages")
        for key, stage in self.stages.items():
            stored = layouts.get(key) if isinstance(layouts, dict) else None
            stage.restore_layout(stored if isinstance(stored, dict) else {})
        self.workspace.select(str(layout.get("selected", "")))
        self.show_stage(str(layout.get("stage", STAGES[0].key)))

    def leave(self) -> None:
        """Take back the actions this site added to the window."""
        if self.practice is not None:
            self.practice.close()
        for stage in self.stages.values():
            stage.leave()
        self.book.forget_since(self._mark)

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.changed.connect(self.refresh)
        workspace.findings_changed.connect(self._count)
        workspace.told.connect(self.toast.tell)
        workspace.asked.connect(self.show_stage)
        self.top.tabs.chosen.connect(self.show_stage)
        self.top.find.clicked.connect(self.book["find"].trigger)
        self.top.undo.clicked.connect(workspace.undo)
        self.top.redo.clicked.connect(workspace.redo)
        self.top.counts.clicked.connect(self._go_to_findings)
        if self.practice is not None:
            self.top.practice_chip.clicked.connect(self.practice.open)

    def _add_actions(self) -> None:
        add = self.book.add
        add("undo", self.tr("Undo"), self.workspace.undo, menu="edit", icon="undo-2", keys=["Ctrl+Z"])
        add(
            "redo",
            self.tr("Redo"),
            self.workspace.redo,
            menu="edit",
            icon="redo-2",
            keys=["Ctrl+Shift+Z", "Ctrl+Y"],
        )
        add(
            "find",
            self.tr("Find…"),
            lambda: self.find.open_below(self.top.find),
            menu="edit",
            icon="search",
            keys=["Ctrl+K", "Ctrl+F"],
            group=1,
        )
        for number, entry in enumerate(STAGES, 1):
            add(
                f"stage-{entry.key}",
                entry.title,
                lambda key=entry.key: self.show_stage(key),
                menu="view",
                icon=entry.icon,
                keys=[f"Ctrl+{number}"],
            )
        add("next-pane", self.tr("Next pane"), lambda: self._pane(1), menu="view", keys=["F6"], group=1)
        add(
            "previous-pane",
            self.tr("Previous pane"),
            lambda: self._pane(-1),
            menu="view",
            keys=["Shift+F6"],
            group=1,
        )

    def _pane(self, step: int) -> None:
        panes = [pane for pane in self.current().panes() if pane.isVisible() and pane.isEnabled()]
        if not panes:
            return
        focus = QApplication.focusWidget()
        now = next(
            (n for n, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))), -1
        )
        panes[(now + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _found(self, node_id: str) -> None:
        self.workspace.select(node_id)
        if "commission" not in self.stages or self.current() is not self.stages["commission"]:
            self.show_stage("design")

    def _count(self) -> None:
        counts = Counter(finding.severity for finding in self.workspace.findings)
        self.top.counts.set_counts(counts[Severity.ERROR], counts[Severity.WARNING])

    def _go_to_findings(self) -> None:
        self.show_stage("design")
        if "next-finding" in self.book:
            self.book["next-finding"].trigger()

    def tell(self, notice: Notice) -> None:
        """Show a message on this page."""
        self.toast.tell(notice)
