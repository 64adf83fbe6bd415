"""Do with your hands: cards, buttons, batteries, doors, and carrying things about."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from ui.components.tile_button import TileButton
from ui.practice.card import Card
from ui.practice.hand_acts import HandAct, hand_acts

_TILE = 168


class HandsCard(Card):
    """The tiles of one device.

    Signals:
        asked: a tile was pressed; carries the act.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Do with your hands"))
        self._tiles: list[TileButton] = []
        self._acts: list[HandAct] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self.body.addLayout(self._grid)

    def show_device(self, device: dict[str, Any], moved: bool) -> None:
        """Show what can be done at a device; tiles that stay keep the keyboard."""
        acts = hand_acts(device, moved)
        if acts == self._acts:
            return
        self._acts = acts
        while len(self._tiles) < len(acts):
            tile = TileButton()
            number = len(self._tiles)
            tile.clicked.connect(lambda _checked=False, n=number: self.asked.emit(self._acts[n].act))
            self._tiles.append(tile)
            self._columns = 0
        for number, tile in enumerate(self._tiles):
            tile.setVisible(number < len(acts))
            if number < len(acts):
                act = acts[number]
                tile.show_act(act.icon, act.title, act.detail, wanted=act.wanted)
        self._place()

    def tile(self, act: str) -> TileButton | None:
        """Return the tile of an act, None when it is not offered."""
        return next((self._tiles[n] for n, each in enumerate(self._acts) if each.act == act), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        columns = max(1, min(4, (self.width() - 26) // _TILE))
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
