"""One thing that can go wrong: icon, words, where needed a number, and a switch (or a button for once)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.sign import Sign
from ui.components.switch import Switch
from ui.components.text import ElidedText
from ui.practice.fault_list import FaultEntry


class FaultRow(QWidget):
    """A fault of the control API.

    Signals:
        switched: fault, on or off, its number (None without one).
    """

    switched = Signal(str, bool, object)

    def __init__(self, entry: FaultEntry) -> None:
        super().__init__()
        self.entry = entry
        self._sign = Sign(entry.icon, "text2", 18)
        self.switch = Switch(f"{entry.title}, {entry.detail}")
        self.once = Button(self.tr("Now"), "plain", size="s")
        self.once.setAccessibleName(f"{entry.title}, {entry.detail}")
        self.number = QSpinBox()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedText(entry.title, "medium"))
        words.addWidget(ElidedText(entry.detail, "small", "text2"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        if entry.number is not None:
            row.addWidget(self._number_field())
        row.addWidget(self.once if entry.once else self.switch)
        self.switch.clicked.connect(self._tell)
        self.once.clicked.connect(lambda: self.switched.emit(entry.fault, True, None))

    def show_value(self, value: Any) -> None:
        """Show whether it is on; a number somebody types is left alone."""
        on = value is not None
        self.switch.setChecked(on)
        self._sign.show_icon(self.entry.icon, "warn" if on else "text2")
        key = self.entry.number_key
        if isinstance(value, dict) and key in value and not self.number.hasFocus():
            blocked = self.number.blockSignals(True)
            self.number.setValue(int(value[key]))
            self.number.blockSignals(blocked)

    def _number_field(self) -> QSpinBox:
        self.number.setRange(*self.entry.span)
        self.number.setValue(self.entry.number or 0)
        self.number.setSuffix(self.entry.suffix)
        self.number.setFixedWidth(76)
        self.number.setKeyboardTracking(False)
        self.number.setAccessibleName(f"{self.entry.title}, {self.entry.detail}")
        self.number.valueChanged.connect(self._number_changed)
        return self.number

    def _number_changed(self, _value: int) -> None:
        if self.switch.isChecked():
            self._tell()

    def _tell(self) -> None:
        value = self.number.value() if self.entry.number is not None else None
        self.switched.emit(self.entry.fault, self.switch.isChecked(), value)
