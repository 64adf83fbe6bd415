"""A message at the bottom of the window: what happened, why, what next. It blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.bridge.announce import announce
from ui.components.button import Button
from ui.components.painting import fill_round
from ui.components.sign import Sign
from ui.components.text import Text
from ui.notice import Notice

ICONS = {"error": "octagon-x", "warn": "triangle-alert", "ok": "circle-check", "info": "info"}
_READ_MS = {"ok": 4500, "info": 7000, "warn": 12000}


class Toast(QFrame):
    """Shows one notice; errors stay until they are closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = "info"
        self._sign = Sign("info", "info", 18)
        self._what = Text("", "strong", wrap=True)
        self._why = Text("", "base", "text2", wrap=True)
        close = Button("", "ghost", "x", size="s")
        close.setAccessibleName(self.tr("Close the message"))
        close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 8, 12)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        self._tone = notice.tone if notice.tone in ICONS else "info"
        self._sign.show_icon(ICONS[self._tone], self._tone)
        self._what.setText(notice.what)
        second = " ".join(part for part in (notice.why, notice.remedy, notice.code) if part)
        self._why.setText(second)
        self._why.setVisible(bool(second))
        self.setAccessibleName(f"{notice.what} {second}".strip())
        announce(self, self.accessibleName(), urgent=self._tone == "error")
        self.place()
        self.show()
        self.raise_()
        self._timer.stop()
        if self._tone != "error":
            self._timer.start(_READ_MS[self._tone])

    def place(self) -> None:
        """Stand at the bottom in the middle of the window."""
        parent = self.parentWidget()
        width = min(560, parent.width() - 48)
        self.setFixedWidth(width)
        self.layout().activate()
        height = (
            self.layout().heightForWidth(width)
            if self.layout().hasHeightForWidth()
            else self.sizeHint().height()
        )
        self.resize(width, max(48, height))
        self.move((parent.width() - width) // 2, parent.height() - self.height() - 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_round(painter, self.rect(), f"{self._tone}_soft", 10, self._tone)
