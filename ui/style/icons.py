"""Lucide icons, bundled as SVG and tinted with a token when they are painted."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from larry.resource_paths import resource_path
from ui.style.theme import colour

STROKE_PX = 1.75


@cache
def _source(name: str) -> str:
    text = (resource_path("icons") / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{STROKE_PX}"')


@cache
def _renderer(name: str, tint: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", tint).encode()))


def paint_icon(painter: QPainter, name: str, rect: QRect | QRectF, tint: QColor | str) -> None:
    """Paint an icon into a square, in a colour or a token's name."""
    shade = tint if isinstance(tint, QColor) else colour(tint)
    renderer = _renderer(name, shade.name())
    painter.save()
    painter.setOpacity(painter.opacity() * shade.alphaF())
    renderer.render(painter, QRectF(rect))
    painter.restore()


class LucideEngine(QIconEngine):
    """Paints one icon in the token's colour of the moment; disabled icons are fainter."""

    def __init__(self, name: str, tint: str) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        shade = colour("text3" if mode == QIcon.Mode.Disabled else self._tint)
        if mode == QIcon.Mode.Disabled:
            shade.setAlphaF(0.6)
        side = min(rect.width(), rect.height())
        square = QRectF(
            rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side
        )
        paint_icon(painter, self._name, square, shade)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        copy = LucideEngine(self._name, self._tint)
        _KEPT.append(copy)
        return copy


# Qt owns the engines but Python must not let go of them while icons live: both are few.
_KEPT: list[QIconEngine] = []


@cache
def icon(name: str, tint: str = "text2") -> QIcon:
    """Return an icon by its Lucide name, tinted with a token.

    Raises:
        FileNotFoundError: it is not among the bundled ones.
    """
    _source(name)
    engine = LucideEngine(name, tint)
    _KEPT.append(engine)
    return QIcon(engine)
