"""A segmented switch: one of a few, such as Tree, Plan, Both."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.components.painting import draw_focus_ring, draw_text, fill_round, text_width
from ui.style.icons import paint_icon


class _Segment(QPushButton):
    def __init__(self, text: str, icon: str) -> None:
        super().__init__(text)
        self._icon_name = icon
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), "medium") + (24 if self._icon_name else 0) + 22, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect()
        if self.isChecked():
            fill_round(painter, box, "surface", 5, "border")
        ink = "text" if self.isChecked() else "text2" if self.isEnabled() else "text3"
        left = 11
        if self._icon_name:
            paint_icon(painter, self._icon_name, QRect(left, box.center().y() - 7, 16, 16), ink)
            left += 24
        draw_text(painter, QRect(left, 0, box.width() - left, box.height()), self.text(), ink, "medium")
        if self.hasFocus():
            draw_focus_ring(painter, box, 5)


class Segmented(QWidget):
    """Chooses one of several.

    Signals:
        chosen: the key of the segment a person chose.
    """

    chosen = Signal(str)

    def __init__(self, name: str, segments: list[tuple[str, str, str]]) -> None:
        """Make it of `(key, text, icon)`."""
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QAbstractButton] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(3, 3, 3, 3)
        box.setSpacing(2)
        for key, text, icon in segments:
            button = _Segment(text, icon)
            self._buttons[key] = button
            self._group.addButton(button)
            box.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        if segments:
            self.choose(segments[0][0])

    def choose(self, key: str) -> None:
        """Mark a segment without telling anybody."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_available(self, key: str, available: bool) -> None:
        """Offer a segment, or leave it out."""
        self._buttons[key].setVisible(available)

    def choose_none(self) -> None:
        """Mark nothing: what is so is none of the segments."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def choice(self) -> str:
        """Return the key of the marked segment."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_round(painter, self.rect(), "sunken", 8)
