"""Why a drop was refused, pinned where it happened, with repairs 1, 2. Never a modal box."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.bridge.announce import announce
from ui.components.button import Button
from ui.components.painting import draw_focus_ring, draw_text, fill_round
from ui.components.sign import Sign
from ui.components.text import Text
from ui.style.theme import colour

WIDTH = 380


class _Choice(QPushButton):
    """A repair: its number is the key that chooses it."""

    def __init__(self, number: int, label: str, detail: str, best: str) -> None:
        super().__init__()
        self._number, self._label, self._detail, self._best = number, label, detail, best
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{number}: {label}. {detail}")

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 32, 50 if self._detail else 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect()
        chosen = self.underMouse() or self.hasFocus()
        fill_round(painter, box, "accent_soft" if chosen else "surface", 8, "accent" if chosen else "border")
        key = QRect(12, box.center().y() - 10, 20, 20)
        fill_round(painter, key, "sunken", 4, "border")
        draw_text(painter, key, str(self._number), "text2", "small-strong", Qt.AlignmentFlag.AlignHCenter)
        room = QRect(44, 6 if self._detail else 0, box.width() - 56, 20 if self._detail else box.height())
        if self._best:
            room.setWidth(room.width() - 44)
            draw_text(
                painter,
                QRect(box.right() - 50, 0, 40, box.height()),
                self._best,
                "ok",
                "small-medium",
                Qt.AlignmentFlag.AlignRight,
            )
        draw_text(painter, room, self._label, "text", "medium")
        if self._detail:
            draw_text(painter, QRect(44, 26, room.width(), 18), self._detail, "text2", "small")
        if self.hasFocus():
            draw_focus_ring(painter, box, 8)


class ExplainCard(QFrame):
    """Explains a refusal and offers ways out.

    Signals:
        closed: it was closed without a choice, or after one.
    """

    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        reason: str,
        choices: Sequence[tuple[str, str, Callable[[], object]]],
        fix: str = "",
    ) -> None:
        """Make it with up to nine `(label, detail, act)`."""
        super().__init__(parent)
        self._choices = list(choices)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(f"{title}. {reason}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Sign("octagon-x", "error", 18))
        head.addWidget(Text(title, "heading"), 1)
        close = Button("", "ghost", "x", size="s")
        close.setAccessibleName(self.tr("Close, change nothing (Esc)"))
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        column.addLayout(head)
        column.addWidget(Text(reason, "base", "text2", wrap=True))
        if fix and not self._choices:
            column.addWidget(Text(fix, "base", "text", wrap=True))
        self._buttons: list[_Choice] = []
        if self._choices:
            column.addSpacing(2)
            column.addWidget(Text(self.tr("What would work"), "small-medium", "text3"))
        for number, (label, detail, _act) in enumerate(self._choices, 1):
            button = _Choice(
                number, label, detail, self.tr("best") if number == 1 and len(self._choices) > 1 else ""
            )
            button.clicked.connect(lambda _checked=False, number=number: self.choose(number))
            column.addWidget(button)
            self._buttons.append(button)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 8)
        ink = colour("shadow")
        ink.setAlpha(70)
        shadow.setColor(ink)
        self.setGraphicsEffect(shadow)

    def pin(self, at: QPoint) -> None:
        """Stand at a point of the parent, inside it, and take the focus."""
        self.layout().activate()
        self.adjustSize()
        room = self.parentWidget().rect()
        x = max(8, min(at.x() + 12, room.width() - self.width() - 8))
        y = max(8, min(at.y() + 12, room.height() - self.height() - 8))
        self.move(x, y)
        self.show()
        self.raise_()
        announce(self, self.accessibleName(), urgent=True)
        (self._buttons[0] if self._buttons else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def choose(self, number: int) -> None:
        """Take a way out."""
        if 1 <= number <= len(self._choices):
            act = self._choices[number - 1][2]
            self.dismiss()
            act()

    def dismiss(self) -> None:
        """Close; nothing changes."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.text().isdigit() and event.text() != "0":
            self.choose(int(event.text()))
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_round(painter, self.rect(), "surface", 10, "border")
