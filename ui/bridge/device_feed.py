"""Brings the devices heard nearby to the window: snapshots a few times a second, no signal per packet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

INTERVAL_MS = 350
"""Between the 2 and 5 snapshots a second of the design."""


class DeviceFeed(QObject):
    """Polls one device service.

    Signals:
        changed: devices came, went or changed, or another service is used.
        sampled: a snapshot was taken; signal strengths and ages may differ.
    """

    changed = Signal()
    sampled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.service: Any = None
        self.snapshot: Any = None
        self.whose = ""
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.poll)

    def use(self, service: Any, whose: str = "") -> None:
        """Listen with a service that was started, or (None) with nothing; `whose`: laptop or practice."""
        self.whose = whose
        self.service = service
        self.snapshot = None
        if service is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.poll()

    def poll(self) -> None:
        """Take a snapshot; tell only when something in it is new."""
        old = self.snapshot
        self.snapshot = self.service.snapshot() if self.service is not None else None
        if old is None or self.snapshot is None or old.revision != self.snapshot.revision:
            self.changed.emit()
        self.sampled.emit()
