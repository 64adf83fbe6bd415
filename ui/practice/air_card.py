"""The air: extra loss at the chosen device, noise and lost packets everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from ui.components.painting import draw_signal
from ui.components.text import Text
from ui.practice.card import Card
from ui.practice.practice_feed import PracticeFeed

CALM_NOISE_DB = 1.5
_SETTLE_MS = 180


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.rssi_dbm: float | None = None
        self.setFixedSize(20, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_signal(QPainter(self), 0, 16, self.rssi_dbm)


class AirSlider(QWidget):
    """A named slider with its value in words; it tells once the hand rests.

    Signals:
        settled: carries the value.
    """

    settled = Signal(int)

    def __init__(self, name: str, most: int, words: Callable[[int], str]) -> None:
        super().__init__()
        self._words = words
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, most)
        self.slider.setAccessibleName(name)
        self.slider.setPageStep(max(1, most // 8))
        self.slider.setMinimumHeight(22)
        self._value = Text(words(0), "base", "text2")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        head = QHBoxLayout()
        head.addWidget(Text(name), 1)
        head.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.slider)
        self.slider.valueChanged.connect(self._moved)
        self._timer.timeout.connect(lambda: self.settled.emit(self.slider.value()))

    def show_value(self, value: int) -> None:
        """Show a value without telling; not while a hand is on it."""
        if self.slider.isSliderDown() or self._timer.isActive():
            return
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(blocked)
        self._value.setText(self._words(self.slider.value()))

    def _moved(self, value: int) -> None:
        self._value.setText(self._words(value))
        self._timer.start()


class AirCard(Card):
    """Sliders of the air.

    Signals:
        switched: fault, on or off, its number, and whether it is the chosen device's.
    """

    switched = Signal(str, bool, object, bool)

    def __init__(self) -> None:
        super().__init__(self.tr("Air at this door"))
        self.loss_db = AirSlider(self.tr("Extra loss"), 40, lambda v: self.tr("{n} dB").format(n=v))
        self.noise = AirSlider(self.tr("Noise"), 12, self._noise_words)
        self.lost = AirSlider(self.tr("Lost packets"), 90, lambda v: self.tr("{n} %").format(n=v))
        self._bars = _Bars()
        self._heard = Text("", "base", "text2")
        for widget in (self.loss_db, self.noise, self.lost):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._bars)
        row.addWidget(self._heard, 1)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.loss_db.settled.connect(lambda v: self.switched.emit("extra-loss-db", v > 0, v, True))
        self.noise.settled.connect(lambda v: self.switched.emit("noise_db", v > 0, v, False))
        self.lost.settled.connect(lambda v: self.switched.emit("loss", v > 0, v / 100, False))

    def show_device(self, device: dict[str, Any], feed: PracticeFeed) -> None:
        """Show the air at a device."""
        self.loss_db.show_value(_number(feed.fault("extra-loss-db", device["name"]), "db", 0.0))
        self.noise.show_value(_number(feed.fault("noise_db"), "value", 0.0))
        self.lost.show_value(_number(feed.fault("loss"), "value", 0.0, 100))
        rssi = device["rssi_dbm"]
        self._bars.rssi_dbm = rssi
        self._bars.update()
        if rssi is None:
            self._heard.setText(self.tr("The laptop does not hear it"))
        else:
            number = f"{rssi:.0f}".replace("-", "−")
            self._heard.setText(self.tr("The laptop hears {n} dBm").format(n=number))

    def _noise_words(self, value: int) -> str:
        if value == 0:
            return self.tr("calm")
        return self.tr("{n} dB, everywhere").format(n=value)


def _number(value: Any, key: str, default: float, factor: float = 1.0) -> int:
    if isinstance(value, dict):
        return round(float(value.get(key, default)) * factor)
    return round(default * factor)
