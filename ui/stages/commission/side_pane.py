"""The right side of Commission: what comes next, the log of the device, safe to close."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from larry.services.commission.board import NextLine
from larry.services.commission.step_state import LogLine
from ui.components.button import Button
from ui.components.painting import draw_text, fill_round
from ui.components.text import ElidedText, Text, line
from ui.stages.commission.log_list import LogList
from ui.style.icons import paint_icon

_ROW = 44
MOST_LINES = 5


class NextList(QWidget):
    """The next steps, numbered."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[NextLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[NextLine]) -> None:
        """Show at most `MOST_LINES`; the last one, which leads to the next device, is always among them."""
        shown = tuple(lines)
        if len(shown) > MOST_LINES:
            shown = (*shown[: MOST_LINES - 1], shown[-1])
        if shown == self._lines:
            return
        self._lines = shown
        self.setAccessibleName("; ".join(f"{each.text}, {each.detail}".strip(", ") for each in shown))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _ROW * len(self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, each in enumerate(self._lines):
            top = number * _ROW
            dot = QRect(0, top + 2, 22, 22)
            fill_round(painter, dot, "sunken", 11)
            draw_text(painter, dot, str(number + 1), "text2", "small-medium", Qt.AlignmentFlag.AlignHCenter)
            words = QRect(32, top, self.width() - 32, 18)
            draw_text(painter, words, each.text, "text", "medium")
            draw_text(painter, words.translated(0, 18), each.detail, "text2", "small")


class _SafeNote(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "info")
        title = Text(self.tr("Safe to close the lid"), "strong")
        words = Text(
            self.tr("Every step is saved. The job continues here after sleep or a restart."),
            "base",
            "text2",
            wrap=True,
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(38, 10, 14, 12)
        box.setSpacing(3)
        box.addWidget(title)
        box.addWidget(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_icon(QPainter(self), "save", QRect(12, 11, 17, 17), "info")


class SidePane(QFrame):
    """Next, log and note."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.next = NextList()
        self.next_title = Text(self.tr("Next"), "heading")
        self.log_title = ElidedText("", "strong")
        self.copy_button = Button("", "ghost", "copy", size="s")
        self.copy_button.setAccessibleName(self.tr("Copy the log"))
        self.copy_button.setToolTip(self.tr("Copy the log"))
        self.log = LogList()
        self._rule = line()
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.log.text()))
        head = QHBoxLayout()
        head.addWidget(self.log_title, 1)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.next_title)
        column.addSpacing(4)
        column.addWidget(self.next)
        column.addWidget(self._rule)
        column.addLayout(head)
        column.addWidget(self.log, 1)
        column.addWidget(_SafeNote())

    def show_next(self, lines: Sequence[NextLine]) -> None:
        """Show what comes next; nothing hides the section."""
        self.next.show_lines(lines)
        for widget in (self.next_title, self.next, self._rule):
            widget.setVisible(bool(lines))

    def show_log(self, title: str, lines: Sequence[LogLine]) -> None:
        """Show the log of a device or of the job."""
        self.log_title.setText(title)
        self.log.show_lines(lines)
        self.copy_button.setEnabled(bool(lines))
