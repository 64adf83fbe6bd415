"""What stands on the plan: one layer with walls and links, and an item per device."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from larry.domain.hardware import Floor, Node
from larry.domain.placement import Verdict
from larry.domain.rule_context import display_name
from ui.components.painting import draw_kind, draw_text, fill_round, margin_pen, text_width
from ui.stages.design.drop_marks import ICONS, TONES
from ui.style.icons import paint_icon
from ui.style.theme import colour

SCALE = 40.0
"""Scene units per metre: a device's sign is about half a metre wide."""
SIGN = 24
_LEVEL = {"lock": 1, "repeater": 2, "iq": 3}


class LayerItem(QGraphicsItem):
    """Walls and links of one floor, painted as one item: fast however many there are."""

    def __init__(
        self,
        floor: Floor | None,
        links: Iterable[tuple[QPointF, QPointF, float | None, bool]],
        dots: Sequence[QPointF] = (),
    ) -> None:
        """Make it; `dots` are locks of a floor with too many of them for an item each."""
        super().__init__()
        self._dots = list(dots)
        self._walls = [
            QLineF(w.x1_m * SCALE, w.y1_m * SCALE, w.x2_m * SCALE, w.y2_m * SCALE)
            for w in (floor.walls if floor else ())
        ]
        self._links = list(links)
        self._box = QRectF()
        for line in [*self._walls, *(QLineF(a, b) for a, b, _, _ in self._links)]:
            self._box = self._box.united(QRectF(line.p1(), line.p2()).normalized())
        self._box.adjust(-30, -30, 30, 30)
        self.setZValue(-10)

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour("control"), 3.0)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        painter.setPen(pen)
        painter.drawLines(self._walls)
        for start, end, margin_db, elsewhere in self._links:
            painter.setPen(_link_pen(margin_db, elsewhere))
            painter.drawLine(start, end)
        if self._dots:
            pen = QPen(colour("text2"), 4)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(self._dots)


def _link_pen(margin_db: float | None, elsewhere: bool) -> QPen:
    if margin_db is not None:
        pen = margin_pen(margin_db, 2.5)
    else:
        pen = QPen(colour("text3"), 1.25)
        if elsewhere:
            pen.setDashPattern([5, 4])
    pen.setCosmetic(True)
    return pen


class NodeItem(QGraphicsItem):
    """One device; `ghost` is one of another floor that something here hangs on."""

    def __init__(self, node: Node, tone: str | None, *, ghost: str = "") -> None:
        super().__init__()
        self.node_id = node.id
        self._kind, self._model, self._name = node.kind.value, node.model, display_name(node)
        self._tone, self._ghost = tone, ghost
        self.mark: tuple[str, Verdict] | None = None
        self.chosen = False
        self._tag: QRectF | None = None
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setToolTip(f"{self._name}, {ghost}" if ghost else self._name)
        self.setZValue(_LEVEL[self._kind])

    def set_mark(self, mark: tuple[str, Verdict] | None) -> None:
        """Show what dropping here would do, or nothing."""
        self.mark = mark
        self.setZValue(8 if mark else _LEVEL[self._kind])
        self.update()

    def put_tag(self, place: QRectF | None) -> None:
        """Put the name or the mark at a place relative to the sign; None leaves it out."""
        self.prepareGeometryChange()
        self._tag = place
        self.update()

    @property
    def tagged(self) -> bool:
        """True while words stand beside the sign."""
        return self._tag is not None

    @property
    def rank(self) -> int:
        """Whose words come first: IQ, repeater, lock."""
        return _LEVEL[self._kind]

    @property
    def side(self) -> int:
        """The sign's size in pixels."""
        return SIGN if self._kind != "lock" else SIGN - 4

    def tag_width(self) -> int:
        """Return how wide the words are that should stand beside the sign."""
        if self.mark is None:
            return text_width(self.title, "small") + 4
        return min(250, max(text_width(self.mark[0], "small"), text_width(self.title, "small-strong")) + 38)

    @property
    def title(self) -> str:
        """The name, with the floor of one that is elsewhere."""
        return f"{self._name}, {self._ghost}" if self._ghost else self._name

    def set_chosen(self, chosen: bool) -> None:
        """Be the selected one."""
        self.chosen = chosen
        self.update()

    def boundingRect(self) -> QRectF:
        box = QRectF(-26, -26, 52, 52)
        return box if self._tag is None else box.united(self._tag.adjusted(-2, -2, 2, 2))

    def sign_rect(self) -> QRectF:
        """Return what the sign covers."""
        return QRectF(-self.side / 2, -self.side / 2, self.side, self.side)

    def shape_rect(self) -> QRectF:
        """Return the sign's own square, for finding what is under the pointer."""
        return QRectF(-SIGN / 2 - 4, -SIGN / 2 - 4, SIGN + 8, SIGN + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self.scene().parent()
        painter.setOpacity(0.4 if getattr(view, "marking", False) and self.mark is None else 1.0)
        if getattr(view, "crowded", False) and not (self.mark or self.chosen):
            far = 5 if self._kind == "iq" else 3
            painter.fillRect(QRectF(-far, -far, 2 * far, 2 * far), colour("accent"))
            return
        side = self.side
        if self.mark and self._tag is not None:
            painter.setPen(QPen(colour(TONES[self.mark[1]]), 1))
            painter.drawLine(QPointF(0, 0), self._tag.center())
        if self.mark or self.chosen:
            ring = TONES[self.mark[1]] if self.mark else "accent"
            painter.setPen(QPen(colour(ring), 2))
            painter.setBrush(colour(f"{ring}_soft"))
            painter.drawEllipse(QPointF(0, 0), side / 2 + 6, side / 2 + 6)
        box = QRect(-side // 2, -side // 2, side, side)
        draw_kind(painter, box, self._kind, self._model, faint=bool(self._ghost))
        if self._tone:
            fill_round(painter, QRectF(side / 2 - 5, side / 2 - 5, 8, 8), self._tone, 4, "surface")
        if self._tag is None:
            return
        if self.mark:
            self._paint_mark(painter, self._tag.toRect(), self.mark)
        else:
            tint = "text3" if self._ghost else "text2"
            middle = Qt.AlignmentFlag.AlignHCenter
            fill_round(painter, self._tag.adjusted(-1, 0, 1, 0), "bg", 3)  # over walls and links
            draw_text(painter, self._tag, self.title, tint, "small", middle)

    def _paint_mark(self, painter: QPainter, box: QRect, mark: tuple[str, Verdict]) -> None:
        words, verdict = mark
        tone = TONES[verdict]
        fill_round(painter, box, f"{tone}_soft", 6, tone)
        paint_icon(painter, ICONS[verdict], QRect(box.left() + 8, box.center().y() - 6, 14, 14), tone)
        room = box.adjusted(29, 3, -5, -20)
        draw_text(painter, room, self.title, "text", "small-strong")
        draw_text(painter, room.translated(0, 17), words, tone, "small")
