"""A small plan of one floor: walls, devices, and the laptop, which can be dragged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.components.painting import draw_focus_ring, draw_kind, draw_text
from ui.style.icons import paint_icon
from ui.style.theme import colour

_MARGIN = 14
_LAPTOP_PX = 26
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class PlacePlan(QWidget):
    """Shows one level of the practice building.

    Signals:
        stood: the laptop was put somewhere; x and y in metres.
        device_chosen: a device was clicked; carries its Device ID.
    """

    stood = Signal(float, float)
    device_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._world: dict[str, Any] = {}
        self._level = 0
        self._chosen = ""
        self._dragged: QPointF | None = None
        self._pressed_device = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_world(self, world: dict[str, Any], level: int, chosen: str) -> None:
        """Show a level; while the laptop is dragged it stays under the pointer."""
        self._world, self._level, self._chosen = world, level, chosen
        laptop = world["laptop"]
        where = self.tr("{x} m, {y} m").format(x=f"{laptop['x_m']:g}", y=f"{laptop['y_m']:g}")
        here = self.tr("here, ") if laptop["level"] == level else self.tr("on another floor, ")
        words = self.tr("Plan of level {level}; the laptop stands {here}at {where}; arrow keys move it")
        self.setAccessibleName(words.format(level=level, here=here, where=where))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 204)

    # --- geometry ---------------------------------------------------------------------------

    def _bounds(self) -> QRectF:
        """Return the building in metres, all levels, so that floors lie above each other."""
        xs, ys = [0.0, 1.0], [0.0, 1.0]
        for wall in self._world.get("walls", ()):
            xs += [wall["x1_m"], wall["x2_m"]]
            ys += [wall["y1_m"], wall["y2_m"]]
        for device in self._world.get("devices", ()):
            xs.append(device["position"]["x_m"])
            ys.append(device["position"]["y_m"])
        return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def _scale(self) -> tuple[float, QPointF]:
        bounds = self._bounds()
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / bounds.width(), room.height() / bounds.height())
        left = room.center().x() - bounds.width() * scale / 2 - bounds.left() * scale
        top = room.center().y() - bounds.height() * scale / 2 - bounds.top() * scale
        return scale, QPointF(left, top)

    def to_screen(self, x_m: float, y_m: float) -> QPointF:
        """Return where a place of the building is in this widget."""
        scale, origin = self._scale()
        return QPointF(origin.x() + x_m * scale, origin.y() + y_m * scale)

    def _to_metres(self, at: QPointF) -> tuple[float, float]:
        scale, origin = self._scale()
        bounds = self._bounds()
        x_m = min(max((at.x() - origin.x()) / scale, bounds.left()), bounds.right())
        y_m = min(max((at.y() - origin.y()) / scale, bounds.top()), bounds.bottom())
        return round(x_m, 1), round(y_m, 1)

    def _laptop_at(self) -> QPointF | None:
        if self._dragged is not None:
            return self._dragged
        laptop = self._world.get("laptop")
        if laptop is None or laptop["level"] != self._level:
            return None
        return self.to_screen(laptop["x_m"], laptop["y_m"])

    def _devices(self) -> list[tuple[dict[str, Any], QPointF]]:
        return [
            (each, self.to_screen(each["position"]["x_m"], each["position"]["y_m"]))
            for each in self._world.get("devices", ())
            if each["position"]["level"] == self._level
        ]

    def _device_at(self, at: QPointF) -> dict[str, Any] | None:
        for device, where in self._devices():
            if (where - at).manhattanLength() < 13:
                return device
        return None

    # --- input ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._world:
            return
        at = event.position()
        laptop = self._laptop_at()
        device = self._device_at(at)
        on_laptop = laptop is not None and (laptop - at).manhattanLength() < _LAPTOP_PX * 0.8
        if device is not None and not on_laptop:
            self._pressed_device = device["device_id"]
            return
        self._dragged = at
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._dragged is not None:
            self._dragged = at
            self.update()
            return
        device = self._device_at(at)
        QToolTip.showText(event.globalPosition().toPoint(), device["name"] if device else "", self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_device:
            chosen, self._pressed_device = self._pressed_device, ""
            self.device_chosen.emit(chosen)
        elif self._dragged is not None:
            x_m, y_m = self._to_metres(event.position())
            self._dragged = None
            self._put(x_m, y_m)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._dragged = None
            self.update()
        elif step is not None and self._world:
            laptop = self._world["laptop"]
            bounds = self._bounds()
            x_m = min(max(laptop["x_m"] + step[0], bounds.left()), bounds.right())
            y_m = min(max(laptop["y_m"] + step[1], bounds.top()), bounds.bottom())
            self._put(x_m, y_m)
        else:
            super().keyPressEvent(event)

    def _put(self, x_m: float, y_m: float) -> None:
        self._world["laptop"] = {**self._world["laptop"], "x_m": x_m, "y_m": y_m, "level": self._level}
        self.update()
        self.stood.emit(x_m, y_m)

    # --- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._world:
            return
        bounds = self._bounds()
        ground = QRectF(
            self.to_screen(bounds.left(), bounds.top()), self.to_screen(bounds.right(), bounds.bottom())
        )
        painter.fillRect(ground, colour("bg"))
        painter.setPen(QPen(colour("control"), 1.5))
        for wall in self._world["walls"]:
            if wall["level"] == self._level:
                painter.drawLine(
                    self.to_screen(wall["x1_m"], wall["y1_m"]), self.to_screen(wall["x2_m"], wall["y2_m"])
                )
        for device, at in self._devices():
            self._paint_device(painter, device, at)
        laptop = self._laptop_at()
        if laptop is not None:
            box = QRectF(laptop.x() - 13, laptop.y() - 13, _LAPTOP_PX, _LAPTOP_PX)
            painter.setPen(QPen(colour("surface"), 2))
            painter.setBrush(colour("text"))
            painter.drawEllipse(box)
            paint_icon(painter, "laptop", box.adjusted(6, 6, -6, -6), "surface")
        if self.hasFocus():
            draw_focus_ring(painter, self.rect(), 6)

    def _paint_device(self, painter: QPainter, device: dict[str, Any], at: QPointF) -> None:
        side = 16 if device["kind"] != "lock" else 12
        if device["device_id"] == self._chosen:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(colour("accent_soft"))
            painter.drawEllipse(at, side * 0.85, side * 0.85)
        box = QRect(round(at.x() - side / 2), round(at.y() - side / 2), side, side)
        draw_kind(painter, box, device["kind"], device["model"], faint=not device["powered"])
        number = str(device["name"]).rpartition(" ")[2]
        if device["kind"] == "lock" and number.isdigit():
            above = at.y() < self.height() / 2
            words = QRect(box.center().x() - 20, box.top() - 19 if above else box.bottom() + 3, 40, 16)
            draw_text(painter, words, number, "text3", "small", Qt.AlignmentFlag.AlignHCenter)
