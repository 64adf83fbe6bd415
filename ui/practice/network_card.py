"""Building network and cloud: what goes wrong for everyone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from ui.practice.card import Card
from ui.practice.fault_list import building_faults
from ui.practice.fault_row import FaultRow
from ui.practice.practice_feed import PracticeFeed


class NetworkCard(Card):
    """Switches of the building.

    Signals:
        switched: fault, on or off, its number.
    """

    switched = Signal(str, bool, object)

    def __init__(self) -> None:
        super().__init__(self.tr("Building network and cloud"))
        self.rows: dict[str, FaultRow] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(12)
        for number, entry in enumerate(building_faults()):
            row = FaultRow(entry)
            row.switched.connect(self.switched)
            self.rows[entry.fault] = row
            grid.addWidget(row, number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def show_world(self, feed: PracticeFeed) -> None:
        """Show what is broken."""
        for row in self.rows.values():
            row.show_value(feed.fault(row.entry.fault))
