"""The four stages in the top bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.components.painting import draw_focus_ring, draw_text, fill_round, text_width
from ui.style.icons import paint_icon
from ui.style.theme import colour

HEIGHT = 52


class _Tab(QPushButton):
    def __init__(self, text: str, icon: str) -> None:
        super().__init__(text)
        self._icon_name = icon
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), "body-medium") + 24 + 16, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect()
        if self.underMouse() and not self.isChecked():
            fill_round(painter, box.adjusted(0, 10, 0, -10), "hover", 6)
        ink = "text" if self.isChecked() else "text2"
        paint_icon(painter, self._icon_name, QRect(8, 17, 18, 18), "accent" if self.isChecked() else ink)
        draw_text(painter, QRect(32, 0, box.width() - 36, HEIGHT), self.text(), ink, "body-medium")
        if self.isChecked():
            painter.fillRect(QRect(8, HEIGHT - 2, box.width() - 16, 2), colour("accent"))
        if self.hasFocus():
            draw_focus_ring(painter, box.adjusted(0, 8, 0, -8), 6)


class StageTabs(QWidget):
    """Chooses the stage.

    Signals:
        chosen: the key of the stage.
    """

    chosen = Signal(str)

    def __init__(self, stages: list[tuple[str, str, str]]) -> None:
        """Make it of `(key, title, icon)`."""
        super().__init__()
        self.setAccessibleName(self.tr("Stages"))
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _Tab] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for number, (key, title, icon) in enumerate(stages, 1):
            tab = _Tab(title, icon)
            tab.setToolTip(f"{title} (Ctrl+{number})")
            tab.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._tabs[key] = tab
            self._group.addButton(tab)
            box.addWidget(tab)

    def choose(self, key: str) -> None:
        """Mark a stage."""
        if key in self._tabs:
            self._tabs[key].setChecked(True)
