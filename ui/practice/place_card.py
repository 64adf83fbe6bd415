"""Where you stand: the floor, the place, and a plan to drag the laptop on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from ui.components.text import Text
from ui.practice.card import Card
from ui.practice.place_plan import PlacePlan


class PlaceCard(Card):
    """The laptop's place.

    Signals:
        near_asked: the laptop is to be carried to a device; carries its Device ID.
        place_asked: or to a place: x, y in metres, level.
        device_chosen: a device of the plan was clicked; carries its Device ID.
    """

    near_asked = Signal(str)
    place_asked = Signal(float, float, int)
    device_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Where you stand"))
        self.floor = QComboBox()
        self.near = QComboBox()
        self.plan = PlacePlan()
        self._world: dict[str, Any] = {}
        self._names: list[str] = []
        self._laptop_level: int | None = None
        self.floor.setAccessibleName(self.tr("Floor of the plan"))
        self.near.setAccessibleName(self.tr("Go to a device"))
        self.near.setMaxVisibleItems(16)
        left = QVBoxLayout()
        left.setSpacing(8)
        hint = Text(self.tr("Drag the laptop, or choose a place."), "base", "text2", wrap=True)
        hint.setFixedWidth(150)
        left.addWidget(hint)
        for name, field in ((self.tr("Floor"), self.floor), (self.tr("Go to"), self.near)):
            left.addWidget(Text(name, "small", "text3"))
            field.setFixedWidth(150)
            left.addWidget(field)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(left)
        row.addWidget(self.plan, 1)
        self.body.addLayout(row)
        self.floor.activated.connect(lambda _row: self._draw())
        self.near.activated.connect(self._go)
        self.plan.stood.connect(lambda x, y: self.place_asked.emit(x, y, self.level()))
        self.plan.device_chosen.connect(self.device_chosen)
        self._chosen = ""

    def level(self) -> int:
        """Return the level that is shown."""
        return int(self.floor.currentData() or 0)

    def show_world(self, world: dict[str, Any], chosen: str) -> None:
        """Show a world; the plan follows the laptop to another floor."""
        self._world, self._chosen = world, chosen
        names = [each["name"] for each in world["devices"]]
        if names != self._names:
            self._names = names
            self._fill(world)
        level = world["laptop"]["level"]
        if level != self._laptop_level:
            self._laptop_level = level
            self.floor.setCurrentIndex(max(0, self.floor.findData(level)))
        self._draw()

    def show_floor_of(self, device: dict[str, Any]) -> None:
        """Show the floor of a device."""
        self.floor.setCurrentIndex(max(0, self.floor.findData(device["position"]["level"])))
        self._draw()

    def _fill(self, world: dict[str, Any]) -> None:
        here = self.floor.currentData()
        self.floor.clear()
        for level in sorted({each["position"]["level"] for each in world["devices"]}):
            title = self.tr("Ground floor") if level == 0 else self.tr("Level {n}").format(n=level)
            self.floor.addItem(title, level)
        if here is not None:
            self.floor.setCurrentIndex(max(0, self.floor.findData(here)))
        self.near.clear()
        self.near.addItem(self.tr("Choose a device"), "")
        for device in world["devices"]:
            self.near.addItem(device["name"], device["device_id"])

    def _draw(self) -> None:
        if self._world:
            self.plan.show_world(self._world, self.level(), self._chosen)

    def _go(self, row: int) -> None:
        device_id = self.near.itemData(row)
        self.near.setCurrentIndex(0)
        if device_id:
            self.near_asked.emit(device_id)
