"""A note on a soft fill: icon, what happened, why and what next, and one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.components.button import Button
from ui.components.sign import Sign
from ui.components.text import Text

_SIGNS = {"error": "octagon-x", "warn": "triangle-alert", "ok": "circle-check", "info": "info"}


class Note(QFrame):
    """Says something that stays; hidden until `say`."""

    def __init__(self) -> None:
        super().__init__()
        self._act: Callable[[], object] | None = None
        self._sign = Sign("info", "info", 17)
        self.title = Text("", "strong", wrap=True)
        self.words = Text("", "base", "text2", wrap=True)
        self.button = Button("", "plain", size="s")
        self.button.clicked.connect(self._clicked)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 11)
        row.setSpacing(9)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.hide()

    def say(
        self,
        tone: str,
        title: str,
        words: str = "",
        button: str = "",
        act: Callable[[], object] | None = None,
        icon: str = "",
    ) -> None:
        """Show a note; `tone` is error, warn, ok or info."""
        self.setProperty("panel", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._sign.show_icon(icon or _SIGNS[tone], tone)
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.button.set_look(text=button)
        self.button.setVisible(bool(button and act))
        self._act = act
        self.setAccessibleName(f"{title} {words}".strip())
        self.show()

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()
