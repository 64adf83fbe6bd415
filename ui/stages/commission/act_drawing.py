"""The drawing of what is to be done at a device, or of what Larry does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.led_light import blink_clock
from ui.components.painting import draw_kind, fill_round
from ui.stages.commission import act_shapes as shapes
from ui.style.fonts import font
from ui.style.theme import colour

_WIDTH, _HEIGHT = 320.0, 420.0
SCENES = (
    "card", "iq-reset", "repeater-reset", "go-to", "code", "wifi", "working", "done", "open", "todo",
)  # fmt: skip


class ActDrawing(QWidget):
    """Paints one scene, fitted into its place; its words stand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._scene, self._kind, self._model, self._caption = "todo", "lock", None, ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(130, 240)
        blink_clock().ticked.connect(self.update)

    def show_scene(self, scene: str, kind: str, model: str | None, caption: str) -> None:
        """Show a scene of `SCENES` for a kind of device, with a few words below it."""
        self._scene, self._kind, self._model, self._caption = scene, kind, model, caption
        self.setAccessibleName(caption)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 394)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        blink_clock().enter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        blink_clock().leave(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        fill_round(painter, frame, "bg", 14, "border")
        clip = QPainterPath()
        clip.addRoundedRect(frame.adjusted(1, 1, -1, -1), 13, 13)
        painter.save()
        painter.setClipPath(clip)
        scale = min(self.width() / _WIDTH, self.height() / _HEIGHT)
        left, top = (self.width() - _WIDTH * scale) / 2, (self.height() - _HEIGHT * scale) / 2
        if self._scene == "card":
            self._door_behind(painter, left, scale)
        painter.translate(left, top)
        painter.scale(scale, scale)
        at_s = time.monotonic() if blink_clock().moving else None
        self._painters()[self._scene](painter, at_s)
        painter.restore()
        words = QRect(14, self.height() - 66, self.width() - 28, 54)
        painter.setFont(font("small-medium"))
        painter.setPen(colour("text2"))
        where = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, where | Qt.TextFlag.TextWordWrap, self._caption)

    def _painters(self) -> dict[str, Callable[[QPainter, float | None], None]]:
        return {
            "card": self._card,
            "iq-reset": self._iq_reset,
            "repeater-reset": self._repeater_reset,
            "go-to": self._go_to,
            "code": self._code,
            "wifi": self._wifi,
            "working": self._working,
            "done": lambda painter, _at: self._badge(painter, "circle-check", "ok"),
            "open": lambda painter, _at: self._badge(painter, "triangle-alert", "warn"),
            "todo": self._todo,
        }

    def _door_behind(self, painter: QPainter, left: float, scale: float) -> None:
        """Let the door's edge run through the whole height."""
        painter.save()
        painter.translate(left, 0)
        painter.scale(scale, self.height() / _HEIGHT)
        shapes.door(painter)
        painter.restore()
        rest = QRectF(left + _WIDTH * scale - 1, 0, self.width(), self.height())
        painter.fillRect(rest, shapes.mix("sunken", "border", 0.35))

    def _card(self, painter: QPainter, at_s: float | None) -> None:
        shapes.lock(painter, ("orange", "flashing"), at_s)
        shapes.card(painter, (self.tr("Maintenance"), self.tr("card")))
        shapes.arrow(painter, QPointF(252, 224), QPointF(190, 240), QPointF(178, 186))

    def _iq_reset(self, painter: QPainter, at_s: float | None) -> None:
        shapes.iq_box(painter, ("green", "every-second"), at_s, top=96)
        shapes.small_button(painter, QPointF(160, 222), self.tr("Reset"), marked=True)
        shapes.arrow(painter, QPointF(252, 330), QPointF(180, 320), QPointF(166, 244))

    def _repeater_reset(self, painter: QPainter, at_s: float | None) -> None:
        shapes.repeater_box(painter, ("red", "solid"), at_s)
        shapes.small_button(painter, QPointF(118, 252), self.tr("Reset"), marked=True)
        shapes.small_button(painter, QPointF(202, 252), self.tr("Clear"), marked=False)
        shapes.arrow(painter, QPointF(212, 340), QPointF(140, 348), QPointF(122, 274))

    def _go_to(self, painter: QPainter, at_s: float | None) -> None:
        shapes.laptop(painter, 34, 246, 128, "bluetooth")
        shapes.arrow(painter, QPointF(150, 244), QPointF(166, 168), QPointF(206, 142))
        self._sign(painter, QPointF(240, 108), 64)

    def _code(self, painter: QPainter, at_s: float | None) -> None:
        shapes.iq_box(painter, ("green", "solid"), at_s, top=92)
        shapes.sticker(painter, QRectF(106, 172, 108, 66), self.tr("Code"))
        shapes.arrow(painter, QPointF(256, 330), QPointF(190, 330), QPointF(166, 246))

    def _wifi(self, painter: QPainter, at_s: float | None) -> None:
        shapes.badge(painter, QPointF(160, 112), 46, "wifi", "accent")
        shapes.dashed(painter, QPointF(160, 166), QPointF(160, 222), "accent")
        self._sign(painter, QPointF(160, 268), 72)

    def _working(self, painter: QPainter, at_s: float | None) -> None:
        shapes.laptop(painter, 92, 78, 136, "waypoints")
        shapes.dashed(painter, QPointF(160, 178), QPointF(160, 238), "accent")
        self._sign(painter, QPointF(160, 284), 72)

    def _todo(self, painter: QPainter, at_s: float | None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("sunken"))
        painter.drawEllipse(QPointF(160, 190), 74, 74)
        self._sign(painter, QPointF(160, 190), 72)

    def _badge(self, painter: QPainter, sign: str, tone: str) -> None:
        shapes.badge(painter, QPointF(160, 168), 60, sign, tone)
        self._sign(painter, QPointF(160, 272), 52)

    def _sign(self, painter: QPainter, middle: QPointF, side: int) -> None:
        box = QRect(round(middle.x() - side / 2), round(middle.y() - side / 2), side, side)
        draw_kind(painter, box, self._kind, self._model)
