"""The middle of Commission for one device: who it is, its steps, the act, what should be seen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from larry.domain.hardware import Node
from larry.domain.site import Site
from ui.components.button import Button
from ui.components.painting import draw_kind
from ui.components.step_bar import StepBar
from ui.components.text import ElidedText, Text, panel
from ui.stages.commission.act_card import ActCard
from ui.stages.commission.seen_card import HintsCard, SeenCard


class KindSign(QWidget):
    """The sign of a device kind as a widget."""

    def __init__(self, side: int = 32) -> None:
        super().__init__()
        self._kind, self._model = "lock", None
        self.setFixedSize(QSize(side, side))

    def show_kind(self, kind: str, model: str | None) -> None:
        """Show another kind."""
        self._kind, self._model = kind, model
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_kind(QPainter(self), self.rect(), self._kind, self._model)


class DevicePage(QWidget):
    """Shows one device of the job.

    Signals:
        back: the person wants to see the act the job stands at.
    """

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sign = KindSign()
        self.name = ElidedText("", "title")
        self.detail = ElidedText("", "small", "text2")
        self.identify_button = Button(self.tr("Identify"), "plain", "lightbulb", "I")
        self.bar = StepBar()
        self.elsewhere = panel("warn")
        self.elsewhere_text = Text("", "base", wrap=True)
        self.elsewhere_button = Button(self.tr("Go there"), "plain", "arrow-right", size="s")
        self.card = ActCard()
        self.seen = SeenCard()
        self.hints = HintsCard()
        self._lay_out()
        self.elsewhere_button.clicked.connect(self.back)

    def show_device(self, site: Site, node: Node) -> None:
        """Name the device."""
        self.sign.show_kind(node.kind.value, node.model)
        self.name.setText(node.name)
        floor = site.floors.get(node.floor or "")
        parent = site.nodes.get(node.parent or "")
        parts = [
            floor.name if floor else "",
            _model_words(node.model),
            node.device_id or self.tr("no Device ID yet"),
            self.tr("parent {name}").format(name=parent.name) if parent else "",
        ]
        self.detail.setText(" · ".join(part for part in parts if part))

    def show_elsewhere(self, sentence: str) -> None:
        """Say where the job stands when it is not here; "" hides it."""
        self.elsewhere_text.setText(sentence)
        self.elsewhere.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.name)
        titles.addWidget(self.detail)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.sign)
        head.addLayout(titles, 1)
        head.addWidget(self.identify_button)
        strip = QHBoxLayout(self.elsewhere)
        strip.setContentsMargins(14, 8, 8, 8)
        strip.addWidget(self.elsewhere_text, 1)
        strip.addWidget(self.elsewhere_button)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.seen, 6)
        below.addWidget(self.hints, 5)
        content = QWidget()
        content.setProperty("plain", "true")
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.elsewhere)
        column.addWidget(self.card, 1)
        column.addLayout(below)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


def _model_words(model: str | None) -> str:
    return (
        model.replace("-", " ").capitalize().replace("bluenet", "BLUEnet").replace("Iq", "IQ")
        if model
        else ""
    )
