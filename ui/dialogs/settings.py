"""Settings: who works here, and how the window looks. What is chosen counts at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.segmented import Segmented
from ui.components.text import Text

LONGEST_NAME = 80


class SettingsDialog(QDialog):
    """Open it with `open()`.

    Args:
        name: of the installer, "" when none was given.
        look: system, light or dark.

    Signals:
        named: another name was typed; carries it.
        look_chosen: system, light or dark.
    """

    named = Signal(str)
    look_chosen = Signal(str)

    def __init__(self, parent: QWidget, name: str, look: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.setFixedWidth(480)
        self._name = name
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("Name or company"))
        self.name.setAccessibleName(self.tr("Your name"))
        self.look = Segmented(
            self.tr("Look"),
            [
                ("system", self.tr("As the system"), "monitor"),
                ("light", self.tr("Light"), "sun"),
                ("dark", self.tr("Dark"), "moon"),
            ],
        )
        self.look.choose(look)
        self.done_button = Button(self.tr("Done"), "primary", "check")
        self.done_button.setDefault(True)
        self._lay_out()
        self.name.editingFinished.connect(self._tell_name)
        self.look.chosen.connect(self.look_chosen)
        self.done_button.clicked.connect(self._finish)

    def _tell_name(self) -> None:
        name = " ".join(self.name.text().split())
        if name != self._name:
            self._name = name
            self.named.emit(name)

    def _finish(self) -> None:
        self._tell_name()
        self.accept()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Text(self.tr("Settings"), "title"))
        column.addSpacing(8)
        column.addWidget(Text(self.tr("Your name"), "medium"))
        column.addWidget(self.name)
        words = self.tr("Stands beside your edits in the history, and in the report of the pack.")
        column.addWidget(Text(words, "small", "text2", wrap=True))
        column.addSpacing(10)
        column.addWidget(Text(self.tr("Look"), "medium"))
        look = QHBoxLayout()
        look.addWidget(self.look)
        look.addStretch(1)
        column.addLayout(look)
        column.addSpacing(10)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.done_button)
        column.addLayout(row)
