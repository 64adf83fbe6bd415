"""What the one button of an open act does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from larry.services.commission.step_state import StepState
from ui.stages.commission.job_host import JobHost
from ui.workspace import Workspace


class NextAct(QObject):
    """Carries out the next step of an open act.

    Signals:
        shown: a device should be shown; carries its id.
    """

    shown = Signal(str)

    def __init__(self, workspace: Workspace, host: JobHost) -> None:
        super().__init__()
        self._workspace, self._host = workspace, host

    def do(self, step: StepState) -> None:
        """Do it."""
        if step.next_step is None:
            return
        if step.next_step.asks_for is not None:
            self.shown.emit(step.node_id)
            return
        acts: dict[str, Callable[[StepState], None]] = {
            "retry": lambda each: self._host.retry(each.node_id),
            "restart": lambda each: self._host.retry(each.node_id),
            "assign": lambda each: self._design(each, "design"),
            "edit": lambda each: self._design(each, "design"),
            "place": lambda each: self._design(each, "placements"),
            "parent": self._go_to_parent,
            "find-iq": self._find_iq,
            "show-tree": self._show_tree,
            "check-network": self._check_network,
            "choose-cloud": self._choose_cloud,
        }
        acts.get(step.next_step.action, lambda each: self._host.retry(each.node_id))(step)

    def _design(self, step: StepState, place: str) -> None:
        self._workspace.select(step.node_id)
        self._workspace.asked.emit("design")
        if place != "design":
            self._workspace.asked.emit(place)

    def _go_to_parent(self, step: StepState) -> None:
        site = self._workspace.project.site
        iq = site.iq_of(step.node_id)
        parent = site.nodes[step.node_id].parent
        there = iq.id if iq is not None and step.code == "iq-not-ready" else parent
        if there is not None:
            self.shown.emit(there)

    def _find_iq(self, step: StepState) -> None:
        self._tell(
            step,
            self.tr("Find the IQ that {name} belongs to."),
            self.tr("A construction card or any tag is refused by a lock that is still attached."),
            self.tr("Go back to its old IQ, detach it there with the maintenance card, then Try again here."),
        )

    def _show_tree(self, step: StepState) -> None:
        self._design(step, "design")
        self._tell(
            step,
            self.tr("{name} is shown in the plan."),
            step.headline + " " + step.cause,
            self.tr("Move it in the plan to where the IQ has it, or detach it there first."),
        )

    def _check_network(self, step: StepState) -> None:
        self._tell(
            step,
            self.tr("Check the network of {name}."),
            self.tr(
                "It needs DHCP, outgoing TCP 40000 and 40001, no 802.1X, and no filter for its adapter's MAC."
            ),
            self.tr("Look at its light: red = no network, red flashing = connecting. Then Try again."),
        )

    def _choose_cloud(self, step: StepState) -> None:
        self._tell(
            step,
            self.tr("{name} waits for a cloud."),
            self.tr("No cloud is chosen for this laptop."),
            self.tr("Start Larry with --cloud and its address; everything else can be done without."),
        )

    def _tell(self, step: StepState, what: str, why: str, remedy: str) -> None:
        name = self._workspace.project.site.nodes[step.node_id].name
        self._workspace.tell("info", what.format(name=name), why, remedy)
