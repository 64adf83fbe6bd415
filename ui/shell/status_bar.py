"""The line at the bottom: radio, serial, cloud on the left; rules and counts on the right."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from larry.domain.kind import Kind
from ui.components.sign import Sign
from ui.components.text import Text, line
from ui.words import counted
from ui.workspace import Workspace


class _Item(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self.sign = Sign(icon, "text3", 14)
        self.text = Text("", "small", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.sign)
        row.addWidget(self.text)

    def say(self, icon: str, tone: str, text: str, tip: str = "") -> None:
        self.sign.show_icon(icon, tone)
        self.text.setText(text)
        self.setToolTip(tip)
        self.setVisible(bool(text))


class StatusBar(QFrame):
    """The status of an open site's ways to the world."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._workspace = workspace
        self._radio, self._serial, self._cloud = _Item("bluetooth"), _Item("cable"), _Item("cloud")
        self._rules = Text("", "small", "text2")
        self._counts = Text("", "small", "text2")
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(20)
        for item in (self._radio, self._serial, self._cloud):
            row.addWidget(item)
        row.addStretch(1)
        row.addWidget(self._rules)
        row.addWidget(self._counts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        column.addLayout(row)
        self.setFixedHeight(30)
        workspace.feed.changed.connect(self.show_devices)
        workspace.changed.connect(self.show_site)
        self.show_devices()
        self.show_site()

    def show_site(self, _change: object = None) -> None:
        """Show rules and counts of the plan."""
        project = self._workspace.project
        kinds = Counter(node.kind for node in project.site.nodes.values())
        parts = [
            counted(kinds[Kind.LOCK], self.tr("{n} lock"), self.tr("{n} locks")),
            counted(kinds[Kind.REPEATER], self.tr("{n} repeater"), self.tr("{n} repeaters")),
            counted(kinds[Kind.IQ], self.tr("{n} IQ"), self.tr("{n} IQs")),
        ]
        self._counts.setText(" · ".join(parts))
        catalogue = project.catalogue
        self._rules.setText(
            self.tr("Rules: {profile} · {version}").format(
                profile=catalogue.profile, version=catalogue.version
            )
        )
        url = self._workspace.cloud_url
        if self._workspace.practice:
            self._cloud.say("cloud", "ok", self.tr("Practice cloud"), url or "")
        elif url:
            self._cloud.say("cloud", "ok", self.tr("Cloud {host}").format(host=url.split("//")[-1]), url)
        else:
            self._cloud.say(
                "cloud-off",
                "text3",
                self.tr("No cloud chosen"),
                self.tr("Planning and devices work without."),
            )

    def show_devices(self) -> None:
        """Show what radio and serial ports do."""
        snapshot = self._workspace.feed.snapshot
        if snapshot is None:
            self._radio.say("bluetooth-off", "text3", self.tr("Not listening"))
            self._serial.say("cable", "text3", "")
            return
        problems = {problem.reason: problem for problem in snapshot.problems}
        self._show_radio(snapshot, problems)
        self._show_serial(snapshot, problems)

    def _show_radio(self, snapshot: Any, problems: dict[str, Any]) -> None:
        heard = sum("ble" in device.transports for device in snapshot.devices)
        for reason in ("radio-off", "no-permission", "radio-failed", "no-radio"):
            if reason in problems:
                problem = problems[reason]
                tip = " ".join(part for part in (problem.why, problem.remedy) if part)
                self._radio.say("bluetooth-off", "warn", problem.what, tip)
                return
        self._radio.say(
            "bluetooth",
            "ok",
            counted(
                heard, self.tr("Bluetooth on · {n} device heard"), self.tr("Bluetooth on · {n} devices heard")
            ),
        )

    def _show_serial(self, snapshot: Any, problems: dict[str, Any]) -> None:
        ports = sum("serial" in device.transports for device in snapshot.devices)
        for reason in ("port-busy", "port-gone"):
            if reason in problems:
                self._serial.say("cable", "warn", problems[reason].what, problems[reason].remedy)
                return
        self._serial.say(
            "cable",
            "ok" if ports else "text3",
            counted(ports, self.tr("{n} device by cable"), self.tr("{n} devices by cable")),
        )
