"""A light as it is seen on a device: colour and rhythm, painted; the only thing that moves without end."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QRadialGradient, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style.theme import colour

# Lights, not tokens: they look alike in both looks, and always stand beside their word.
LED_COLOURS = {
    "green": "#27AE60",
    "red": "#D93A30",
    "orange": "#F08A24",
    "blue": "#2F7DE1",
    "purple": "#8E4BD8",
    "white": "#FFFFFF",
}
_TICK_MS = 125
_ON_S = {"flashing": (0.5, 1.0), "every-second": (0.18, 1.0), "heartbeat": (0.18, 3.0)}
"""Seconds lit and seconds of a period. The heartbeat is drawn every 3 seconds; its words say 5 minutes."""
_CYCLE_S = 0.75


class BlinkClock(QObject):
    """One clock for all lights, so that they blink together; it runs only while a light is in view.

    Signals:
        ticked: time to paint again.
        moving_changed: the lights were stopped or let go.
    """

    ticked = Signal()
    moving_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.moving = True
        self._seen: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.ticked)

    def set_moving(self, moving: bool) -> None:
        """Stop all lights or let them go; a stopped light shows its rhythm by marks."""
        self.moving = moving
        self._run()
        self.moving_changed.emit(moving)
        self.ticked.emit()

    def enter(self, light: QWidget) -> None:
        """A light came into view."""
        self._seen.add(id(light))
        self._run()

    def leave(self, light: QWidget) -> None:
        """A light left the view."""
        self._seen.discard(id(light))
        self._run()

    def _run(self) -> None:
        if self.moving and self._seen:
            self._timer.start()
        else:
            self._timer.stop()


_CLOCK: list[BlinkClock] = []


def blink_clock() -> BlinkClock:
    """Return the clock of all lights."""
    if not _CLOCK:
        _CLOCK.append(BlinkClock())
    return _CLOCK[0]


def lit_colour(colours: str, pattern: str, at_s: float | None) -> str | None:
    """Return which colour is lit at a moment, None when it is dark.

    Args:
        colours: as in the light table: "green", "red-green-blue", "off".
        pattern: solid, flashing, every-second, heartbeat, cycle, off.
        at_s: the moment; None: a light that stands still, which shows its first colour.
    """
    parts = [part for part in colours.split("-") if part in LED_COLOURS]
    if not parts or pattern == "off":
        return None
    if at_s is None:
        return parts[0]
    if len(parts) > 1:
        return parts[int(at_s / _CYCLE_S) % len(parts)]
    if pattern in _ON_S:
        on_s, period_s = _ON_S[pattern]
        return parts[0] if at_s % period_s < on_s else None
    return parts[0]


def draw_led(painter: QPainter, rect: QRectF, colours: str, pattern: str, at_s: float | None = None) -> None:
    """Paint a light; without a moment a dashed ring says that it blinks, slices that colours take turns."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(rect.width(), rect.height())
    middle = rect.center()
    core = side * 0.31
    lit = lit_colour(colours, pattern, at_s)
    parts = [part for part in colours.split("-") if part in LED_COLOURS]
    if lit is not None:
        _halo(painter, middle, side / 2, QColor(LED_COLOURS[lit]))
    painter.setPen(QPen(colour("control"), max(1.0, side / 26)))
    painter.setBrush(QColor(LED_COLOURS[lit]) if lit else _dark_glass(parts))
    painter.drawEllipse(middle, core, core)
    if at_s is None and len(parts) > 1:
        _slices(painter, middle, core, parts)
    if pattern in _ON_S and at_s is None:
        nameless = not parts or parts[0] == "white"  # white on white would not be seen
        pen = QPen(colour("control") if nameless else QColor(LED_COLOURS[parts[0]]), max(1.25, side / 20))
        pen.setDashPattern([1.6, 1.8])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, side * 0.44, side * 0.44)
    painter.restore()


def _dark_glass(parts: list[str]) -> QColor:
    """Return the colour of a light between two blinks: a trace of its own, so that it is never nameless."""
    ground = colour("sunken")
    if not parts:
        return ground
    trace = QColor(LED_COLOURS[parts[0]])
    shares = ((ground.red(), trace.red()), (ground.green(), trace.green()), (ground.blue(), trace.blue()))
    return QColor(*(round(a + (b - a) * 0.22) for a, b in shares))


def _halo(painter: QPainter, middle: QPointF, radius: float, shade: QColor) -> None:
    glow = QRadialGradient(middle, radius)
    strong, none = QColor(shade), QColor(shade)
    strong.setAlphaF(0.45)
    none.setAlphaF(0.0)
    glow.setColorAt(0.45, strong)
    glow.setColorAt(1.0, none)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(glow)
    painter.drawEllipse(middle, radius, radius)


def _slices(painter: QPainter, middle: QPointF, radius: float, parts: list[str]) -> None:
    box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(QPen(colour("surface"), 1))
    share = 360 * 16 // len(parts)
    for number, part in enumerate(parts):
        painter.setBrush(QColor(LED_COLOURS[part]))
        painter.drawPie(box, 90 * 16 - number * share, -share)


class LedLight(QWidget):
    """A light as a widget; its word stands beside it, so it is silent for screen readers."""

    def __init__(self, colours: str = "off", pattern: str = "off", side: int = 24) -> None:
        super().__init__()
        self._colours, self._pattern, self._side = colours, pattern, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        blink_clock().ticked.connect(self.update)

    def show_light(self, colours: str, pattern: str) -> None:
        """Show another light."""
        self._colours, self._pattern = colours, pattern
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        blink_clock().enter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        blink_clock().leave(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        at_s = time.monotonic() if blink_clock().moving else None
        draw_led(painter, QRectF(self.rect()), self._colours, self._pattern, at_s)
