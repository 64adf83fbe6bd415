"""The bar at the top: menu, site, stages, find, undo, saved, findings, the next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.actions.action_book import ActionBook
from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.chip_button import ChipButton
from ui.components.sign import Sign
from ui.components.text import Text, line
from ui.shell.count_button import CountButton
from ui.shell.find_button import FindButton
from ui.shell.stage_tabs import HEIGHT, StageTabs
from ui.stages.stage_list import STAGES

NARROW = 1360


class TopBar(QFrame):
    """The top bar of an open site.

    Signals:
        menu_asked: the menu button was pressed; carries the widget below which it should open.
        sites_asked: the name of the site was pressed; likewise.
    """

    menu_asked = Signal(QWidget)
    sites_asked = Signal(QWidget)

    def __init__(self, book: ActionBook) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._book = book
        self._primary: QAction | None = None
        self.menu_button = Button("", "ghost", "menu", size="m")
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setToolTip(self.tr("Menu (Alt shows the menu bar)"))
        self.site_button = Button("", "ghost", "chevrons-up-down", icon_last=True)
        self.site_button.setToolTip(self.tr("Other sites"))
        self.practice_chip = ChipButton(self.tr("Practice site"), "accent", "flask-conical")
        self.practice_chip.setToolTip(
            self.tr("Practice site control: be the hands and the building (Ctrl+P)")
        )
        self.released_chip = Chip(self.tr("Released, read-only"), "ok", "circle-check")
        self.tabs = StageTabs([(entry.key, entry.title, entry.icon) for entry in STAGES])
        self.find = FindButton()
        self.undo = Button("", "ghost", "undo-2")
        self.redo = Button("", "ghost", "redo-2")
        self.saved = Text(self.tr("Saved"), "base", "text2")
        self.saved.setToolTip(self.tr("Every edit is on the disk when it is done. There is no Save."))
        self._tick = Sign("check", "text2")
        self.counts = CountButton()
        self.primary = Button("", "primary")
        self._lay_out()
        self.menu_button.clicked.connect(lambda: self.menu_asked.emit(self.menu_button))
        self.site_button.clicked.connect(lambda: self.sites_asked.emit(self.site_button))
        self.primary.clicked.connect(self._go)

    def show_site(self, name: str, practice: bool, released: bool) -> None:
        """Name the open site."""
        self.site_button.set_look(text=name)
        self.site_button.setAccessibleName(self.tr("Site {name}, other sites").format(name=name))
        self.practice_chip.setVisible(practice)
        self.released_chip.setVisible(released)

    def show_undo(self, undo_label: str | None, redo_label: str | None) -> None:
        """Name what undo and redo would do."""
        for button, key, label, none in (
            (self.undo, "undo", undo_label, self.tr("Nothing to undo")),
            (self.redo, "redo", redo_label, self.tr("Nothing to redo")),
        ):
            word = self.tr("Undo") if key == "undo" else self.tr("Redo")
            text = f"{word}: {label}" if label else none
            button.setEnabled(label is not None)
            button.setToolTip(text)
            button.setAccessibleName(text)

    def show_primary(self, action: QAction | None) -> None:
        """Offer the next step of the stage."""
        self._primary = action
        self.primary.setVisible(action is not None)
        if action is not None:
            self.primary.set_look(text=action.text(), icon=str(action.property("lucide") or ""))
            self.primary.setEnabled(action.isEnabled())
            self.primary.setToolTip(action.toolTip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.find.set_narrow(narrow)
        self.site_button.setMaximumWidth(150 if narrow else 240)
        crowded = narrow and not self.released_chip.isHidden()
        self.saved.setVisible(not crowded)
        self._tick.setVisible(not crowded)

    def _go(self) -> None:
        if self._primary is not None:
            self._primary.trigger()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self.menu_button)
        row.addWidget(self.site_button)
        row.addWidget(self.practice_chip)
        row.addWidget(self.released_chip)
        row.addSpacing(16)
        row.addWidget(self.tabs)
        row.addSpacing(16)
        row.addWidget(self.find, 1)
        row.addStretch(1)
        for widget in (self.undo, self.redo, self._tick, self.saved):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(self.counts)
        row.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(line())
        self.setFixedHeight(HEIGHT + 1)
