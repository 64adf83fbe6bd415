"""Break it on purpose: the faults of the chosen device."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from ui.practice.card import Card
from ui.practice.fault_list import device_faults
from ui.practice.fault_row import FaultRow
from ui.practice.practice_feed import PracticeFeed


class BreakCard(Card):
    """Switches of one device.

    Signals:
        switched: fault, on or off, its number.
    """

    switched = Signal(str, bool, object)

    def __init__(self) -> None:
        super().__init__(self.tr("Break it on purpose"))
        self.rows: dict[str, FaultRow] = {}
        for entry in device_faults():
            row = FaultRow(entry)
            row.switched.connect(self.switched)
            self.rows[entry.fault] = row
            self.body.addWidget(row)
        self.body.addStretch(1)

    def show_device(self, device: dict[str, Any], feed: PracticeFeed) -> None:
        """Show what is broken at a device."""
        kind = device["kind"] if device["kind"] in ("iq", "repeater", "lock") else "other"
        for row in self.rows.values():
            row.setVisible(kind in row.entry.kinds)
            row.show_value(feed.fault(row.entry.fault, device["name"]))
