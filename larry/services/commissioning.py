"""Commission a site: a job of named, resumable steps per device."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable

from larry.domain.ids import normalise_activation_code
from larry.domain.kind import Kind
from larry.errors import InputError, ReadOnlySiteError
from larry.services.commission.board import Board, BoardMaker
from larry.services.commission.desk import Desk
from larry.services.commission.job_clock import JobClock, SystemJobClock
from larry.services.commission.job_loop import JobLoop
from larry.services.commission.job_order import job_order
from larry.services.commission.link_keeper import LinkKeeper
from larry.services.commission.ports import JobCloud, JobDevices, JobProject, Prefer
from larry.services.commission.procedures import PROCEDURES
from larry.services.commission.run_result import RunResult, run_result
from larry.services.commission.state_book import Listener, StateBook
from larry.services.commission.step_archive import StepArchive
from larry.services.commission.step_context import ACTIVATION_CODE, JobParts
from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commission.wifi_choice import PASSWORD, WifiChoice
from larry.services.commission.words import log_words, step_title

RESTART = "restart"
"""Action of an open step after which the device begins with its first step again."""
MORE_TIME_S = 120.0
"""What one press of "2 more min" adds."""
_BROKEN_OFF = (StepStatus.RUNNING, StepStatus.WAITING)
_log = logging.getLogger(__name__)

__all__ = ["Commissioning", "RunResult"]


class Commissioning:
    """The commissioning job of one open project.

    Everything runs in the caller's event loop; the project is touched only there. Each step's outcome is in
    the project file before anybody hears of it, so the job goes on after any break, also a kill.

    Args:
        project: the open project.
        devices: the way to devices (`DeviceService`).
        cloud: the cloud, or None: its steps stay open, the rest goes on.
        clock: for tests and for a practice site that runs faster than life.
        prefer: cable or radio, where a device offers both.
    """

    def __init__(
        self,
        project: JobProject,
        devices: JobDevices,
        cloud: JobCloud | None = None,
        clock: JobClock | None = None,
        *,
        prefer: Prefer = "serial",
    ) -> None:
        self._project = project
        self._clock = clock or SystemJobClock()
        self._archive = StepArchive(project.jobs)
        self._book = StateBook(self._archive, self._clock)
        self._board = BoardMaker(project.site, self._book)
        self._desk = Desk()
        self._links = LinkKeeper(devices, prefer)
        self._wifi = WifiChoice(project, self._archive)
        self._parts = JobParts(project, self._links, cloud, self._clock, self._desk, self._book, self._wifi)
        self._loop = JobLoop(self._parts, self._tell_job)
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self._job_listeners: list[Callable[[], None]] = []
        self.refresh()

    # --- looking -------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """True while `run` works."""
        return self._task is not None

    @property
    def paused(self) -> bool:
        """True between `pause` and `resume`."""
        return self._desk.paused

    def board(self) -> Board:
        """Return what the board shows now."""
        return self._board.board(self._loop.current, running=self.running, paused=self.paused)

    def progress(self) -> tuple[int, int]:
        """Return how many devices are done, and how many there are."""
        node_ids = self._book.node_ids()
        return sum(self._book.node_done(node_id) for node_id in node_ids), len(node_ids)

    def steps(self, node_id: str) -> tuple[StepState, ...]:
        """Return the steps of a device, in order; none for a device the job does not know yet."""
        return self._book.steps(node_id)

    def subscribe(self, callback: Listener, on_job: Callable[[], None] | None = None) -> Callable[[], None]:
        """Hear of every changed step; the result ends it.

        Args:
            callback: gets the snapshot of the step that changed.
            on_job: called when the job itself started, went to another device, paused or ended.
        """
        end_steps = self._book.subscribe(callback)
        if on_job is not None:
            self._job_listeners.append(on_job)

        def end() -> None:
            end_steps()
            if on_job in self._job_listeners:
                self._job_listeners.remove(on_job)

        return end

    def refresh(self) -> None:
        """Take over devices that were added to, removed from or changed in the plan; not while running."""
        if self.running:
            return
        site = self._project.site
        order = job_order(site)
        for node_id in order:
            kind = site.nodes[node_id].kind
            fresh = [
                StepState(node_id, spec.name, step_title(kind.value, spec.name))
                for spec in PROCEDURES[kind].steps
            ]
            self._book.plan(node_id, fresh, self._planned(node_id))
        self._book.forget_others(order)
        self._board.forget()

    def _planned(self, node_id: str) -> str:
        """Return what the done steps of a device depend on."""
        site = self._project.site
        node = site.nodes[node_id]
        parent = site.nodes.get(node.parent or "")
        name = node.name if node.kind is Kind.IQ else ""
        return "|".join((node.kind, node.device_id or "", parent.device_id or "" if parent else "", name))

    # --- running -------------------------------------------------------------------------

    async def run(self, only: Iterable[str] | None = None) -> RunResult:
        """Carry the plan out, from where the job stands; returns when nothing more can be done now.

        Args:
            only: ids of devices; None means all.

        Raises:
            ReadOnlySiteError: the site was released.
            InputError: the job runs already, or an id is not in the plan.
        """
        node_ids = self._chosen(only)
        self._stopped = False
        self._links.not_ready.clear()
        self._links.reached = False
        self._desk.wrong_wifi.clear()  # a new run may try once more: the router may have been mended
        self._take_up(node_ids)
        self._task = asyncio.create_task(self._loop.work(node_ids))
        try:
            await self._task
        except asyncio.CancelledError:
            if not self._stopped:
                raise
        finally:
            self._task, self._loop.current = None, None
            try:
                await self._links.close()
            finally:
                self._break_off()
                self._tell_job()
        return run_result(self._book, node_ids, reached=self._links.reached, stopped=self._stopped)

    def pause(self) -> None:
        """Stand still before the next step or inside a wait; deadlines stand still too."""
        self._desk.pause(True)
        self._tell_job()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._desk.pause(False)
        self._tell_job()

    def cancel(self) -> None:
        """Stop the run; what is done stays done, the rest can be taken up by `run` at any time."""
        self._stopped = True
        self._desk.pause(False)
        if self._task is not None:
            self._task.cancel()

    # --- what a person says ----------------------------------------------------------------

    def later(self, node_id: str) -> None:
        """Put the wait of a device off: its step stays open, the job goes on."""
        self._desk.say_later(node_id)

    def more_time(self, node_id: str, seconds: float = MORE_TIME_S) -> None:
        """Give the wait of a device more time."""
        self._desk.say_more(node_id, seconds)

    def retry(self, node_id: str) -> None:
        """Try the open steps of a device, and of what waited for it, again; now or in the next `run`."""
        site = self._project.site
        if node_id not in site.nodes:
            return
        iq = site.iq_of(node_id)
        if iq is not None:
            self._links.not_ready.pop(iq.id, None)
        below = set(site.subtree(node_id))
        again = [each for each in self._book.node_ids() if each in below and self._reopen(each)]
        if self.running:
            self._loop.add(again)

    def provide(self, node_id: str, name: str, value: str) -> None:
        """Answer what a step asks for (`NextStep.asks_for`); the value is stored and the step goes on.

        Args:
            node_id: the device that asks.
            name: `activation_code`, `wifi_password` or `wifi_ssid`.
            value: secret values are sealed in the project and appear in no log.

        Raises:
            InputError: no step asks for such a value.
        """
        node = self._project.site.nodes[node_id]
        concerned = [node_id]
        if name == ACTIVATION_CODE:
            self._project.secrets.set(node_id, name, normalise_activation_code(value))
        elif name == PASSWORD:
            ssid = self._wifi.ssid(node)
            if ssid is None:
                raise InputError("Choose the network before its password.")
            self.set_wifi(ssid, value)
            concerned = self._iqs_of_network(ssid)
        elif name == "wifi_ssid":
            self._wifi.choose(value, node_id)
        else:
            raise InputError(f"No step asks for {name}.")
        for each in {node_id, *concerned}:
            self._desk.say_provided(each, name)
        for each in concerned:
            if any(s.state is StepStatus.OPEN and _asks(s, name) for s in self._book.steps(each)):
                self.retry(each)

    def set_wifi(self, ssid: str, password: str | None = None, *, for_all: bool = False) -> None:
        """Enter the password of a network once for all its IQs.

        Args:
            ssid: the network.
            password: None leaves the stored one.
            for_all: give this network to all IQs that have none in the plan.
        """
        if for_all:
            self._wifi.choose(ssid)
        if password is not None:
            self._wifi.set_password(ssid, password)
            self._desk.wrong_wifi.discard(ssid)

    def _iqs_of_network(self, ssid: str) -> list[str]:
        nodes = self._project.site.nodes
        return [
            each
            for each in self._book.node_ids()
            if each in nodes and nodes[each].kind is Kind.IQ and self._wifi.ssid(nodes[each]) == ssid
        ]

    # --- inside ------------------------------------------------------------------------------

    def _chosen(self, only: Iterable[str] | None) -> list[str]:
        if self.running:
            raise InputError("The commissioning runs already.")
        if getattr(self._project, "released", False):
            raise ReadOnlySiteError(
                f"{self._project.site.info.name} was released to its owner.",
                why="Since then the installer may not change its devices.",
                remedy="Ask the owner for installer access.",
            )
        self.refresh()
        if only is None:
            return list(self._book.node_ids())
        wanted = set(only)
        unknown = sorted(wanted - set(self._book.node_ids()))
        if unknown:
            raise InputError(f"There is no device {unknown[0]} in the project.")
        return [node_id for node_id in self._book.node_ids() if node_id in wanted]

    def _take_up(self, node_ids: Iterable[str]) -> None:
        """Begin again what was broken off or left open: each step looks at the device's own state first."""
        for node_id in node_ids:
            self._reopen(node_id)

    def _reopen(self, node_id: str) -> bool:
        states = self._book.steps(node_id)
        from_start = any(
            state.next_step is not None and state.next_step.action == RESTART for state in states
        )
        again = False
        for state in states:
            if state.state is StepStatus.OPEN or (
                state.state in _BROKEN_OFF and node_id != self._loop.current
            ):
                key = "opened-again" if state.state is StepStatus.OPEN else "started-again"
                self._book.log(node_id, state.step, "info", log_words(key))
            elif not (from_start and state.state.settled):
                continue
            self._book.move(node_id, state.step, StepStatus.TODO)
            again = True
        return again

    def _break_off(self) -> None:
        for state in list(self._book):
            if state.state in _BROKEN_OFF:
                self._book.log(state.node_id, state.step, "info", log_words("stopped"))
                self._book.move(state.node_id, state.step, StepStatus.TODO)

    def _tell_job(self) -> None:
        for listener in list(self._job_listeners):
            try:
                listener()
            except Exception:  # a broken view must not stop the job
                _log.exception("a listener of the job broke")


def _asks(state: StepState, name: str) -> bool:
    return state.next_step is not None and state.next_step.asks_for == name
