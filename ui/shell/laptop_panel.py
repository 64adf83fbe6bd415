"""What this laptop can do, and what was left open last time: the right side of the start page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from larry.services.check_laptop import LaptopCheck
from ui.bridge.device_feed import DeviceFeed
from ui.components.button import Button
from ui.components.sign import Sign
from ui.components.text import Text, line, panel
from ui.shell.memory import RecentSite
from ui.words import counted


@dataclass(frozen=True, slots=True)
class LaptopLine:
    """One line: what is so, and what it means."""

    icon: str
    tone: str
    title: str
    detail: str


class LaptopPanel(QFrame):
    """The panel.

    Signals:
        continue_asked: a site with open acts should be opened; carries its path.
    """

    continue_asked = Signal(str)

    def __init__(self, feed: DeviceFeed, version: str) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._feed = feed
        self._checks: list[LaptopCheck] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(18)
        self._open = QVBoxLayout()
        self._open.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 30, 24, 16)
        column.setSpacing(16)
        column.addWidget(Text(self.tr("This laptop"), "heading"))
        column.addLayout(self._lines)
        column.addWidget(line())
        column.addLayout(self._open)
        column.addStretch(1)
        column.addWidget(Text(version, "small", "text3"))
        feed.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        _clear(self._lines)
        for each in self._facts():
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Sign(each.icon, each.tone, 18), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(Text(each.title, "medium", wrap=True))
            if each.detail:
                words.addWidget(Text(each.detail, "small", "text2", wrap=True))
            row.addLayout(words, 1)
            self._lines.addLayout(row)

    def show_open(self, sites: list[RecentSite]) -> None:
        """Show the sites in which something waits for a person."""
        _clear(self._open)
        waiting = [site for site in sites if site.open_acts and site.exists][:2]
        self._open.addWidget(Text(self.tr("Picked up from last time"), "heading"))
        if not waiting:
            self._open.addWidget(Text(self.tr("Nothing was left open."), "base", "text2"))
        for site in waiting:
            self._open.addWidget(self._card(site))

    def _card(self, site: RecentSite) -> QWidget:
        card = panel("warn")
        box = QVBoxLayout(card)
        box.setContentsMargins(14, 12, 14, 12)
        title = QHBoxLayout()
        title.addWidget(Sign("hourglass", "warn"))
        words = counted(site.open_acts, self.tr("{n} act is open"), self.tr("{n} acts are open"))
        title.addWidget(Text(words, "strong"), 1)
        box.addLayout(title)
        names = ", ".join(site.open_act_names[:4]) + (" …" if len(site.open_act_names) > 4 else "")
        sentence = self.tr("{site}: {names}. Every step is saved; nothing is lost.")
        box.addWidget(Text(sentence.format(site=site.name, names=names or "–"), "base", "text2", wrap=True))
        button = Button(self.tr("Continue job"), "primary", size="s")
        button.clicked.connect(lambda: self.continue_asked.emit(site.path))
        box.addWidget(button)
        return card

    def show_checks(self, checks: list[LaptopCheck]) -> None:
        """Show what the check of the laptop found."""
        self._checks = checks
        self.refresh()

    def _facts(self) -> list[LaptopLine]:
        lines = [_line_of(check) for check in self._checks if check.what in _ICONS]
        snapshot = self._feed.snapshot
        if snapshot is not None and snapshot.listening:
            heard = counted(len(snapshot.devices), self.tr("{n} device heard"), self.tr("{n} devices heard"))
            first = LaptopLine("bluetooth", "ok", self.tr("Bluetooth is on"), heard)
            lines = [first, *(each for each in lines if not each.icon.startswith("bluetooth"))]
        if not lines:
            lines = [LaptopLine("hourglass", "text3", self.tr("Looking at this laptop"), "")]
        return lines


_ICONS = {
    "Bluetooth": ("bluetooth", "bluetooth-off"),
    "Serial ports": ("cable", "cable"),
    "Keyring": ("key-round", "key-round"),
    "Report": ("file-text", "file-text"),
    "Disk": ("hard-drive", "hard-drive"),
}
_TONES = {"ok": "ok", "warning": "text3", "missing": "warn"}


def _line_of(check: LaptopCheck) -> LaptopLine:
    good, bad = _ICONS[check.what]
    detail = " ".join(part for part in (check.detail, check.remedy) if part).replace("`", "")
    return LaptopLine(good if check.state == "ok" else bad, _TONES[check.state], check.what, detail)


def _clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        inner = item.layout()
        if isinstance(inner, (QVBoxLayout, QHBoxLayout)):
            _clear(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
