"""The commissioning job of the open site, for the window: one object, told about a few times a second."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from larry.domain.ids import normalise_activation_code
from larry.errors import LarryError, SecretsLockedError
from larry.services.commission.board import Board
from larry.services.commission.job_clock import JobClock
from larry.services.commission.step_archive import JOB_ID, StepArchive
from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commission.wifi_choice import PASSWORD, SITE_OWNER, WifiChoice
from larry.services.commissioning import Commissioning, RunResult
from ui.stages.commission.job_doors import CloudDoor, FeedDevices
from ui.workspace import Workspace

CHANGE_MS = 80
"""Many small steps become one repaint."""
IDENTIFY_S = 10
CODE = "activation_code"
BROKEN_OFF = (StepStatus.RUNNING, StepStatus.WAITING)


class JobHost(QObject):
    """Owns the `Commissioning` of a workspace and carries a person's words to it.

    Signals:
        changed: the board may look different.
        ended: a run is over; carries the `RunResult`.
    """

    changed = Signal()
    ended = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        clock: JobClock | None = None,
        window: Callable[[], QWidget | None] = lambda: None,
    ) -> None:
        """Make it.

        Args:
            workspace: the open site.
            clock: of the job, for tests.
            window: over which the passphrase is asked for when the secrets are locked.
        """
        super().__init__()
        self.workspace = workspace
        self._window = window
        self._clock = clock
        self._job: Commissioning | None = None
        self._cloud: CloudDoor | None = None
        self._board: Board | None = None
        self._begun: bool | None = None
        self._stale = False
        self._left = False
        self._end_hearing = lambda: None
        self._coalesce = QTimer(self)
        self._coalesce.setSingleShot(True)
        self._coalesce.setInterval(CHANGE_MS)
        self._coalesce.timeout.connect(self.changed)
        workspace.changed.connect(self._plan_changed)

    # --- looking -------------------------------------------------------------------------

    @property
    def job(self) -> Commissioning:
        """The job; made at the first use, because a big site need not pay for it before."""
        if self._job is None:
            url = self.workspace.cloud_url
            self._cloud = CloudDoor(url) if url else None
            devices = FeedDevices(self.workspace.feed)
            self._job = Commissioning(self.workspace.project, devices, self._cloud, self._clock)
            self._end_hearing = self._job.subscribe(lambda _step: self._touch(), self._touch)
        return self._job

    @property
    def left(self) -> bool:
        """True once the site was closed: nothing may be read from it any more."""
        return self._left

    @property
    def running(self) -> bool:
        """True while the job works."""
        return self._job is not None and self._job.running

    @property
    def read_only(self) -> bool:
        """True after the release."""
        return self.workspace.read_only

    def board(self) -> Board:
        """Return the board of this moment."""
        if self._stale and not self.running:
            self._stale = False
            self.job.refresh()
            self._board = None
        if self._board is None:
            self._board = self.job.board()
        return self._board

    def steps(self, node_id: str) -> tuple[StepState, ...]:
        """Return the steps of a device; what was broken off counts as still to come while nothing runs."""
        steps = self.job.steps(node_id)
        if self.running or not any(step.state in BROKEN_OFF for step in steps):
            return steps
        return tuple(
            step.moved(StepStatus.TODO, step.changed_at) if step.state in BROKEN_OFF else step
            for step in steps
        )

    def begun(self) -> bool:
        """Tell whether any step was ever taken."""
        if self._begun is None:
            queue = self.board().queue
            self._begun = any(
                step.state is not StepStatus.TODO for row in queue for step in self.job.steps(row.node_id)
            )
        return self._begun

    def unfinished(self) -> bool:
        """Tell whether the file holds a job that was begun and not brought to its end; cheap without one."""
        if not self.workspace.project.jobs.load_steps(JOB_ID):
            return False
        board = self.board()
        return self.begun() and board.done < board.total

    def wifi(self) -> WifiChoice:
        """Return which network each IQ gets, for looking."""
        project = self.workspace.project
        return WifiChoice(project, StepArchive(project.jobs))

    def has_code(self, node_id: str) -> bool:
        """Tell whether the activation code of an IQ is stored; needs no key."""
        return bool(self.workspace.project.secrets.has(node_id, CODE))

    def has_password(self, node_id: str, ssid: str, kept: Container[tuple[str, str]] | None = None) -> bool:
        """Tell whether the password of an IQ's network is stored; needs no key.

        Args:
            node_id: the IQ.
            ssid: its network.
            kept: `secret_names()`, when many are asked about.
        """
        names = self.secret_names() if kept is None else kept
        return any((owner, PASSWORD) in names for owner in (f"wifi:{ssid}", node_id, SITE_OWNER))

    def secret_names(self) -> frozenset[tuple[str, str]]:
        """Return owner and name of every stored secret; needs no key."""
        return frozenset(self.workspace.project.secrets.names())

    # --- the run ---------------------------------------------------------------------------

    def start(self, only: Iterable[str] | None = None) -> None:
        """Start or continue the job; a paused one goes on."""
        if self.running:
            self.job.resume()
            return
        if self.read_only:
            return
        if self._job is not None and (self._cloud is None) != (self.workspace.cloud_url is None):
            self.forget()
        self.board()
        chosen = None if only is None else list(only)
        if not self._unlocked(chosen):
            return
        name = self.tr("Commission {site}").format(site=self.workspace.project.site.info.name)
        self.workspace.tasks.start(self._run(chosen), name)

    def pause(self) -> None:
        """Hold the job, or go on."""
        if self.running:
            if self.job.paused:
                self.job.resume()
            else:
                self.job.pause()

    def stop(self) -> None:
        """End the run; what is done stays done."""
        if self.running:
            self.job.cancel()

    def leave(self) -> None:
        """Let go of the site: a running job is broken off and taken up again at the next opening."""
        self._left = True
        self._coalesce.stop()
        self.stop()
        self.forget()

    def forget(self) -> None:
        """Leave the job; not while it runs."""
        self._end_hearing()
        self._end_hearing = lambda: None
        self._job = self._board = None

    async def _run(self, only: list[str] | None) -> None:
        job, cloud = self.job, self._cloud
        try:
            result = await job.run(only)
        except LarryError:
            if self._left:
                return  # the file was closed below the job; what it had done is in there
            raise
        finally:
            if cloud is not None:
                await cloud.close()
        if self._left:
            return
        self._touch()
        self.ended.emit(result)
        self._tell_end(result)

    def _tell_end(self, result: RunResult) -> None:
        if result.stopped:
            return
        count = len(result.open_steps)
        what = self.tr("{done} of {total} devices are commissioned.").format(
            done=result.done, total=result.total
        )
        if not count:
            self.workspace.tell("ok", what, remedy=self.tr("Next: Hand over."))
        elif not result.reached:
            first = result.open_steps[0]
            self.workspace.tell("error", self.tr("Nothing could be reached."), first.headline, first.cause)
        else:
            why = self.tr("1 act is open.") if count == 1 else self.tr("{n} acts are open.").format(n=count)
            self.workspace.tell("warn", what, why, self.tr("Each stands in Open acts with its next step."))

    # --- words of a person -------------------------------------------------------------------

    def later(self, node_id: str) -> None:
        """Put the wait of a device off."""
        self.job.later(node_id)

    def more_time(self, node_id: str) -> None:
        """Give the wait of a device two more minutes."""
        self.job.more_time(node_id)

    def retry(self, node_id: str) -> None:
        """Try the open steps of a device and of what hangs below it again, now."""
        self.job.retry(node_id)
        if not self.running:
            below = set(self.workspace.project.site.subtree(node_id))
            self.start([row.node_id for row in self.board().queue if row.node_id in below])

    def provide(self, node_id: str, name: str, value: str) -> bool:
        """Answer what a step asks for; a step that was open is tried again at once."""
        was_open = any(
            step.state is StepStatus.OPEN and step.next_step is not None and step.next_step.asks_for == name
            for step in self.steps(node_id)
        )
        if not self._stored(lambda: self.job.provide(node_id, name, value)):
            return False
        if was_open and not self.running:
            self.start()
        return True

    def set_wifi(self, ssid: str, password: str | None) -> bool:
        """Enter network and password once; IQs without a network in the plan get it too."""
        return self._stored(lambda: self.job.set_wifi(ssid, password, for_all=True))

    def set_code(self, node_id: str, code: str) -> bool:
        """Keep the activation code of an IQ, sealed; a step that asks for it goes on."""
        if any(
            step.next_step is not None and step.next_step.asks_for == CODE for step in self.steps(node_id)
        ):
            return self.provide(node_id, CODE, code)
        value = normalise_activation_code(code)
        return self._stored(lambda: self.workspace.project.secrets.set(node_id, CODE, value))

    def _stored(self, act: Callable[[], None]) -> bool:
        """Store something secret; without the key the passphrase is asked for, and then it is stored."""
        try:
            act()
        except SecretsLockedError as error:
            self._ask_passphrase(error, lambda: self._stored(act))
            return False
        except LarryError as error:
            self.workspace.tell_error(error)
            return False
        self._touch()
        return True

    def _ask_passphrase(self, error: LarryError, then: Callable[[], object]) -> None:
        passphrase, window = self.workspace.passphrase, self._window()
        if passphrase is None or window is None:
            self.workspace.tell_error(error)
            return
        passphrase.ask(window, self.workspace.project.site.info.name, then)

    def _unlocked(self, only: list[str] | None) -> bool:
        """Open the secrets before a run: steps that need a code must not stop for the key."""
        kept = self.workspace.project.secrets
        try:
            if kept.locked:
                kept.unlock()
        except SecretsLockedError as error:
            self._ask_passphrase(error, lambda: self.start(only))
            return False
        return True

    # --- at the device -------------------------------------------------------------------------

    def identify(self, node_id: str) -> None:
        """Let a device show itself."""
        node = self.workspace.project.site.nodes[node_id]
        if not node.device_id:
            self.workspace.tell("warn", self.tr("{name} has no Device ID yet.").format(name=node.name))
            return
        name = self.tr("Identify {name}").format(name=node.name)
        told = self.tr("{name} blinks for {n} seconds.").format(name=node.name, n=IDENTIFY_S)
        self.workspace.tasks.start(
            self._identify(node.device_id),
            name,
            done=lambda _nothing: self.workspace.tell("ok", told),
            failed=self.workspace.tell_error,
        )

    async def _identify(self, device_id: str) -> None:
        link = await FeedDevices(self.workspace.feed).open(device_id)
        try:
            await link.identify(IDENTIFY_S)
        finally:
            await link.close()

    # --- inside -----------------------------------------------------------------------------

    def _touch(self) -> None:
        self._board = self._begun = None
        if not self._coalesce.isActive():
            self._coalesce.start()

    def _plan_changed(self, _change: object) -> None:
        if self._job is not None and not self._left:
            self._stale = True
            self._touch()
