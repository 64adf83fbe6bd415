"""Below the act: which lights should be seen now, and what to look at when nothing happens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from larry.services.commission.words import expected_lights, hints
from ui.components.button import Button
from ui.components.led_light import LedLight
from ui.components.text import Text
from ui.style.icons import paint_icon


class _Sign(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._name, self.rect().adjusted(1, 1, -1, -1), "text3")


class _RowsCard(QFrame):
    """A card with a title, rows that are made anew, and a button at its foot."""

    def __init__(self, title: str, button: Button) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self._shown: object = None
        self.rows = QVBoxLayout()
        self.rows.setSpacing(9)
        self.title = Text(title, "body-strong")
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(12)
        box.addWidget(self.title)
        box.addLayout(self.rows)
        box.addStretch(1)
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def fill(self, words: object, rows: list[tuple[QWidget, str]]) -> None:
        """Show rows of a sign and a sentence; the same `words` again change nothing."""
        if words == self._shown:
            return
        self._shown = words
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for sign, sentence in rows:
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(10)
            line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Text(sentence, "base", "text2", wrap=True), 1)
            self.rows.addWidget(holder)


class SeenCard(_RowsCard):
    """The lights of the moment, with their words.

    Signals:
        other: another light is seen; the LED helper is wanted.
    """

    other = Signal()

    def __init__(self) -> None:
        self.button = Button("", "plain", "lightbulb", size="s")
        super().__init__("", self.button)
        self.title.setText(self.tr("What you should see"))
        self.button.set_look(text=self.tr("I see something else"))
        self.button.clicked.connect(self.other)

    def show_words(self, words: str, kind: str) -> None:
        """Show the lights of a situation, by the `words` key of its step."""
        lights = expected_lights(words)
        rows: list[tuple[QWidget, str]] = [
            (LedLight(light.colour, light.pattern, 22), light.text) for light in lights
        ]
        if not rows:
            sentence = {
                "iq": self.tr("The IQ shows its light through the front cover."),
                "repeater": self.tr("A linked repeater shows no light."),
                "lock": self.tr("A lock shows light only when a card is held to it."),
            }[kind]
            rows = [(LedLight("off", "off", 22), sentence)]
        self.fill((words, kind), rows)


class HintsCard(_RowsCard):
    """What to look at when nothing happens.

    Signals:
        check: the device should be asked to show itself.
    """

    check = Signal()

    def __init__(self) -> None:
        self.button = Button("", "ghost", "lightbulb", size="s")
        super().__init__("", self.button)
        self.button.set_tint("accent")
        self.title.setText(self.tr("Nothing happens?"))
        self.button.set_look(text=self.tr("Let it blink"))
        self.button.clicked.connect(self.check)

    def show_words(self, words: str, heard: str) -> None:
        """Show the hints of a situation and how the device was last heard."""
        self.title.setText(self.tr("Nothing happens?") if words else self.tr("At the device"))
        sentences = hints(words)
        signs = ("battery", "credit-card", "info")
        if not words.endswith(".card"):
            signs = ("power", "info", "info")
        rows: list[tuple[QWidget, str]] = [
            (_Sign(signs[min(number, 2)]), sentence) for number, sentence in enumerate(sentences)
        ]
        rows.append((_Sign("signal"), heard))
        self.fill((words, heard), rows)
