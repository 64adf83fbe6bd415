"""The card in the middle: what is to be done now, why, until when, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from larry.domain.hardware import Node
from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.countdown_ring import CountdownRing
from ui.components.text import Text
from ui.stages.commission.act_drawing import ActDrawing
from ui.stages.commission.act_facts import ActFacts
from ui.stages.commission.moments import clock, rest_s
from ui.stages.commission.practice_hand import act_label
from ui.stages.commission.value_entry import ValueEntry


class ActCard(QFrame):
    """Shows the act of one device.

    Signals:
        pressed: `hand` (practice site), `more`, `later`, `next` (the one button of an open act) or `again`.
        given: a value was typed in; carries its name and the value.
    """

    pressed = Signal(str)
    given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("What is to be done"))
        self.facts: ActFacts | None = None
        self._paused_rest_s: float | None = None
        self.drawing = ActDrawing()
        self.chip = Chip("", "neutral")
        self.title = Text("", "headline", wrap=True)
        self.ring = CountdownRing()
        self.why_title = Text(self.tr("Why this wait"), "medium")
        self.why = Text("", "base", "text2", wrap=True)
        self.then_title = Text(self.tr("When the time is up"), "medium")
        self.then = Text("", "base", "text2", wrap=True)
        self.entry = ValueEntry()
        self.hand_button = Button("", "primary", "flask-conical", size="l")
        self.next_button = Button("", "primary", size="l")
        self.again_button = Button(self.tr("Try again"), "plain", "rotate-ccw", size="l")
        self.more_button = Button(self.tr("2 more min"), "plain", "clock", "T", size="l")
        self.later_button = Button(self.tr("Later"), "plain", "skip-forward", "L", size="l")
        self._lay_out()
        for key, button in self.buttons().items():
            button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
        self.entry.given.connect(self._given)

    def buttons(self) -> dict[str, Button]:
        """Return the buttons by what they say."""
        return {
            "hand": self.hand_button,
            "next": self.next_button,
            "again": self.again_button,
            "more": self.more_button,
            "later": self.later_button,
        }

    def show_act(
        self, node: Node, facts: ActFacts, *, hands: bool, paused: bool, networks: list[str], locked: bool
    ) -> None:
        """Show the act of a device.

        Args:
            hands: a practice site lends hands.
            paused: the job stands still.
            networks: names to offer where one is asked for.
            locked: nothing may be done here: the site was released.
        """
        self.facts = facts
        focus = self.window().focusWidget()
        mine = focus is not None and (focus is self or self.isAncestorOf(focus))
        if mine:
            self.setFocus()  # the button may go; the keys stay here
        self.chip.set_chip(*facts.chip)
        self.title.setText(facts.title)
        self.why_title.setVisible(facts.waits)
        self.why.setText(facts.why)
        self.why.setVisible(bool(facts.why))
        self.then.setText(facts.then)
        self.then.setVisible(bool(facts.then))
        self.then_title.setVisible(bool(facts.then))
        self.drawing.show_scene(facts.scene, node.kind.value, node.model, facts.caption)
        self.ring.setVisible(facts.waits)
        self._show_buttons(facts, hands, locked)
        asks = facts.asks_for if not locked else None
        self.entry.setVisible(asks is not None)
        if asks is not None:
            self.entry.ask(asks, networks)
        else:
            self.entry.clear()
        self.tick(paused=paused)
        if mine and focus is not None:
            stays = focus is not self and focus.isVisibleTo(self) and focus.isEnabled()
            (focus if stays else self.primary() or self).setFocus()

    def tick(self, *, paused: bool) -> None:
        """Show the rest of the wait now."""
        step = self.facts.step if self.facts is not None and self.facts.waits else None
        if step is None or step.deadline_at is None:
            self._paused_rest_s = None
            return
        left_s = rest_s(step.deadline_at)
        if paused:
            # Deadlines stand still while the job is paused; the step tells its new one when it goes on.
            self._paused_rest_s = left_s if self._paused_rest_s is None else self._paused_rest_s
            self.ring.show_rest(self._paused_rest_s, step.wait_s or left_s, self.tr("paused"), paused=True)
            return
        self._paused_rest_s = None
        until = self.tr("until {time}").format(time=clock(step.deadline_at))
        self.ring.show_rest(left_s, step.wait_s or left_s, until)

    def primary(self) -> QWidget | None:
        """Return what Space and Enter reach: the field to fill in, else the primary button."""
        if self.entry.isVisibleTo(self):
            return self.entry.field
        for button in (self.hand_button, self.next_button):
            if button.isVisibleTo(self) and button.isEnabled():
                return button
        return None

    def _show_buttons(self, facts: ActFacts, hands: bool, locked: bool) -> None:
        step = facts.step
        waits = facts.waits and not locked
        act = step.act if step is not None and waits else None
        self.hand_button.setVisible(bool(hands and act))
        if act is not None:
            self.hand_button.set_look(text=act_label(act))
        is_open = step is not None and not facts.waits and step.next_step is not None and not locked
        is_open = is_open and facts.asks_for is None
        self.next_button.setVisible(is_open)
        if is_open and step is not None and step.next_step is not None:
            self.next_button.set_look(text=step.next_step.label)
        tries = step is not None and step.next_step is not None and step.next_step.action == "retry"
        self.again_button.setVisible(is_open and not tries)
        self.more_button.setVisible(waits)
        self.later_button.setVisible(waits)

    def _given(self, value: str) -> None:
        if self.facts is not None and self.facts.asks_for is not None:
            self.given.emit(self.facts.asks_for, value)

    def _lay_out(self) -> None:
        because = QVBoxLayout()
        because.setSpacing(4)
        because.addStretch(1)
        because.addWidget(self.why_title)
        because.addWidget(self.why)
        because.addStretch(1)
        wait = QHBoxLayout()
        wait.setSpacing(20)
        wait.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        wait.addLayout(because, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in self.buttons().values():
            buttons.addWidget(button)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        words.addSpacing(8)
        words.addWidget(self.title)
        words.addSpacing(16)
        words.addLayout(wait)
        words.addSpacing(12)
        words.addWidget(self.then_title)
        words.addSpacing(2)
        words.addWidget(self.then)
        words.addStretch(1)
        words.addSpacing(12)
        words.addWidget(self.entry)
        words.addSpacing(12)
        words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 20)
        row.setSpacing(22)
        row.addWidget(self.drawing, 4)
        row.addLayout(words, 6)
