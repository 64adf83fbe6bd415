"""Commission: the queue, the act at hand, what comes next. The job goes on whichever stage is in view."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from larry.services.commission.board import Board
from larry.services.commission.job_clock import JobClock
from larry.services.commission.step_state import StepState, StepStatus
from ui.dialogs.led_helper import LedHelper
from ui.stages.commission.act_facts import act_facts
from ui.stages.commission.commission_actions import add_actions
from ui.stages.commission.commission_view import CommissionView
from ui.stages.commission.job_host import JobHost
from ui.stages.commission.next_act import NextAct
from ui.stages.commission.practice_hand import perform
from ui.stages.commission.queue_items import WHOLE_JOB
from ui.stages.commission.value_dialogs import ValueDialogs
from ui.stages.stage import Stage
from ui.workspace import Workspace

TICK_MS = 250


class CommissionStage(Stage):
    """The stage. `host` owns the job; everything shown is read from its board.

    Args:
        workspace: the open site.
        clock: of the job, for tests.
    """

    def __init__(self, workspace: Workspace, clock: JobClock | None = None) -> None:
        super().__init__(workspace)
        self.host = JobHost(workspace, clock, self.window)
        self.viewed = WHOLE_JOB
        self._following = True
        self._asked_for: object = None
        self._stale = True
        self.helper: LedHelper | None = None
        self._hand_over = QAction(self.tr("Hand over…"), self)
        self._hand_over.setProperty("lucide", "clipboard-check")
        self._hand_over.triggered.connect(lambda: workspace.asked.emit("handover"))
        self.dialogs = ValueDialogs(workspace, self.host, self)
        self.next_act = NextAct(workspace, self.host)
        self.look = CommissionView(workspace, self.host, self.dialogs.networks)
        self.queue, self.page, self.overview = self.look.queue, self.look.page, self.look.overview
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.look)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._connect()
        QTimer.singleShot(0, self, self._offer_unfinished)  # when the window listens

    # --- Stage --------------------------------------------------------------------------------

    def primary_action(self) -> QAction | None:
        """Return the way to Hand over once everything is done."""
        if not self.host.unfinished() and self.host.board().total and self._all_done():
            return self._hand_over
        return None

    def panes(self) -> list[QWidget]:
        """Return queue, act, log."""
        return [self.queue.list, self.look.middle, self.look.side.log]

    def activated(self) -> None:
        """Show where the job stands and give the keys to the queue."""
        board = self.host.board()
        selected = self.workspace.selected
        if board.running and board.current:
            self.view(board.current)
        elif any(row.node_id == selected for row in board.queue) and self.host.begun():
            self.view(selected)
        self.refresh()
        self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop the job and everything that ticks; what is done is in the file."""
        self._tick.stop()
        self.host.leave()
        if self.helper is not None:
            self.helper.close()

    def save_layout(self) -> dict[str, object]:
        """Return the widths of the columns."""
        return self.look.save_layout()

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Take the widths back."""
        self.look.restore_layout(layout)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and not self.host.left:
            self.refresh()

    # --- showing -------------------------------------------------------------------------------

    def view(self, key: str) -> None:
        """Show a device, or the whole job; the job is followed while the device it stands at is shown."""
        board = self.host.board()
        known = {row.node_id for row in board.queue}
        self.viewed = key if key in known else WHOLE_JOB
        self._following = not board.running or self.viewed == board.current
        if self.viewed != WHOLE_JOB:
            self.workspace.select(self.viewed)
        self.refresh()

    def refresh(self) -> None:
        """Show the job as it is now."""
        self._stale = not self.isVisible()
        board = self.host.board()
        self._follow(board)
        self.look.show_board(board, self.viewed)
        self._focus_on_what_is_asked(board)
        waiting = board.act is not None and board.act.state is StepStatus.WAITING
        (self._tick.start if waiting else self._tick.stop)()

    def _focus_on_what_is_asked(self, board: Board) -> None:
        """Give the keys, and so the scanner, to the field once when the job begins to ask for something."""
        act = board.act if board.running and board.current == self.viewed else None
        asks = act.next_step.asks_for if act is not None and act.next_step is not None else None
        asked = (self.viewed, asks, act.deadline_at) if act is not None and asks is not None else None
        if asked is not None and asked != self._asked_for and self.isVisible():
            self.page.card.entry.field.setFocus()
        self._asked_for = asked

    def _follow(self, board: Board) -> None:
        known = {row.node_id for row in board.queue}
        if self.viewed != WHOLE_JOB and self.viewed not in known:
            self.viewed = WHOLE_JOB
        if self._following and board.running and board.current:
            self.viewed = board.current
            if self.isVisible():
                self.workspace.select(board.current)

    # --- what a person does ----------------------------------------------------------------------

    def go(self) -> None:
        """Start, continue or (while it runs) pause the job; when all is done, go on to Hand over."""
        if self.host.running:
            self.host.pause()
        elif self._all_done():
            self._hand_over.trigger()
        else:
            self._following = True
            self.host.start()

    def go_on(self) -> None:
        """Start or continue; never pauses."""
        if not self.host.running or self.host.job.paused:
            self.go()

    def stop(self) -> None:
        """End the run."""
        self.host.stop()
        what, why = self.tr("The job is stopped."), self.tr("What is done stays done.")
        self.workspace.tell("info", what, why, self.tr("Continue job goes on at the same step."))

    def more_time(self) -> None:
        """Give the wait in view two more minutes."""
        step = self._step_in_view()
        if step is not None and step.state is StepStatus.WAITING:
            self.host.more_time(step.node_id)

    def later(self) -> None:
        """Put the wait in view off."""
        step = self._step_in_view()
        if step is not None and step.state is StepStatus.WAITING:
            self.host.later(step.node_id)

    def identify(self) -> None:
        """Let the device in view show itself."""
        if self.viewed != WHOLE_JOB and not self.host.read_only:
            self.host.identify(self.viewed)

    def primary(self) -> None:
        """Press the primary button of the card, or go to its field; on the whole job: start it."""
        if self.viewed == WHOLE_JOB:
            self.overview.main_button.click()
            return
        widget = self.page.card.primary()
        if widget is self.page.card.entry.field:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif widget is not None:
            widget.click()  # type: ignore[attr-defined]

    def open_led_helper(self) -> None:
        """Ask what light is seen."""
        kind = "iq"
        node = self.workspace.project.site.nodes.get(self.viewed) or self.workspace.selected_node()
        if node is not None:
            kind = node.kind.value
        if self.helper is None:
            self.helper = LedHelper(self.window())
        self.helper.choose_kind(kind)
        self.helper.show()
        self.helper.raise_()
        self.helper.activateWindow()

    def _pressed(self, key: str) -> None:
        step = self._step_in_view()
        if step is None:
            return
        if key == "hand" and step.act is not None:
            perform(self.workspace, step.act, step.act_on)
        elif key == "more":
            self.more_time()
        elif key == "later":
            self.later()
        elif key == "next":
            self.next_act.do(step)
        elif key == "again":
            self.host.retry(step.node_id)

    def _given(self, name: str, value: str) -> None:
        step = self._step_in_view()
        if step is not None:
            self.host.provide(step.node_id, name, value)

    def _act(self, node_id: str, step_name: str) -> None:
        step = next((each for each in self.host.steps(node_id) if each.step == step_name), None)
        if step is not None:
            self.next_act.do(step)

    def _asked(self, what: str) -> None:
        acts = {
            "wifi": self.dialogs.wifi,
            "codes": self.dialogs.codes,
            "stickers": self.dialogs.stickers,
            "led": self.open_led_helper,
            "current": self._go_to_current,
        }
        act = acts.get(what)
        if act is not None:
            act()
        else:
            self.workspace.asked.emit(what)

    def _go_to_current(self) -> None:
        current = self.host.board().current
        if current is not None:
            self.view(current)

    def _step_in_view(self) -> StepState | None:
        if self.viewed == WHOLE_JOB:
            return None
        node = self.workspace.project.site.nodes.get(self.viewed)
        return act_facts(node, self.host.steps(self.viewed)).step if node is not None else None

    # --- hearing ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible() and not self.host.left:
            self.refresh()

    def _ended(self, _result: object) -> None:
        if self._following:
            self.viewed = WHOLE_JOB
        self._changed()

    def _selected(self, node_id: str) -> None:
        if node_id and node_id != self.viewed and self.isVisible() and not self.host.left:
            self.view(node_id)

    def _second(self) -> None:
        if self.isVisible():
            self.look.tick(paused=self.host.board().paused)

    def _all_done(self) -> bool:
        board = self.host.board()
        return board.done == board.total

    def _offer_unfinished(self) -> None:
        if self.host.left or self.host.read_only or not self.host.unfinished():
            return
        board = self.host.board()
        what = self.tr("{done} of {total} devices are commissioned.").format(
            done=board.done, total=board.total
        )
        self.workspace.tell(
            "info", what, self.tr("The job was not finished."), self.tr("Continue it with Ctrl+Enter.")
        )

    # --- making ------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.host.changed.connect(self._changed)
        self.host.ended.connect(self._ended)
        self.workspace.selection_changed.connect(self._selected)
        self.workspace.feed.changed.connect(self._changed)
        self._tick.timeout.connect(self._second)
        self.queue.chosen.connect(self.view)
        self.queue.go.connect(self.go)
        self.queue.stop.connect(self.stop)
        self.overview.go.connect(self.go_on)
        self.overview.asked.connect(self._asked)
        self.overview.act.connect(self._act)
        self.page.card.pressed.connect(self._pressed)
        self.page.card.given.connect(self._given)
        self.page.identify_button.clicked.connect(self.identify)
        self.page.back.connect(self._go_to_current)
        self.page.seen.other.connect(self.open_led_helper)
        self.page.hints.check.connect(self.identify)
        self.next_act.shown.connect(self.view)
        if self.workspace.actions is not None:
            add_actions(
                self.workspace.actions, self, self.dialogs.wifi, self.dialogs.codes, self.queue, self.page
            )
