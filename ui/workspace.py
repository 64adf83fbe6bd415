"""One open site for all views: the project, one selection, one way to change and to hear of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from larry.domain.edits import Edit
from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.errors import LarryError
from larry.services.project import Project
from larry.services.project_change import Change
from ui.bridge.device_feed import DeviceFeed
from ui.bridge.tasks import Tasks
from ui.models.payload import Payload
from ui.notice import Notice, notice_of

CHECKPOINT_MS = 1000


class Workspace(QObject):
    """What a stage is given.

    Attributes:
        project: the open project.
        feed: the devices heard nearby; `feed.service` opens them.
        tasks: starts coroutines.
        practice: the running practice site's addresses (`hci`, `serial`, `cloud`, `control`), or None.
        cloud_url: the cloud this site works with, or None.
        passphrase: the `SessionPassphrase` of the site: `ask` it when secrets are locked.
        actions: the `ActionBook` of the window: stages add theirs.

    Signals:
        changed: the plan changed or the history grew; carries the `Change`.
        recorded: something was written to or read from a device; carries its node id.
        findings_changed: the findings were checked again.
        selection_changed: another device is selected; carries its id, "" for none.
        drag_changed: a drag began (`Payload`) or ended (None).
        told: a `Notice` for the person.
        asked: another view is wanted: "design", "commission", … or "placements" of the selection.
    """

    changed = Signal(object)
    recorded = Signal(str)
    findings_changed = Signal()
    selection_changed = Signal(str)
    drag_changed = Signal(object)
    told = Signal(object)
    asked = Signal(str)

    def __init__(
        self,
        project: Project,
        feed: DeviceFeed,
        tasks: Tasks,
        practice: dict[str, Any] | None = None,
        cloud_url: str | None = None,
    ) -> None:
        super().__init__()
        self.project, self.feed, self.tasks = project, feed, tasks
        self.practice = practice
        self.actions: Any = None
        self.passphrase: Any = None
        self.cloud_url = cloud_url or (practice or {}).get("cloud")
        self.selected = ""
        self.drag: Payload | None = None
        self._released = project.released  # asked at every paint, and after the file was closed
        self.findings: list[Finding] = project.findings()
        self._unsubscribe = project.subscribe(self._project_changed)
        self._check = self._single_shot(0, self._check_now)
        self._checkpoint = self._single_shot(CHECKPOINT_MS, project.checkpoint)

    # --- reading ------------------------------------------------------------------------

    @property
    def read_only(self) -> bool:
        """True after the release: the installer may look, not change."""
        return self._released

    def selected_node(self) -> Node | None:
        """Return the selected planned device."""
        return self.project.site.nodes.get(self.selected)

    # --- changing ------------------------------------------------------------------------

    def do(self, edit: Edit, label: str) -> bool:
        """Carry out an edit; a refusal is told and changes nothing."""
        return self._guarded(lambda: self.project.do(edit, label))

    def undo(self) -> bool:
        """Take back the last edit."""
        return self._guarded(self.project.undo)

    def redo(self) -> bool:
        """Do again what was undone."""
        return self._guarded(self.project.redo)

    def tell(self, tone: str, what: str, why: str = "", remedy: str = "") -> None:
        """Tell the person something."""
        self.told.emit(Notice(tone, what, why, remedy))

    def tell_error(self, error: LarryError) -> None:
        """Tell the person about an error."""
        self.told.emit(notice_of(error))

    def select(self, node_id: str) -> None:
        """Select a planned device in all views; "" for none."""
        if node_id not in self.project.site.nodes:
            node_id = ""
        if node_id != self.selected:
            self.selected = node_id
            self.selection_changed.emit(node_id)

    def set_drag(self, payload: Payload | None) -> None:
        """Tell all views what is being dragged, so that they can mark where it may go."""
        self.drag = payload
        self.drag_changed.emit(payload)

    def close(self) -> None:
        """Stop listening and close the file."""
        self._check.stop()
        self._checkpoint.stop()
        self._unsubscribe()
        self.project.close()

    # --- hearing -------------------------------------------------------------------------

    def _guarded(self, act: Any) -> bool:
        try:
            return act() is not None
        except LarryError as error:
            self.tell_error(error)
            return False

    def _project_changed(self, change: Change) -> None:
        if change.what == "record":
            for node_id in change.touched:
                self.recorded.emit(node_id)
        else:
            self._released = self.project.released
            if self.selected and self.selected not in self.project.site.nodes:
                self.select("")
            self.changed.emit(change)
        self._check.start()
        self._checkpoint.start()

    def _check_now(self) -> None:
        self.findings = self.project.findings()
        self.findings_changed.emit()

    def _single_shot(self, interval_ms: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(act)
        return timer
