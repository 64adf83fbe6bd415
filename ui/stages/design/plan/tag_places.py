"""Finds room for words beside signs: nothing covers a sign or another word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF


class TagPlaces:
    """Gives away free places of a view, in its pixels."""

    def __init__(self, taken: Iterable[QRectF], room: QRectF) -> None:
        self._taken = list(taken)
        self._room = room

    def choose(self, spot: QPointF, offsets: Sequence[QRectF], *, must: bool = False) -> QRectF | None:
        """Return the first of these rectangles around a spot that is free, and take it.

        Args:
            offsets: rectangles relative to the spot, the best place first.
            must: take the best one even when it covers something.
        """
        for offset in offsets:
            box = offset.translated(spot)
            if self._room.contains(box) and not any(box.intersects(other) for other in self._taken):
                self._taken.append(box)
                return offset
        if must and offsets:
            self._taken.append(offsets[0].translated(spot))
            return offsets[0]
        return None


def label_places(width: float, above: bool, side: float) -> list[QRectF]:
    """Return where a name may stand: on the outer side first, then the other, then beside."""
    half = side / 2
    over = QRectF(-width / 2, -half - 19, width, 16)
    under = QRectF(-width / 2, half + 3, width, 16)
    right, left = QRectF(half + 5, -8, width, 16), QRectF(-half - 5 - width, -8, width, 16)
    return [over, under, right, left] if above else [under, over, right, left]


def mark_places(width: float, side: float) -> list[QRectF]:
    """Return where a mark may stand: beside, below, above, and further away row by row."""
    half, height = side / 2 + 10, 40.0
    places = [QRectF(half, -height / 2, width, height), QRectF(-half - width, -height / 2, width, height)]
    for row in range(4):
        for shift in (-0.5, -0.2, -0.8):
            places.append(QRectF(width * shift, half + 4 + row * (height + 6), width, height))
            places.append(QRectF(width * shift, -half - 4 - height - row * (height + 6), width, height))
    return places
