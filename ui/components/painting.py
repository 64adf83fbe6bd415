"""Small painting tools shared by delegates and painted widgets."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import colour, tokens


def draw_text(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    tint: str | QColor = "text",
    role: str | QFont = "base",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Paint one line of text, shortened with an ellipsis where it does not fit; return its width."""
    chosen = role if isinstance(role, QFont) else font(role)
    metrics = QFontMetrics(chosen)
    area = rect.toRect() if isinstance(rect, QRectF) else rect
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
    painter.setFont(chosen)
    painter.setPen(tint if isinstance(tint, QColor) else colour(tint))
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def text_width(text: str, role: str = "base") -> int:
    """Return how wide a line of text is, in pixels."""
    return QFontMetrics(font(role)).horizontalAdvance(text)


def fill_round(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: str | QColor | None,
    radius: float,
    border: str | None = None,
    width: float = 1.0,
) -> None:
    """Paint a rounded rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(rect)
    if border:
        area = area.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(colour(border), width))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    if fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(fill if isinstance(fill, QColor) else colour(fill))
    painter.drawRoundedRect(area, radius, radius)
    painter.restore()


def draw_focus_ring(painter: QPainter, rect: QRect | QRectF, radius: float) -> None:
    """Paint the focus ring inside a rectangle: 2 px."""
    fill_round(painter, QRectF(rect), None, radius, "accent", 2.0)


# --- what kind it is: IQ square, repeater diamond, lock circle -----------------------------

_KIND_ICONS = {"iq": "router", "repeater": "radio-tower", "lock": "lock"}


def draw_kind(
    painter: QPainter, rect: QRect, kind: str, model: str | None = None, *, faint: bool = False
) -> None:
    """Paint the sign of a device kind: the shape tells it, also without colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if faint:
        painter.setOpacity(0.55)
    area = QRectF(rect).adjusted(1, 1, -1, -1)
    if kind == "iq":
        fill_round(painter, area, "accent", 5)
        _inner_icon(painter, area, "router", "on_accent", 0.62)
    elif kind == "repeater":
        _diamond(painter, area)
        _inner_icon(painter, area, "radio-tower", "accent", 0.5)
    elif kind == "lock":
        painter.setPen(QPen(colour("text3"), 1.25))
        painter.setBrush(colour("surface"))
        painter.drawEllipse(area)
        wall_reader = model is not None and "reader" in model
        _inner_icon(painter, area, "scan-line" if wall_reader else "lock", "text2", 0.55)
    else:
        painter.setPen(QPen(colour("text3"), 1.25, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 6, 6)
        _inner_icon(painter, area, "circle-question-mark", "text3", 0.6)
    painter.restore()


def _diamond(painter: QPainter, area: QRectF) -> None:
    middle = area.center()
    half = area.width() / 2 + 0.5
    points = [
        QPointF(middle.x(), middle.y() - half),
        QPointF(middle.x() + half, middle.y()),
        QPointF(middle.x(), middle.y() + half),
        QPointF(middle.x() - half, middle.y()),
    ]
    painter.setPen(
        QPen(
            colour("accent"), 1.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
    )
    painter.setBrush(colour("accent_soft"))
    painter.drawPolygon(QPolygonF(points))


def _inner_icon(painter: QPainter, area: QRectF, name: str, tint: str, share: float) -> None:
    side = area.width() * share
    middle = area.center()
    paint_icon(painter, name, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), tint)


# --- state: three squares and a word ---------------------------------------------------------


def draw_triple(painter: QPainter, left: int, middle: int, filled: int, tone: str | None) -> int:
    """Paint the squares of planned, written and read back; return the width.

    Args:
        filled: how many of the three are filled, 1 to 3.
        tone: the token of the third square when it is filled.
    """
    side, gap = 10, 2
    for number in range(3):
        box = QRectF(left + number * (side + gap), middle - side / 2, side, side)
        if number < filled:
            fill_round(painter, box, tone if number == 2 and tone else "text2", 2)
        else:
            fill_round(painter, box, "surface", 2, "control")
    return 3 * side + 2 * gap


# --- link margin: line pattern, colour and number -----------------------------------------


def margin_token(margin_db: float) -> str:
    """Return the token of a link margin: 12 dB good, 6 to 12 fair, under 6 weak (ux.md)."""
    if margin_db >= 12:
        return "link_good"
    return "link_fair" if margin_db >= 6 else "link_weak"


def margin_pen(margin_db: float, width: float = 3.0) -> QPen:
    """Return the pen of a link margin: solid, dashes or dots say it without colour too."""
    name = margin_token(margin_db)
    pen = QPen(colour(name), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if name == "link_fair":
        pen.setDashPattern([8 / width, 4 / width])
    elif name == "link_weak":
        pen.setDashPattern([2 / width, 4 / width])
    return pen


def draw_margin(painter: QPainter, left: int, middle: int, margin_db: float, width: int = 30) -> int:
    """Paint the line of a link margin; return the width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(margin_pen(margin_db))
    painter.drawLine(QPointF(left, middle + 0.5), QPointF(left + width, middle + 0.5))
    painter.restore()
    return width


def draw_load(painter: QPainter, left: int, middle: int, share: float, over: bool, width: int = 44) -> int:
    """Paint the load bar of an IQ; full is neutral, over the limit is the error."""
    box = QRectF(left, middle - 3, width, 6)
    fill_round(painter, box, "sunken" if not tokens().is_dark else "border", 3)
    if share > 0:
        used = QRectF(box)
        used.setWidth(max(6.0, box.width() * min(1.0, share)))
        fill = "error" if over else ("text2" if share >= 1 else "accent")
        fill_round(painter, used, fill, 3)
    return width


def draw_signal(painter: QPainter, left: int, bottom: int, rssi_dbm: float | None) -> int:
    """Paint four bars of received signal strength; return the width."""
    steps = (-85, -75, -65, -55)
    level = sum(rssi_dbm is not None and rssi_dbm >= step for step in steps)
    if rssi_dbm is not None:
        level = max(1, level)
    for number in range(4):
        height = 4 + number * 3
        box = QRectF(left + number * 5, bottom - height, 3, height)
        fill_round(painter, box, "text2" if number < level else "border", 1)
    return 18


# --- chips and keys ------------------------------------------------------------------------


def draw_key(
    painter: QPainter, right: int, middle: int, text: str, tint: str = "text3", border: str = "border"
) -> int:
    """Paint a key such as `M` with its right edge at `right`; return the width."""
    role = "small-medium"
    width = max(20, text_width(text, role) + 12)
    box = QRect(right - width, middle - 10, width, 20)
    fill_round(painter, box, None if border == "on_accent" else "sunken", 4, border)
    draw_text(painter, box, text, tint, role, Qt.AlignmentFlag.AlignHCenter)
    return width
