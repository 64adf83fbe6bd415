"""The head of the chosen device: what it is, what it shows, what is printed on it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.led_light import LedLight
from ui.components.painting import draw_kind
from ui.components.text import ElidedText, Text
from ui.practice.device_words import light_of, light_words, model_words, state_words, waits_for


class _KindSign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.kind, self.model = "lock", ""
        self.setFixedSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_kind(QPainter(self), QRect(1, 1, 38, 38), self.kind, self.model)


class DeviceHead(QFrame):
    """Name, state, light and sticker."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = _KindSign()
        self.name = ElidedText("", "title")
        self._detail = ElidedText("", "base", "text2")
        self._chip = Chip("", "warn", "hourglass")
        self._light = LedLight("off", "off", 28)
        self._light_words = Text("", "base", "text2")
        self._sticker = QFrame()
        self._code = ElidedText("", "small", "text2")
        self.copy = Button(self.tr("Copy code"), "ghost", "copy", size="s")
        self._plain_code = ""
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self._chip)
        row.addWidget(self._light)
        row.addWidget(self._light_words)
        sticker = QHBoxLayout(self._sticker)
        sticker.setContentsMargins(52, 0, 0, 0)
        sticker.setSpacing(8)
        sticker.addWidget(self._code, 1)
        sticker.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._sticker)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._plain_code))

    def show_device(self, device: dict[str, Any]) -> None:
        """Show a device as it is now."""
        self._sign.kind, self._sign.model = device["kind"], device["model"]
        self._sign.update()
        self.name.setText(device["name"])
        self._detail.setText(self._detail_words(device))
        self._light.show_light(*light_of(device))
        self._light_words.setText(light_words(device))
        self._show_chip(device)
        sticker = device.get("sticker")
        words = self.tr("On its sticker: {id}").format(id=device["device_id"])
        self._plain_code = sticker["activation_code"] if sticker else device["device_id"]
        if sticker:
            more = self.tr("activation code {code} · MAC {mac}")
            words += " · " + more.format(code=self._plain_code, mac=sticker["mac"])
        self._code.setText(words)
        self.copy.set_look(text=self.tr("Copy code") if sticker else self.tr("Copy ID"))

    def _detail_words(self, device: dict[str, Any]) -> str:
        parts = [model_words(device), state_words(device)]
        if device.get("iq"):
            parts.append(self.tr("at {name}").format(name=device["iq"]))
        if device["battery_percent"] is not None:
            parts.append(self.tr("battery {n} %").format(n=device["battery_percent"]))
        return " · ".join(parts)

    def _show_chip(self, device: dict[str, Any]) -> None:
        wanted = waits_for(device)
        left_s = int(device.get("window_left_s") or 0)
        if wanted in ("maintenance-card", "reset-2s"):
            text = (
                self.tr("Larry waits for this lock") if device["kind"] == "lock" else self.tr("Larry waits")
            )
            self._chip.set_chip(text, "warn", "hourglass")
        elif left_s > 0:
            text = self.tr("Window open {time}").format(time=f"{left_s // 60}:{left_s % 60:02}")
            self._chip.set_chip(text, "ok", "bluetooth")
        elif device["app_connected"]:
            self._chip.set_chip(self.tr("Larry is connected"), "accent", "link")
        self._chip.setVisible(
            bool(wanted in ("maintenance-card", "reset-2s") or left_s or device["app_connected"])
        )
