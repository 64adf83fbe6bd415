"""The LED helper: choose what you see, read what it means and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from larry.services.led_helper import LedMeaning, led_rows, what_it_means
from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.led_light import LedLight, blink_clock
from ui.components.segmented import Segmented
from ui.components.text import Text, panel
from ui.dialogs.led_tile import LedTile

KINDS = ("iq", "repeater", "lock")
ELSE = ("", "")
"""Colour and pattern of the tile for a light that is not in the table."""


class _Meaning(QFrame):
    """What the chosen light means."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self.light = LedLight("off", "off", 72)
        self.chip = Chip("", "neutral")
        self.sees = Text("", "body-strong", wrap=True)
        self.means = Text("", "body", wrap=True)
        self.todo_title = Text(self.tr("What to do"), "small-strong", "text2")
        self.next_step = Text("", "body", "text2", wrap=True)
        self.source = Text("", "small", "text3", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 18)
        column.setSpacing(8)
        column.addWidget(self.light, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sees)
        column.addWidget(self.means)
        column.addSpacing(8)
        column.addWidget(self.todo_title)
        column.addWidget(self.next_step)
        column.addStretch(1)
        column.addWidget(self.source)
        self.setMinimumWidth(280)

    def show_meaning(self, meaning: LedMeaning) -> None:
        """Show what a light means."""
        chips = {
            "ok": (self.tr("Nothing to do"), "ok", "circle-check"),
            "wait": (self.tr("Goes on by itself"), "info", "hourglass"),
            "act": (self.tr("Something to do"), "warn", "hand"),
        }
        sources = {
            "S": self.tr("published text"),
            "P": self.tr("public guide"),
            "L": self.tr("Larry's own conclusion"),
        }
        named = [sources[part] for part in meaning.source.replace(" ", "").split(",") if part in sources]
        self.light.show_light(meaning.colour, meaning.pattern)
        self.chip.set_chip(*chips[meaning.urgency])
        self.sees.setText(meaning.sees)
        self.means.setText(meaning.means)
        self.next_step.setText(meaning.next_step)
        self.source.setText(self.tr("Source: {names}").format(names=", ".join(named)) if named else "")
        self.setAccessibleName(f"{meaning.sees}. {meaning.means} {meaning.next_step}")


class LedHelper(QDialog):
    """Asks what is seen and answers; it blocks nothing and can stay open beside the work.

    Signals:
        chosen: a light was chosen; carries its `LedMeaning`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What do you see?"))
        self.setModal(False)
        self.resize(920, 690)
        self.kinds = Segmented(
            self.tr("Device"),
            [
                ("iq", self.tr("IQ"), "router"),
                ("repeater", self.tr("Repeater"), "radio-tower"),
                ("lock", self.tr("Lock"), "lock"),
            ],
        )
        self.still = QCheckBox(self.tr("Stop blinking"))
        self.meaning = _Meaning()
        self.tiles: list[LedTile] = []
        self._group = QButtonGroup(self)
        self._holder = QWidget()
        self._holder.setProperty("plain", "true")
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setSpacing(8)
        self._lay_out()
        self.kinds.chosen.connect(self.choose_kind)
        self.still.setChecked(not blink_clock().moving)
        self.still.toggled.connect(lambda still: blink_clock().set_moving(not still))
        self.choose_kind("iq")

    def kind(self) -> str:
        """Return the kind of device that is asked about."""
        return self.kinds.choice()

    def choose_kind(self, kind: str) -> None:
        """Show the lights of a kind of device."""
        kind = kind if kind in KINDS else "iq"
        self.kinds.choose(kind)
        for tile in self.tiles:
            self._group.removeButton(tile)
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        rows = led_rows(kind)
        self.tiles = [
            self._tile(row.colour, row.pattern, row.sees, number) for number, row in enumerate(rows)
        ]
        self.tiles.append(self._tile(*ELSE, self.tr("Something else"), len(rows)))
        self.tiles[0].setChecked(True)
        self._show(self.tiles[0])

    def choose(self, colour: str, pattern: str) -> None:
        """Choose a light, as a device reports it; one that is not in the table says so."""
        meaning = what_it_means(self.kind(), colour, pattern)
        for tile in self.tiles:
            if (tile.colours, tile.pattern) == (meaning.colour, meaning.pattern):
                tile.setChecked(True)
                self._show(tile)
                return
        self.tiles[-1].setChecked(True)
        self.meaning.show_meaning(meaning)

    def _tile(self, colour: str, pattern: str, words: str, number: int) -> LedTile:
        tile = LedTile(colour, pattern, words)
        self._group.addButton(tile)
        self._grid.addWidget(tile, number // 2, number % 2)
        tile.toggled.connect(lambda checked, tile=tile: self._show(tile) if checked else None)
        tile.clicked.connect(lambda _checked=False, tile=tile: self._show(tile))
        return tile

    def _show(self, tile: LedTile) -> None:
        if (tile.colours, tile.pattern) == ELSE:
            meaning = what_it_means(self.kind(), self.tr("another light"), self.tr("not in the list"))
        else:
            meaning = what_it_means(self.kind(), tile.colours, tile.pattern)
        self.meaning.show_meaning(meaning)
        self.chosen.emit(meaning)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.kinds)
        top.addStretch(1)
        top.addWidget(self.still)
        scroll = QScrollArea()
        scroll.setWidget(self._holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid.setRowStretch(20, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(scroll, 3)
        middle.addWidget(self.meaning, 2)
        close = Button(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        note = panel("info")
        words = QHBoxLayout(note)
        words.setContentsMargins(12, 6, 12, 6)
        words.addWidget(
            Text(
                self.tr("A light changes within seconds: watch it for ten before you choose."),
                "small",
                "text2",
                wrap=True,
            )
        )
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(note, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(14)
        column.addWidget(Text(self.tr("What do you see?"), "title"))
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(foot)
