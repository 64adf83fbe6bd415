"""The page of a stage that is one list: words and controls above a card, a pane at the right edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.components.text import panel


def lay_out_list_page(
    page: QWidget, words: Sequence[QWidget], controls: Sequence[QWidget], content: QWidget, aside: QWidget
) -> None:
    """Lay out a stage.

    Args:
        page: the stage; it must not have a layout yet.
        words: title and summary, one above the other.
        controls: stand at the right of the words.
        content: the list, or what stands in its place.
        aside: the pane at the right edge.
    """
    column = QVBoxLayout()
    column.setSpacing(3)
    for text in words:
        column.addWidget(text)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addLayout(column, 1)
    for control in controls:
        head.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    card = panel("card")
    inner = QVBoxLayout(card)
    inner.setContentsMargins(1, 6, 1, 6)
    inner.addWidget(content)
    left = QVBoxLayout()
    left.setContentsMargins(24, 18, 24, 16)
    left.setSpacing(14)
    left.addLayout(head)
    left.addWidget(card, 1)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addLayout(left, 1)
    edge = panel("sunken")
    edge.setFixedWidth(1)
    edge.setProperty("line", "v")
    row.addWidget(edge)
    row.addWidget(aside)
