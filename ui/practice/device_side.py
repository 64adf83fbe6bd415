"""The left side of the practice control: devices, found by name, and which world it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.components.text import Text, line
from ui.practice.device_list import DeviceList
from ui.style.icons import icon


class DeviceSide(QFrame):
    """Search, list and seed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.search = QLineEdit()
        self.count = Text("", "base", "text3")
        self.list = DeviceList()
        self._seed = Text("", "small", "text3")
        self._world: dict[str, Any] = {}
        self.search.setPlaceholderText(self.tr("Find a device"))
        self.search.setAccessibleName(self.tr("Find a device"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._show())
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 14, 0)
        head.setSpacing(8)
        head.addWidget(Text(self.tr("Devices"), "strong"))
        head.addWidget(self.count)
        head.addStretch(1)
        find = QHBoxLayout()
        find.setContentsMargins(14, 8, 14, 8)
        find.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 14, 8)
        foot.addWidget(self._seed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(find)
        column.addWidget(self.list, 1)
        column.addWidget(line())
        column.addLayout(foot)

    def show_world(self, world: dict[str, Any]) -> None:
        """Show the devices of a world."""
        self._world = world
        self.count.setText(str(len(world["devices"])))
        self._seed.setText(self.tr("{name} · seed {seed}").format(name=world["name"], seed=world["seed"]))
        self._show()

    def choose(self, device_id: str) -> None:
        """Mark a device, also one the search hides."""
        if self.list.devices.row_of(device_id) < 0:
            self.search.clear()
        self.list.choose(device_id)

    def _show(self) -> None:
        self.list.show_world(self._world, self.search.text())
