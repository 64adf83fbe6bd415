"""The steps of a handover, one below the other: done, at hand, waiting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.painting import draw_text, fill_round
from ui.style.icons import paint_icon

_ROW = 46


@dataclass(frozen=True, slots=True)
class HandoverStep:
    """One step; `state` is done, now or waiting."""

    title: str
    detail: str
    state: str


class HandoverSteps(QWidget):
    """Paints the steps."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[HandoverStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[HandoverStep]) -> None:
        """Show these steps."""
        self._steps = tuple(steps)
        words = {"done": self.tr("done"), "now": self.tr("at hand"), "waiting": self.tr("waiting")}
        self.setAccessibleName("; ".join(f"{s.title}, {words[s.state]}, {s.detail}" for s in self._steps))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _ROW * len(self._steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, step in enumerate(self._steps):
            top = number * _ROW
            dot = QRect(1, top + 3, 28, 28)
            self._paint_dot(painter, dot, step, number)
            width = self.width() - 42
            tint = "text" if step.state != "waiting" else "text2"
            draw_text(painter, QRect(42, top, width, 20), step.title, tint, "medium")
            draw_text(painter, QRect(42, top + 19, width, 17), step.detail, "text3", "small")

    @staticmethod
    def _paint_dot(painter: QPainter, dot: QRect, step: HandoverStep, number: int) -> None:
        if step.state == "done":
            fill_round(painter, dot, "ok_soft", 14)
            paint_icon(painter, "check", dot.adjusted(6, 6, -6, -6), "ok")
        elif step.state == "now":
            fill_round(painter, dot, "accent", 14)
            draw_text(painter, dot, str(number + 1), "on_accent", "strong", Qt.AlignmentFlag.AlignHCenter)
        else:
            fill_round(painter, dot, "surface", 14, "control")
            paint_icon(painter, "lock", dot.adjusted(7, 7, -7, -7), "text3")
