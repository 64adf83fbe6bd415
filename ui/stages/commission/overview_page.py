"""The whole job in the middle of Commission: ready to start, open acts, or all done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from larry.domain.site import Site
from larry.services.commission.board import Board
from larry.services.commission.step_state import StepState
from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.text import Text, line, panel
from ui.stages.commission.line_row import LineRow
from ui.stages.commission.preflight import PreflightLine
from ui.words import counted

MOST_ACTS = 40


class OverviewPage(QWidget):
    """Shows the job as a whole.

    Signals:
        go: start or continue.
        asked: an action of a preflight line, `hand-over`, `design` or `led`.
        act: the one button of an open act; carries the node id and the step's name.
        looked: an open act's device should be shown; carries the node id.
    """

    go = Signal()
    asked = Signal(str)
    act = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self.chip = Chip("", "neutral")
        self.title = Text("", "display", wrap=True)
        self.sentence = Text("", "body", "text2", wrap=True)
        self.main_button = Button("", "primary", size="l")
        self.led_button = Button(self.tr("What do you see?"), "plain", "lightbulb", size="l")
        self.acts = panel("card")
        self.acts_title = Text("", "body-strong")
        self.act_rows = QVBoxLayout()
        self.ready = panel("card")
        self.ready_title = Text(self.tr("Before it starts"), "body-strong")
        self.ready_rows = QVBoxLayout()
        self._main_action = ""
        self._lay_out()
        self.main_button.clicked.connect(
            lambda: self.go.emit() if self._main_action == "go" else self.asked.emit(self._main_action)
        )
        self.led_button.clicked.connect(lambda: self.asked.emit("led"))

    def show_job(
        self, site: Site, board: Board, lines: Sequence[PreflightLine], *, begun: bool, locked: bool
    ) -> None:
        """Show the job as it is; the same again changes nothing.

        Args:
            lines: what the job needs, or what it has brought.
            begun: a step was taken already.
            locked: the site was released.
        """
        key = (
            board.done,
            board.total,
            board.open_steps,
            board.running,
            board.paused,
            tuple(lines),
            begun,
            locked,
            site.info.name,
        )
        if key == self._shown:
            return
        self._shown = key
        focus = QApplication.focusWidget()
        had_focus = focus is not None and (self.ready.isAncestorOf(focus) or self.acts.isAncestorOf(focus))
        self._show_head(site, board, begun, locked)
        self._show_acts(site, board.open_steps, locked)
        _empty(self.ready_rows)
        finished = board.done == board.total
        self.ready_title.setText(self.tr("What was read back") if finished else self.tr("Before it starts"))
        ready = [] if locked and not finished else lines
        for number, each in enumerate(ready):
            if number:
                self.ready_rows.addWidget(line())
            self.ready_rows.addWidget(self._ready_row(each, board.running))
        self.ready.setVisible(bool(ready))
        if had_focus:  # the button that was pressed is made anew; the keys go on from the main one
            self.main_button.setFocus()

    def _show_head(self, site: Site, board: Board, begun: bool, locked: bool) -> None:
        name = site.info.name or self.tr("this site")
        left = board.total - board.done
        devices = counted(left, self.tr("{n} device is left"), self.tr("{n} devices are left"))
        chip, title = (
            (self.tr("Not started"), "neutral", "circle"),
            self.tr("Commission {name}").format(name=name),
        )
        sentence = self.tr(
            "Larry goes from device to device in walking order and tells you what to do at each."
        )
        button, sign, self._main_action = self.tr("Start job"), "play", "go"
        if board.done == board.total:
            chip = (self.tr("Commissioned"), "ok", "circle-check")
            title = counted(board.total, self.tr("{n} device is done"), self.tr("All {n} devices are done"))
            sentence = self.tr(
                "Each step was read back from its device. Next: the checklist and the pack for the owner."
            )
            button, sign, self._main_action = self.tr("Hand over"), "clipboard-check", "handover"
        elif board.running:
            chip = (
                (self.tr("Paused"), "neutral", "pause")
                if board.paused
                else (self.tr("Running"), "accent", "play")
            )
            title = self.tr("The job of {name} runs").format(name=name)
            sentence = devices + "."
            button, sign, self._main_action = self.tr("Show the act at hand"), "arrow-right", "current"
        elif begun:
            chip = (self.tr("Not finished"), "warn", "hourglass")
            title = self.tr("Continue {name}").format(name=name)
            sentence = self.tr(
                "{done} of {total} devices are done, {left}. The job goes on where it stood."
            ).format(done=board.done, total=board.total, left=devices)
            button = self.tr("Continue job")
        if locked:
            title = self.tr("Commissioning of {name}").format(name=name)
            chip = (self.tr("Released, read-only"), "ok", "lock")
            sentence = self.tr(
                "The site belongs to its owner. Ask the owner for installer access to change devices."
            )
        self.chip.set_chip(*chip)
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.main_button.set_look(text=button, icon=sign)
        self.main_button.setVisible(not locked or self._main_action == "handover")

    def _show_acts(self, site: Site, steps: Sequence[StepState], locked: bool) -> None:
        _empty(self.act_rows)
        for number, step in enumerate(steps[:MOST_ACTS]):
            if number:
                self.act_rows.addWidget(line())
            self.act_rows.addWidget(self._act_row(site, step, locked))
        if len(steps) > MOST_ACTS:
            more = self.tr("and {n} more, in the queue").format(n=len(steps) - MOST_ACTS)
            self.act_rows.addWidget(Text(more, "base", "text2"))
        self.acts_title.setText(self.tr("Open acts  {n}").format(n=len(steps)))
        self.acts.setVisible(bool(steps))

    def _act_row(self, site: Site, step: StepState, locked: bool) -> LineRow:
        node = site.nodes[step.node_id]
        button = None
        if step.next_step is not None and not locked:
            button = Button(step.next_step.label)
            button.setAccessibleName(f"{step.next_step.label}, {node.name}")
            button.clicked.connect(lambda _checked=False: self.act.emit(step.node_id, step.step))
        return LineRow(step.headline, step.cause, kind=(node.kind.value, node.model), button=button)

    def _ready_row(self, each: PreflightLine, running: bool) -> LineRow:
        button = None
        if each.button:
            button = Button(each.button, icon="flask-conical" if each.action == "stickers" else "")
            button.setEnabled(not running or each.action in ("wifi", "codes", "design"))
            button.clicked.connect(lambda _checked=False: self.asked.emit(each.action))
        return LineRow(each.text, each.detail, sign=each.sign, tone=each.tone, button=button)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.main_button)
        buttons.addWidget(self.led_button)
        buttons.addStretch(1)
        for card, title, rows in (
            (self.acts, self.acts_title, self.act_rows),
            (self.ready, self.ready_title, self.ready_rows),
        ):
            box = QVBoxLayout(card)
            box.setContentsMargins(20, 16, 20, 12)
            box.setSpacing(6)
            rows.setSpacing(0)
            box.addWidget(title)
            box.addLayout(rows)
        content = QWidget()
        content.setProperty("plain", "true")
        content.setMaximumWidth(820)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 28, 24, 24)
        column.setSpacing(8)
        column.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addSpacing(14)
        column.addWidget(self.acts)
        column.addSpacing(8)
        column.addWidget(self.ready)
        column.addStretch(1)
        holder = QWidget()
        holder.setProperty("plain", "true")
        centred = QHBoxLayout(holder)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(content, 100)
        centred.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


def _empty(rows: QVBoxLayout) -> None:
    while (item := rows.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
