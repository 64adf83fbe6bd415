"""Opens the dialogs of what the job needs before it starts: Wi-Fi for all, activation codes, stickers."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.errors import LarryError
from larry.services.practice_control import PracticeControl
from larry.services.practice_project import read_stickers, read_wifi_note
from ui.dialogs.enter_value_codes import EnterCodesDialog
from ui.dialogs.enter_value_wifi import EnterWifiDialog
from ui.stages.commission.job_host import JobHost
from ui.words import counted
from ui.workspace import Workspace


class ValueDialogs(QObject):
    """The dialogs, each opened with `open()`."""

    def __init__(self, workspace: Workspace, host: JobHost, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._host, self._window = workspace, host, window
        self._reading = False

    def networks(self) -> list[str]:
        """Return the networks that are named anywhere, those of the plan first."""
        choice = self._host.wifi()
        names = [node.wifi_ssid or choice.ssid(node) for node in self._iqs()]
        return list(dict.fromkeys(name for name in names if name))

    def wifi(self) -> None:
        """Ask for Wi-Fi; on the practice site the note at the reception is read first."""
        if self._workspace.practice is None:
            self._open_wifi("")
            return
        networks = self.networks()
        ssid = networks[0] if networks else ""
        self._workspace.tasks.start(
            self._note(ssid),
            self.tr("Read the note at the reception"),
            done=lambda password: self._open_wifi(password or ""),
            failed=lambda _error: self._open_wifi(""),
        )

    def codes(self) -> None:
        """Ask for the activation codes."""
        rows = [(node.id, node.name, self._host.has_code(node.id)) for node in self._iqs()]
        dialog = EnterCodesDialog(self._window.window(), rows)
        dialog.confirmed.connect(self._keep_codes)
        dialog.open()

    def stickers(self) -> None:
        """Read the stickers of the practice site: Device IDs and activation codes."""
        if self._workspace.practice is None or self._reading:
            return
        self._reading = True
        name = self.tr("Read the stickers")
        self._workspace.tasks.start(self._read(), name, done=self._were_read, failed=self._not_read)

    def _iqs(self) -> list[Node]:
        nodes = self._workspace.project.site.nodes
        return [
            nodes[row.node_id]
            for row in self._host.board().queue
            if row.kind is Kind.IQ and row.node_id in nodes
        ]

    def _open_wifi(self, password: str) -> None:
        dialog = EnterWifiDialog(self._window.window(), self.networks(), len(self._iqs()), password=password)
        dialog.confirmed.connect(self._host.set_wifi)
        dialog.open()

    def _keep_codes(self, codes: dict[str, str]) -> None:
        kept = sum(self._host.set_code(node_id, code) for node_id, code in codes.items())
        if kept:
            text = counted(
                kept, self.tr("{n} activation code is kept."), self.tr("{n} activation codes are kept.")
            )
            self._workspace.tell("ok", text)

    async def _note(self, ssid: str) -> str | None:
        async with PracticeControl(self._control) as control:
            return read_wifi_note(await control.world(), ssid)

    async def _read(self) -> int:
        async with PracticeControl(self._control) as control:
            world = await control.world()
        return read_stickers(self._workspace.project, world)

    def _were_read(self, count: int) -> None:
        self._reading = False
        text = counted(count, self.tr("{n} sticker was read."), self.tr("{n} stickers were read."))
        self._workspace.tell(
            "ok", text, self.tr("Device IDs and activation codes are entered; undo takes the IDs back.")
        )

    def _not_read(self, error: LarryError) -> None:
        self._reading = False
        self._workspace.tell_error(error)

    @property
    def _control(self) -> str:
        assert self._workspace.practice is not None
        return str(self._workspace.practice["control"])
