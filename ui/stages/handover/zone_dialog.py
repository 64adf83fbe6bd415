"""Chooses the time zone of the site: a wrong one silently gives wrong logs and schedules."""

from __future__ import annotations

import zoneinfo

from PySide6.QtCore import Qt, QTimeZone, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.text import Text


class ZoneDialog(QDialog):
    """Open it with `open()`.

    Signals:
        chosen: carries the IANA name.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, site: str, zone: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Time zone"))
        self.setFixedWidth(440)
        self.zone = QComboBox()
        self.zone.setEditable(True)
        self.zone.addItems(sorted(zoneinfo.available_timezones()))
        self.zone.setAccessibleName(self.tr("Time zone of the site"))
        completer = self.zone.completer() or QCompleter(self.zone.model(), self.zone)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.zone.setCurrentText(zone or bytes(QTimeZone.systemTimeZoneId().data()).decode())
        self._ok = Button(self.tr("Use this zone"), "primary", "check")
        self._ok.setDefault(True)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._ok.clicked.connect(self._choose)
        self.zone.editTextChanged.connect(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text(self.tr("Time zone of {site}").format(site=site), "title", wrap=True))
        column.addWidget(self.zone)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._ok)
        column.addLayout(row)
        self._check()

    def _check(self) -> None:
        self._ok.setEnabled(self.zone.currentText() in zoneinfo.available_timezones())

    def _choose(self) -> None:
        self.chosen.emit(self.zone.currentText())
        self.accept()
