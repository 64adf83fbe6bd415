"""A ring that runs out: how long a wait still lasts, and until when."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.painting import draw_text
from ui.style.fonts import font
from ui.style.theme import colour

_RING, _WORDS = 116, 22
_SPOKEN_AT_S = (60, 30, 10)


def clock_text(seconds: float) -> str:
    """Return seconds as `1:24`; never below zero, rounded up so that 0:00 means over."""
    whole = max(0, int(seconds) + (seconds > int(seconds)))
    return f"{whole // 60}:{whole % 60:02d}"


class CountdownRing(QWidget):
    """Shows the rest of a wait."""

    def __init__(self) -> None:
        super().__init__()
        self.rest_s = 0.0
        self._share = 0.0
        self._until = ""
        self._tone = "warn"
        self._spoken: object = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_rest(self, rest_s: float, length_s: float, until: str, *, paused: bool = False) -> None:
        """Show the rest of a wait.

        Args:
            rest_s: seconds left.
            length_s: of the whole wait.
            until: the words below, such as "until 10:44:31".
            paused: the time stands still.
        """
        self.rest_s = max(0.0, rest_s)
        self._share = min(1.0, self.rest_s / length_s) if length_s > 0 else 0.0
        self._until = until
        self._tone = "text3" if paused else "warn"
        self._speak(until)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_RING, _RING + _WORDS)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(6, 6, _RING - 12, _RING - 12)
        pen = QPen(colour("sunken"), 8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(box)
        if self._share > 0:
            pen.setColor(colour(self._tone))
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, -round(360 * 16 * self._share))
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, box, clock_text(self.rest_s), "text", font("display"), middle)
        below = QRectF(0, _RING, _RING, _WORDS)
        draw_text(painter, below, self._until, "text2", "small", middle)

    def _speak(self, until: str) -> None:
        """Change the accessible name only where it is worth to be heard: at the start, 60, 30 and 10 s."""
        passed = sum(self.rest_s <= at for at in _SPOKEN_AT_S)
        if (until, passed) != self._spoken:
            self._spoken = (until, passed)
            self.setAccessibleName(
                self.tr("{time} left, {until}").format(time=clock_text(self.rest_s), until=until)
            )
