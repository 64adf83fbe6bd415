"""Shapes that the drawings of acts share, painted from tokens on 320 x 420: lock, card, IQ, repeater …"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.components.led_light import draw_led
from ui.components.painting import draw_text, fill_round
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import colour, tokens


def mix(one: str, two: str, share: float) -> QColor:
    """Return a colour between two tokens; `share` is how much of the second."""
    first, second = colour(one), colour(two)
    parts = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


def body_colour() -> QColor:
    """Return the colour of a dark device body, visible in both looks."""
    return mix("text", "surface", 0.16) if not tokens().is_dark else mix("surface", "text3", 0.28)


def metal_colour() -> QColor:
    """Return the colour of bare metal."""
    return mix("control", "surface", 0.45) if not tokens().is_dark else mix("control", "text", 0.3)


def door(painter: QPainter) -> None:
    """Paint the door's edge behind a lock."""
    painter.fillRect(QRectF(186, 0, 134, 420), mix("sunken", "border", 0.35))
    painter.fillRect(QRectF(194, 0, 15, 420), colour("border"))
    painter.setPen(QPen(mix("border", "control", 0.35), 1))
    painter.drawLine(QPointF(186, 0), QPointF(186, 420))


def lock(painter: QPainter, led: tuple[str, str], at_s: float | None) -> None:
    """Paint an escutcheon with its light."""
    fill_round(painter, QRectF(114, 106, 54, 204), body_colour(), 11)
    fill_round(
        painter,
        QRectF(123, 150, 36, 30),
        mix("text", "surface", 0.05) if not tokens().is_dark else colour("sunken"),
        7,
    )
    paint_icon(painter, "nfc", QRectF(131, 155, 20, 20), QColor("#C9CEDA"))
    draw_led(painter, QRectF(122, 112, 38, 38), *led, at_s)
    fill_round(painter, QRectF(56, 222, 92, 17), metal_colour(), 8.5, "control")
    painter.setPen(QPen(colour("control"), 1.2))
    painter.setBrush(mix("border", "surface", 0.2) if not tokens().is_dark else metal_colour())
    painter.drawEllipse(QPointF(141, 230.5), 14, 14)
    hole = QColor("#0C0E11")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hole)
    painter.drawEllipse(QPointF(141, 274), 6, 6)
    painter.drawPolygon(
        QPolygonF([QPointF(138, 275), QPointF(144, 275), QPointF(146, 288), QPointF(136, 288)])
    )


def card(painter: QPainter, words: tuple[str, str]) -> None:
    """Paint the maintenance card, tilted, on its way to the lock."""
    painter.save()
    painter.translate(249, 137)
    painter.rotate(-10)
    box = QRectF(-58, -38, 116, 76)
    fill_round(painter, box, "accent", 8)
    fill_round(painter, QRectF(-46, -26, 24, 18), "accent_soft", 4)
    ink = colour("on_accent")
    draw_text(painter, QRectF(-46, 0, 100, 16), words[0], ink, "small-strong")
    draw_text(painter, QRectF(-46, 15, 100, 16), words[1], ink, "small-strong")
    painter.restore()


def arrow(painter: QPainter, start: QPointF, bend: QPointF, end: QPointF) -> None:
    """Paint a bent arrow in the accent."""
    path = QPainterPath(start)
    path.quadTo(bend, end)
    pen = QPen(colour("accent"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    back = bend - end
    length = (back.x() ** 2 + back.y() ** 2) ** 0.5 or 1.0
    along = QPointF(back.x() / length * 14, back.y() / length * 14)
    across = QPointF(-along.y() * 0.55, along.x() * 0.55)
    painter.drawPolyline(QPolygonF([end + along + across, end, end + along - across]))


def iq_box(painter: QPainter, led: tuple[str, str], at_s: float | None, *, top: float = 118) -> None:
    """Paint an IQ with its cover off: light, cable, board."""
    painter.setPen(QPen(colour("control"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(160, -400), QPointF(160, top))
    fill_round(painter, QRectF(76, top, 168, 172), "surface", 26, "control", 1.5)
    fill_round(painter, QRectF(94, top + 18, 132, 136), mix("sunken", "border", 0.4), 16)
    draw_led(painter, QRectF(138, top + 28, 44, 44), *led, at_s)


def small_button(painter: QPainter, middle: QPointF, label: str, *, marked: bool) -> None:
    """Paint a push button of a device with its label above."""
    if marked:
        painter.setPen(QPen(colour("accent"), 2, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 17, 17)
    painter.setPen(QPen(colour("control"), 1.2))
    painter.setBrush(body_colour() if marked else metal_colour())
    painter.drawEllipse(middle, 9, 9)
    box = QRectF(middle.x() - 40, middle.y() - 38, 80, 16)
    draw_text(painter, box, label, "text2", "small-strong", Qt.AlignmentFlag.AlignHCenter)


def repeater_box(painter: QPainter, led: tuple[str, str], at_s: float | None) -> None:
    """Paint a repeater: aerial, light, two buttons."""
    pen = QPen(body_colour(), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(112, 150), QPointF(96, 60))
    fill_round(painter, QRectF(64, 140, 192, 150), "surface", 20, "control", 1.5)
    draw_led(painter, QRectF(80, 158, 44, 44), *led, at_s)
    paint_icon(painter, "radio-tower", QRectF(212, 158, 26, 26), "text3")


def laptop(painter: QPainter, left: float, top: float, side: float, sign: str) -> None:
    """Paint a laptop with a sign on its screen."""
    screen = QRectF(left + side * 0.12, top, side * 0.76, side * 0.5)
    fill_round(painter, screen, body_colour(), 6)
    fill_round(painter, screen.adjusted(4, 4, -4, -4), "surface", 4)
    icon_side = side * 0.24
    middle = screen.center()
    paint_icon(
        painter,
        sign,
        QRectF(middle.x() - icon_side / 2, middle.y() - icon_side / 2, icon_side, icon_side),
        "accent",
    )
    base = [
        QPointF(left + side * 0.08, top + side * 0.54), QPointF(left + side * 0.92, top + side * 0.54),
        QPointF(left + side, top + side * 0.62), QPointF(left, top + side * 0.62),
    ]  # fmt: skip
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(metal_colour())
    painter.drawPolygon(QPolygonF(base))


def sticker(painter: QPainter, box: QRectF, caption: str) -> None:
    """Paint a sticker with a barcode."""
    fill_round(painter, box, QColor("#FFFFFF"), 4, "control")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#15181E"))
    left = box.left() + 10
    for number in range(22):
        width = (1, 3, 2, 1, 2, 4, 1)[number % 7]
        if left + width > box.right() - 10:
            break
        painter.drawRect(QRectF(left, box.top() + 9, width, box.height() - 30))
        left += width + (2, 1, 3)[number % 3]
    words = QRectF(box.left(), box.bottom() - 19, box.width(), 16)
    draw_text(painter, words, caption, QColor("#15181E"), font("small-medium"), Qt.AlignmentFlag.AlignHCenter)


def dashed(painter: QPainter, start: QPointF, end: QPointF, tint: str) -> None:
    """Paint the radio link between two things."""
    pen = QPen(colour(tint), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([1.2, 2.6])
    painter.setPen(pen)
    painter.drawLine(start, end)


def badge(painter: QPainter, middle: QPointF, radius: float, sign: str, tone: str) -> None:
    """Paint a round badge with a sign."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"{tone}_soft"))
    painter.drawEllipse(middle, radius, radius)
    side = radius * 1.05
    paint_icon(painter, sign, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), tone)
