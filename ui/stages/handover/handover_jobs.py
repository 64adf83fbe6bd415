"""What Hand over does with devices and cloud: reading again, releasing. One thing at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from larry.bootstrap import cloud_client
from larry.errors import CloudUnreachableError, LarryError
from larry.services.check_devices import Checked, check_devices
from larry.services.release_site import Released, mark_released_elsewhere, release_site
from ui.workspace import Workspace


class HandoverJobs(QObject):
    """Jobs over one site.

    Signals:
        busy_changed: what runs now, as a sentence; "" when it ended.
        refused: title, words, the words of the button, and what it does.
        went_well: nothing that was refused before is in the way any more.
    """

    busy_changed = Signal(str)
    refused = Signal(str, str, str, object)
    went_well = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._running = False
        self._task: asyncio.Task[Any] | None = None

    def leave(self) -> None:
        """Break off what runs: the site is closed below it."""
        if self._task is not None:
            self._task.cancel()

    def can_read(self) -> bool:
        """Tell whether there is a cloud or something that listens."""
        return bool(self._workspace.cloud_url) or self._workspace.feed.service is not None

    def check(self) -> None:
        """Read devices and cloud again."""
        if self.can_read():
            words, name = self.tr("Reading the devices …"), self.tr("Check devices again")
            self._start(self._check, words, name, self._checked, self._not_checked)

    def release(self) -> None:
        """Invite the owner and release the site; after a break doing it again goes on."""
        words, name = self.tr("Releasing the site …"), self.tr("Release the site")
        self._start(self._release, words, name, self._released, self._not_released)

    def mark_released(self) -> None:
        """Mark a site that was released in the maker's own tool."""
        try:
            mark_released_elsewhere(self._workspace.project)
        except LarryError as error:
            self._workspace.tell_error(error)
        self.busy_changed.emit("")

    def _start(
        self,
        work: Callable[[], Any],
        words: str,
        name: str,
        done: Callable[[Any], None],
        failed: Callable[[LarryError], None],
    ) -> None:
        if self._running:
            return
        self._running = True
        self.busy_changed.emit(words)

        def ended(result: Any, then: Callable[[Any], None]) -> None:
            self._running = False
            self.busy_changed.emit("")
            then(result)

        self._task = task = self._workspace.tasks.start(
            work(), name, done=lambda result: ended(result, done), failed=lambda error: ended(error, failed)
        )
        if task is None:
            self._running = False
            self.busy_changed.emit("")

    async def _check(self) -> Checked:
        project, url = self._workspace.project, self._workspace.cloud_url
        service, say = self._workspace.feed.service, self.busy_changed.emit
        if not url:
            return await check_devices(project, None, service, say=say)
        async with cloud_client(url) as cloud:
            return await check_devices(project, cloud, service, say=say)

    def _checked(self, result: Checked) -> None:
        if result.problem is not None:
            self._not_checked(result.problem)
            return
        self.went_well.emit()
        read = self.tr("Read again: {cloud} devices by the cloud, {air} IQs nearby.").format(
            cloud=result.from_cloud, air=result.from_air
        )
        self._workspace.tell("ok" if result.from_cloud or result.from_air else "info", read)

    def _not_checked(self, error: LarryError) -> None:
        self.refused.emit(error.what, _second(error), self.tr("Retry"), self.check)

    async def _release(self) -> Released:
        async with cloud_client(self._workspace.cloud_url or "") as cloud:
            return await release_site(self._workspace.project, cloud, say=self.busy_changed.emit)

    def _released(self, result: Released) -> None:
        self.went_well.emit()
        what = self.tr("The site belongs to {email} now.").format(email=result.owner_email)
        self._workspace.tell("ok", what, self.tr("The invitation is on its way; the plan is read-only."))

    def _not_released(self, error: LarryError) -> None:
        words = _second(error)
        if isinstance(error, CloudUnreachableError):
            words += " " + self.tr("The release waits; what was done stays done.")
        self.refused.emit(error.what, words.strip(), self.tr("Try again"), self.release)


def _second(error: LarryError) -> str:
    return " ".join(part for part in (error.why, error.remedy) if part)
