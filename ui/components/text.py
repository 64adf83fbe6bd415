"""Labels in the roles of the design."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.style.fonts import font


class Text(QLabel):
    """A label with a role (size, weight) and a tone (colour token)."""

    def __init__(self, text: str = "", role: str = "base", tone: str = "text", *, wrap: bool = False) -> None:
        super().__init__(text)
        self.setFont(font(role))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.set_tone(tone)

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedText(Text):
    """A one-line label that shortens itself with an ellipsis; the whole text is in the tooltip."""

    def __init__(self, text: str = "", role: str = "base", tone: str = "text") -> None:
        super().__init__(text, role, tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


def line(direction: str = "h") -> QFrame:
    """Return a hairline, `h` or `v`."""
    frame = QFrame()
    frame.setProperty("line", direction)
    if direction == "h":
        frame.setFixedHeight(1)
    else:
        frame.setFixedWidth(1)
    return frame


def panel(kind: str, parent: QWidget | None = None) -> QFrame:
    """Return a frame filled as `surface`, `bg`, `sunken`, `card` or a soft tone such as `warn`."""
    frame = QFrame(parent)
    frame.setProperty("panel", kind)
    return frame
