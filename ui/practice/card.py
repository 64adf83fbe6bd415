"""A card of the practice window: a frame with a title and room below it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.components.text import Text


class Card(QFrame):
    """A titled card; put the content into `body`."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 13, 18, 15)
        self.body.setSpacing(10)
        self.title = Text(title, "body-strong")
        self.body.addWidget(self.title)
