"""The look of Commission: three columns, and how a board is shown in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout

from larry.services.commission.board import Board
from larry.services.commission.step_state import LogLine, StepStatus
from ui.components.empty_state import EmptyState
from ui.components.text import Text, panel
from ui.stages.commission.act_facts import act_facts, bar_steps
from ui.stages.commission.device_page import DevicePage
from ui.stages.commission.heard import heard_line, no_way
from ui.stages.commission.job_host import JobHost
from ui.stages.commission.overview_page import OverviewPage
from ui.stages.commission.preflight import preflight
from ui.stages.commission.queue_items import WHOLE_JOB, QueueItems
from ui.stages.commission.queue_pane import QueuePane
from ui.stages.commission.results import results
from ui.stages.commission.side_pane import SidePane
from ui.stages.commission.time_left import time_left
from ui.style.tokens import NARROW_NEARBY_WIDTH, NEARBY_WIDTH
from ui.workspace import Workspace

NARROW = 1360


class CommissionView(QFrame):
    """Queue, middle and side; it shows what it is given and knows nothing of clicks.

    Args:
        workspace: the open site.
        host: of the job.
        networks: names to offer where a network is asked for.
    """

    def __init__(self, workspace: Workspace, host: JobHost, networks: Callable[[], list[str]]) -> None:
        super().__init__()
        self.workspace, self.host, self._networks = workspace, host, networks
        self._items = QueueItems(workspace)
        self._sized = False
        self.queue = QueuePane()
        self.overview = OverviewPage()
        self.page = DevicePage()
        self.empty = EmptyState()
        self.side = SidePane()
        self.no_way = QFrame()
        self.no_way_text = Text("", "base", wrap=True)
        self._lay_out()
        self.columns.splitterMoved.connect(self._widths_chosen)

    def show_board(self, board: Board, viewed: str) -> None:
        """Show the job as it is, and a device of it or the whole."""
        self.queue.title.setText(self.workspace.project.site.info.name)
        self.queue.show_board(
            board,
            self._items.items(board),
            time_left(board, self.host.steps),
            read_only=self.host.read_only,
            begun=self.host.begun(),
            quiet=viewed == WHOLE_JOB,
        )
        self.queue.select(viewed)
        self._show_no_way(board)
        if not board.total:
            self._show_empty()
        elif viewed == WHOLE_JOB:
            self._show_overview(board)
        else:
            self._show_device(board, viewed)

    def tick(self, *, paused: bool) -> None:
        """A moment went by: show what counts down."""
        self.queue.model.tick()
        self.page.card.tick(paused=paused)

    def save_layout(self) -> dict[str, object]:
        """Return the widths of the columns."""
        return {"columns": self.columns.sizes()}

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Take the widths back."""
        sizes = layout.get("columns")
        if isinstance(sizes, list) and len(sizes) == 3 and all(isinstance(size, int) for size in sizes):
            self.columns.setSizes(sizes)
            self._sized = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        left, right = (NARROW_NEARBY_WIDTH, 252) if narrow else (NEARBY_WIDTH, 290)
        self.queue.setMinimumWidth(NARROW_NEARBY_WIDTH)
        self.side.setMinimumWidth(240)
        if not self._sized and self.width() > 900:
            self.columns.setSizes([left, self.width() - left - right, right])

    def _show_empty(self) -> None:
        self.empty.say(
            "list-tree",
            self.tr("Nothing to commission yet"),
            self.tr("The plan has no devices. Add the first IQ in Design, or import the doors."),
            self.tr("Go to Design"),
            lambda: self.workspace.asked.emit("design"),
        )
        self.stack.setCurrentWidget(self.empty)
        self.side.show_next([])
        self.side.show_log(self.tr("Log of the job"), [])

    def _show_overview(self, board: Board) -> None:
        finished = board.done == board.total
        lines = results(self.workspace.project) if finished else preflight(self.workspace, self.host)
        site, begun = self.workspace.project.site, self.host.begun()
        self.overview.show_job(site, board, lines, begun=begun, locked=self.host.read_only)
        self.stack.setCurrentWidget(self.overview)
        self.side.show_next(board.next)
        self.side.show_log(self.tr("Log of the job"), self._job_log(board))

    def _job_log(self, board: Board) -> list[LogLine]:
        """Return the last line of each device that was begun, by time."""
        site = self.workspace.project.site
        lines = []
        for row in board.queue:
            if row.state is StepStatus.TODO:
                continue
            logged = [line for step in self.host.steps(row.node_id) for line in step.log]
            if logged:
                last, name = max(logged, key=lambda line: line.at), site.nodes[row.node_id].name
                text = last.text if name in last.text else f"{name}: {last.text}"
                lines.append(LogLine(last.at, last.level, text))
        return sorted(lines, key=lambda line: line.at)

    def _show_device(self, board: Board, viewed: str) -> None:
        site = self.workspace.project.site
        node = site.nodes[viewed]
        steps = self.host.steps(node.id)
        facts = act_facts(node, steps)
        step = facts.step
        self.page.show_device(site, node)
        self.page.identify_button.setEnabled(bool(node.device_id) and not self.host.read_only)
        self.page.bar.show_steps(bar_steps(node, steps))
        self.page.card.show_act(
            node,
            facts,
            hands=self.workspace.practice is not None,
            paused=board.paused,
            networks=self._networks() if facts.asks_for == "wifi_ssid" else [],
            locked=self.host.read_only,
        )
        words = step.words if step is not None else ""
        shown = site.nodes.get(step.act_on if step is not None else "", node)
        self.page.seen.show_words(words, shown.kind.value)
        self.page.hints.show_words(words, heard_line(self.workspace.feed.snapshot, shown))
        self.page.show_elsewhere(self._elsewhere(board, viewed))
        self.stack.setCurrentWidget(self.page)
        log = sorted((line for each in steps for line in each.log), key=lambda line: line.at)
        self.side.show_next(board.next if board.current == node.id else [])
        self.side.show_log(self.tr("Log of {name}").format(name=node.name), log)

    def _elsewhere(self, board: Board, viewed: str) -> str:
        if not board.running or board.current is None or board.current == viewed:
            return ""
        if board.act is not None and board.act.headline:
            return board.act.headline
        return self.tr("Larry works at {name}.").format(
            name=self.workspace.project.site.nodes[board.current].name
        )

    def _show_no_way(self, board: Board) -> None:
        wrong = no_way(self.workspace.feed.snapshot) if board.total else None
        self.no_way.setVisible(wrong is not None and not self.host.read_only)
        if wrong is not None:
            self.no_way_text.setText(". ".join(part.rstrip(".") for part in wrong if part) + ".")

    def _widths_chosen(self) -> None:
        self._sized = True

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for widget in (self.empty, self.overview, self.page):
            self.stack.addWidget(widget)
        note = panel("warn")
        strip = QHBoxLayout(note)
        strip.setContentsMargins(14, 8, 14, 8)
        strip.addWidget(self.no_way_text)
        around = QVBoxLayout(self.no_way)
        around.setContentsMargins(20, 14, 20, 0)
        around.addWidget(note)
        self.middle = QFrame()
        self.middle.setProperty("panel", "bg")
        self.middle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.middle.setAccessibleName(self.tr("The act at hand"))
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.no_way)
        column.addWidget(self.stack, 1)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setChildrenCollapsible(False)
        for widget in (self.queue, self.middle, self.side):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.columns)
