"""A row of a card: sign, sentence, more about it, a button at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.painting import draw_kind
from ui.components.text import Text
from ui.style.icons import paint_icon


class _Sign(QWidget):
    def __init__(self, sign: str, tone: str, kind: tuple[str, str | None] | None) -> None:
        super().__init__()
        self._sign, self._tone, self._kind = sign, tone, kind
        side = 26 if kind else 18
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._kind is not None:
            draw_kind(painter, QRect(0, 0, 26, 26), *self._kind)
        else:
            paint_icon(painter, self._sign, self.rect(), self._tone)


class LineRow(QWidget):
    """One line.

    Args:
        kind: kind and model of a device; its sign stands in place of `sign`.
    """

    def __init__(
        self,
        text: str,
        detail: str = "",
        *,
        sign: str = "info",
        tone: str = "text3",
        kind: tuple[str, str | None] | None = None,
        button: Button | None = None,
    ) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Text(text, "medium", wrap=True))
        if detail:
            words.addWidget(Text(detail, "base", "text2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(12)
        row.addWidget(_Sign(sign, tone, kind), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if button is not None:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
