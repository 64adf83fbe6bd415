"""What the card in the middle says about a device: read from its steps, without a widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from larry.domain.hardware import Node
from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commission.words import step_usually
from ui.components.step_bar import BarStep
from ui.stages.commission.moments import clock


@dataclass(frozen=True, slots=True)
class ActFacts:
    """The card of a device at this moment.

    Attributes:
        step: the step it speaks of, None when the device waits its turn or is done.
        chip: words, tone and icon of the chip above the title.
        why, then: the two paragraphs; "" for none.
        scene, caption: the drawing.
    """

    step: StepState | None
    chip: tuple[str, str, str]
    title: str
    why: str
    then: str
    scene: str
    caption: str

    @property
    def waits(self) -> bool:
        """True while a deadline runs."""
        return self.step is not None and self.step.state is StepStatus.WAITING

    @property
    def asks_for(self) -> str | None:
        """The value to type in, or None."""
        if self.step is None or self.step.next_step is None:
            return None
        return self.step.next_step.asks_for


def act_facts(node: Node, steps: Sequence[StepState]) -> ActFacts:
    """Return the card of a device."""
    for state in (StepStatus.WAITING, StepStatus.RUNNING, StepStatus.OPEN):
        step = next((each for each in steps if each.state is state), None)
        if step is not None:
            return {
                StepStatus.WAITING: _waiting,
                StepStatus.RUNNING: _running,
                StepStatus.OPEN: _open,
            }[state](node, step)
    if steps and all(step.state.settled for step in steps):
        return _done(node, steps)
    return _todo(node, steps)


def bar_steps(node: Node, steps: Sequence[StepState]) -> tuple[BarStep, ...]:
    """Return the steps of a device for the bar."""
    return tuple(BarStep(step.title, _detail(node, step), _STATES[step.state]) for step in steps)


_STATES = {
    StepStatus.TODO: "todo",
    StepStatus.RUNNING: "now",
    StepStatus.WAITING: "waiting",
    StepStatus.OPEN: "open",
    StepStatus.DONE: "done",
    StepStatus.SKIPPED: "skipped",
}


def _detail(node: Node, step: StepState) -> str:
    words = {
        StepStatus.RUNNING: _tr("at work"),
        StepStatus.WAITING: _tr("waiting"),
        StepStatus.OPEN: _tr("open"),
        StepStatus.SKIPPED: _tr("not needed"),
    }
    if step.state is StepStatus.DONE:
        return clock(step.changed_at)
    return words.get(step.state, "")


def _waiting(node: Node, step: StepState) -> ActFacts:
    hands = step.act is not None or (step.next_step is not None and step.next_step.asks_for is not None)
    chip = (_tr("Your turn"), "warn", "hand") if hands else (_tr("Larry waits"), "info", "hourglass")
    scene, caption = _scene(node, step)
    return ActFacts(step, chip, step.headline, step.cause, step.then, scene, caption)


def _running(node: Node, step: StepState) -> ActFacts:
    usually = step_usually(node.kind.value, step.step)
    title = _tr("Larry works: {step}").format(step=step.title)
    usually = f"{usually[:1].upper()}{usually[1:]}." if usually else ""
    chip = (_tr("Larry works"), "accent", "refresh-cw")
    return ActFacts(step, chip, title, usually, "", "working", _tr("Nothing to do for you"))


def _open(node: Node, step: StepState) -> ActFacts:
    chip = (_tr("Open act"), "warn", "triangle-alert")
    scene, caption = _scene(node, step) if step.next_step and step.next_step.asks_for else ("open", "")
    return ActFacts(step, chip, step.headline, step.cause, "", scene, caption)


def _done(node: Node, steps: Sequence[StepState]) -> ActFacts:
    last = max(steps, key=lambda step: step.changed_at)
    title = _tr("{name} is done").format(name=node.name)
    why = _tr("Every step was read back from the device, the last at {time}.").format(
        time=clock(last.changed_at)
    )
    return ActFacts(None, (_tr("Done"), "ok", "circle-check"), title, why, "", "done", "")


def _todo(node: Node, steps: Sequence[StepState]) -> ActFacts:
    settled = sum(step.state.settled for step in steps)
    title = _tr("{name} waits its turn").format(name=node.name)
    why = _tr("The job comes to it in walking order.")
    if settled:
        why = _tr("{done} of {total} steps are done; the job goes on behind them.").format(
            done=settled, total=len(steps)
        )
    return ActFacts(None, (_tr("To come"), "neutral", "clock"), title, why, "", "todo", "")


def _scene(node: Node, step: StepState) -> tuple[str, str]:
    if step.act is PhysicalAct.MAINTENANCE_CARD:
        return "card", _tr("Hold flat, 1 second")
    if step.act is PhysicalAct.RESET_2S:
        if node.kind.value == "repeater" and step.act_on == node.id:
            return "repeater-reset", _tr("Press 2 seconds")
        return "iq-reset", _tr("Behind the front cover, 2 seconds")
    if step.act is PhysicalAct.GO_TO:
        return "go-to", _tr("Carry the laptop closer, or use the cable")
    asks = step.next_step.asks_for if step.next_step else None
    if asks == "activation_code":
        return "code", _tr("The sticker behind the front cover")
    if asks in ("wifi_password", "wifi_ssid"):
        return "wifi", _tr("Entered once for all IQs of the network")
    return "working", _tr("Nothing to do for you")


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommissionAct", text)
