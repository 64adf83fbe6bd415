"""What a list shows when it has nothing to show: icon, one sentence, one button. The same everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.painting import fill_round
from ui.components.text import Text
from ui.style.icons import paint_icon


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.icon = "info"
        self.tone = "text3"
        self.setFixedSize(48, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, self.rect(), "sunken", 24)
        paint_icon(painter, self.icon, self.rect().adjusted(13, 13, -13, -13), self.tone)


class EmptyState(QWidget):
    """Says why a list is empty and offers the next step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = _Picture()
        self._title = Text("", "strong")
        self._sentence = Text("", "base", "text2", wrap=True)
        self._button = Button("")
        self._act: Callable[[], None] | None = None
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addStretch(1)
        box.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(4)
        box.addWidget(self._title)
        box.addWidget(self._sentence)
        box.addSpacing(4)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
        self._button.clicked.connect(self._clicked)

    def say(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        button: str = "",
        act: Callable[[], None] | None = None,
        tone: str = "text3",
    ) -> None:
        """Show a state; without `act` there is no button."""
        self._picture.icon, self._picture.tone = icon, tone
        self._picture.update()
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._button.set_look(text=button)
        self._button.setVisible(bool(button and act))
        self._act = act

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.height() >= 170)

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()
