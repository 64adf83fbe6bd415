"""The card that offers the practice site, with a small drawing of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.painting import draw_kind, fill_round, margin_pen
from ui.components.text import Text
from ui.style.theme import colour

# Places in percent of the drawing: (kind, x, y); links by index.
_DEVICES = [
    ("iq", 22, 88), ("repeater", 49, 88), ("lock", 73, 82), ("lock", 65, 95), ("iq", 29, 50),
    ("lock", 16, 43), ("lock", 16, 57), ("lock", 42, 43), ("repeater", 46, 16), ("lock", 28, 10),
    ("lock", 31, 22), ("lock", 60, 22), ("repeater", 76, 16), ("lock", 89, 10), ("lock", 89, 22),
    ("repeater", 77, 50), ("lock", 67, 43), ("lock", 89, 43), ("lock", 89, 57),
]  # fmt: skip
_LINKS = [
    (0, 1), (1, 2), (1, 3), (1, 15), (15, 16), (15, 17), (15, 18), (4, 5), (4, 6), (4, 7), (4, 8),
    (8, 9), (8, 10), (8, 11), (8, 12), (12, 13), (12, 14),
]  # fmt: skip
_FAIR = (8, 11)


class _Drawing(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(430, 248)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_left = QPainterPath()
        round_left.addRoundedRect(QRectF(self.rect().adjusted(1, 1, 20, -1)), 9, 9)
        painter.setClipPath(round_left)
        painter.fillRect(self.rect(), colour("accent_soft"))
        width, height = min(self.width() - 56, 374), min(self.height() - 52, 196)
        area = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        self._floors(painter, area)

        def at(number: int) -> QPointF:
            _, x, y = _DEVICES[number]
            return QPointF(area.left() + area.width() * x / 100, area.top() + area.height() * y / 100)

        for one, two in _LINKS:
            painter.setPen(margin_pen(9 if (one, two) == _FAIR else 20, 2.2))
            painter.drawLine(at(one), at(two))
        for number, (kind, _x, _y) in enumerate(_DEVICES):
            side = 20 if kind != "lock" else 13
            spot = at(number)
            box = QRect(round(spot.x() - side / 2), round(spot.y() - side / 2), side, side)
            if kind == "lock":
                painter.setPen(QPen(colour("text3"), 1.5))
                painter.setBrush(colour("surface"))
                painter.drawEllipse(box)
            else:
                draw_kind(painter, box, kind)

    @staticmethod
    def _floors(painter: QPainter, area: QRectF) -> None:
        for floor in range(3):
            top = area.top() + floor * area.height() / 3
            room = QRectF(area.left(), top + 2, area.width(), area.height() / 3 - 6)
            fill_round(painter, room, "surface", 4, "border", 2)
            painter.setPen(QPen(colour("border"), 1.5))
            for share in (0.11, 0.215, 0.52, 0.625, 0.83):
                x = area.left() + area.width() * share
                painter.drawLine(QPointF(x, room.top() + 1), QPointF(x, room.bottom() - 1))


class PracticeCard(QFrame):
    """Offers to practise.

    Signals:
        start_asked: the button was pressed.
    """

    start_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self.start = Button(self.tr("Start practising"), "primary", "circle-play", size="l")
        self.start.clicked.connect(self.start_asked)
        words = QVBoxLayout()
        words.setContentsMargins(28, 24, 28, 24)
        words.setSpacing(10)
        words.addStretch(1)
        left = Qt.AlignmentFlag.AlignLeft  # else the narrow ones would bound the width of all
        words.addWidget(Chip(self.tr("Practice site"), "accent", "flask-conical"), 0, left)
        words.addWidget(Text(self.tr("Learn the whole job in ten minutes"), "title", wrap=True))
        words.addWidget(
            Text(
                self.tr(
                    "A virtual hotel with 3 floors, 2 IQs, 5 repeaters and 24 locks. It answers like real "
                    "hardware: buttons, LEDs, cards and faults. Nothing can break, no radio needed."
                ),
                "body",
                "text2",
                wrap=True,
            )
        )
        words.addSpacing(4)
        words.addWidget(self.start, 0, left)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        drawing = _Drawing()
        drawing.setMinimumWidth(200)
        drawing.setMaximumWidth(430)
        row.addWidget(drawing, 43)
        row.addLayout(words, 57)
        self.setMinimumHeight(248)

    def set_busy(self, busy: bool) -> None:
        """Show that the practice site is being started."""
        self.start.setEnabled(not busy)
        self.start.set_look(text=self.tr("Starting the hotel…") if busy else self.tr("Start practising"))
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)
