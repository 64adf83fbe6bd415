"""The steps of a device in a row: done, here, to come."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.painting import draw_text, fill_round, text_width
from ui.style.icons import paint_icon
from ui.style.theme import colour

_DOT, _GAP, _LEAST_LINE = 26, 8, 20


@dataclass(frozen=True, slots=True)
class BarStep:
    """One step: its title, a small line below, and `done`, `skipped`, `now`, `waiting`, `open` or `todo`."""

    title: str
    detail: str
    state: str


_FILLS = {"done": "ok", "skipped": "text3", "now": "accent", "waiting": "warn", "open": "error"}
_SIGNS = {"done": "check", "skipped": "skip-forward", "open": "triangle-alert"}


class StepBar(QWidget):
    """Draws steps; wide enough: words beside the dots, else below them."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[BarStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[BarStep, ...]) -> None:
        """Show these steps."""
        if steps == self._steps:
            return
        self._steps = steps
        self.setAccessibleName(self._spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths = [_DOT + _GAP + self._words_width(step) for step in self._steps]
        lines = len(self._steps) - 1
        room = self.width() - sum(widths) - lines * 2 * _GAP
        if lines and room / lines >= _LEAST_LINE:
            self._paint_beside(painter, widths, room / lines)
        else:
            self._paint_below(painter)

    def _words_width(self, step: BarStep) -> int:
        return max(text_width(step.title, "medium"), text_width(step.detail, "small"))

    def _paint_beside(self, painter: QPainter, widths: list[int], line_width: float) -> None:
        left, middle = 0.0, self.height() / 2
        for number, (step, width) in enumerate(zip(self._steps, widths, strict=True)):
            self._dot(painter, QRectF(left, middle - _DOT / 2, _DOT, _DOT), number, step)
            words = QRect(int(left) + _DOT + _GAP, int(middle) - 18, width - _DOT - _GAP + 2, 18)
            if step.detail:
                draw_text(painter, words, step.title, self._ink(step), "medium")
                draw_text(painter, words.translated(0, 18), step.detail, "text3", "small")
            else:
                draw_text(painter, words.translated(0, 9), step.title, self._ink(step), "medium")
            left += width + _GAP
            if number < len(self._steps) - 1:
                self._line(painter, left, left + line_width, middle, step)
                left += line_width + _GAP

    def _paint_below(self, painter: QPainter) -> None:
        share = self.width() / len(self._steps)
        middle = _DOT / 2 + 1
        for number, step in enumerate(self._steps):
            centre = share * (number + 0.5)
            self._dot(painter, QRectF(centre - _DOT / 2, 1, _DOT, _DOT), number, step)
            words = QRect(int(share * number) + 2, _DOT + 6, int(share) - 4, 20)
            role = "small-strong" if step.state in ("now", "waiting", "open") else "small"
            draw_text(painter, words, step.title, self._ink(step), role, Qt.AlignmentFlag.AlignHCenter)
            if number < len(self._steps) - 1:
                self._line(painter, centre + _DOT / 2 + 6, centre + share - _DOT / 2 - 6, middle, step)

    @staticmethod
    def _line(painter: QPainter, left: float, right: float, middle: float, step: BarStep) -> None:
        done = step.state in ("done", "skipped")
        painter.setPen(QPen(colour("ok" if done else "border"), 2))
        painter.drawLine(int(left), int(middle), int(right), int(middle))

    @staticmethod
    def _dot(painter: QPainter, box: QRectF, number: int, step: BarStep) -> None:
        fill = _FILLS.get(step.state)
        fill_round(painter, box, fill or "surface", _DOT / 2, None if fill else "control")
        if step.state in _SIGNS:
            paint_icon(painter, _SIGNS[step.state], box.adjusted(6, 6, -6, -6), "surface")
        else:
            ink = "surface" if fill else "text2"
            draw_text(painter, box, str(number + 1), ink, "small-strong", Qt.AlignmentFlag.AlignHCenter)

    @staticmethod
    def _ink(step: BarStep) -> str:
        return "text2" if step.state == "todo" else "text"

    def _spoken(self) -> str:
        words = {
            "done": self.tr("done"),
            "skipped": self.tr("not needed"),
            "now": self.tr("at work"),
            "waiting": self.tr("waiting"),
            "open": self.tr("open"),
            "todo": self.tr("to come"),
        }
        parts = [f"{number} {step.title}, {words[step.state]}" for number, step in enumerate(self._steps, 1)]
        return self.tr("Steps: {list}").format(list="; ".join(parts))
