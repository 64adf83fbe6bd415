"""The right side of Hand over: the steps, the owner, the pack, and the one next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.components.button import Button
from ui.components.chip import Chip
from ui.components.note import Note
from ui.components.sign import Sign
from ui.components.text import ElidedText, Text, line
from ui.stages.handover.handover_steps import HandoverSteps
from ui.stages.handover.handover_view import HandoverView
from ui.stages.handover.owner_form import OwnerForm
from ui.stages.handover.pack_contents import PackContents


class HandoverPane(QFrame):
    """Shows a `HandoverView`.

    Signals:
        pressed: a button was pressed; carries its key: primary, second, elsewhere, folder, report, verify.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.chip = Chip("", "neutral")
        self.steps = HandoverSteps()
        self.note = Note()
        self.owner = OwnerForm()
        self.contents_title = Text("", "small-strong", "text2")
        self.contents = PackContents()
        self.pack_box = QFrame()
        self.pack_name = ElidedText("", "medium")
        self.pack_detail = Text("", "small", "text2", wrap=True)
        self.busy = QFrame()
        self.busy_text = Text("", "base", "text2", wrap=True)
        self.primary = Button("", "primary", size="l")
        self.hint_sign = Sign("info", "text3", 14)
        self.hint = Text("", "small", "text2", wrap=True)
        self.second = Button("", "plain")
        self.elsewhere = Button(self.tr("Released in SALTO's own tool…"), "ghost", size="s")
        self._pack_buttons: dict[str, Button] = {}
        self._lay_out()
        for key, button in (
            ("primary", self.primary),
            ("second", self.second),
            ("elsewhere", self.elsewhere),
        ):
            button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))

    def show_view(self, view: HandoverView) -> None:
        """Show how far the handover is."""
        self.chip.set_chip(*view.chip)
        self.steps.show_steps(view.steps)
        self.owner.show_owner(view.owner, confirmed=view.owner_confirmed, locked=view.locked)
        self.owner.setVisible(not view.released)
        self.contents_title.setText(view.contents_title)
        self.contents.show_lines(view.contents)
        self.pack_box.setVisible(bool(view.pack_name))
        self.pack_name.setText(view.pack_name)
        self.pack_detail.setText(view.pack_detail)
        self.pack_detail.set_tone(view.pack_tone)
        for button in self._pack_buttons.values():
            button.setEnabled(view.pack_there and not view.busy)
        self.busy.setVisible(bool(view.busy))
        self.busy_text.setText(view.busy)
        self.primary.setVisible(bool(view.primary))
        self.primary.set_look(text=view.primary, icon=view.primary_icon)
        self.primary.setEnabled(view.primary_on and not view.busy)
        self.hint.setText(view.hint)
        self.hint.set_tone(view.hint_tone)
        for widget in (self.hint, self.hint_sign):
            widget.setVisible(bool(view.hint))
        signs = {"error": "octagon-x", "ok": "circle-check", "warn": "triangle-alert"}
        self.hint_sign.show_icon(signs.get(view.hint_tone, "info"), view.hint_tone)
        self.second.setVisible(bool(view.second))
        self.second.set_look(text=view.second, icon="file-text")
        self.second.setEnabled(not view.busy)
        self.elsewhere.setVisible(view.elsewhere and not view.busy)

    def show_problem(self, title: str, words: str, button: str, act: object) -> None:
        """Say what did not work, with the next step."""
        self.note.say("error", title, words, button, act)  # type: ignore[arg-type]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(Text(self.tr("Handover"), "heading"), 1)
        head.addWidget(self.chip)
        inner = QWidget()
        inner.setProperty("plain", "true")
        middle = QVBoxLayout(inner)
        middle.setContentsMargins(16, 10, 16, 12)
        middle.setSpacing(12)
        middle.addWidget(self.steps)
        middle.addWidget(self.note)
        middle.addWidget(self.owner)
        middle.addWidget(self.pack_box)
        contents = QVBoxLayout()
        contents.setSpacing(4)
        contents.addWidget(self.contents_title)
        contents.addWidget(self.contents)
        middle.addLayout(contents)
        middle.addStretch(1)
        self._lay_out_pack()
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addWidget(line())
        column.addLayout(self._foot())

    def _lay_out_pack(self) -> None:
        column = QVBoxLayout(self.pack_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(self.tr("Last pack"), "small-strong", "text2"))
        column.addWidget(self.pack_name)
        column.addWidget(self.pack_detail)
        row = QHBoxLayout()
        row.setSpacing(6)
        for key, text, icon in (
            ("folder", self.tr("Folder"), "folder-open"),
            ("report", self.tr("Report"), "file-text"),
            ("verify", self.tr("Verify"), "shield-check"),
        ):
            button = Button(text, "plain", icon, size="s")
            button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
            self._pack_buttons[key] = button
            row.addWidget(button)
        self._pack_buttons["folder"].setAccessibleName(self.tr("Show the folder of the pack"))
        self._pack_buttons["report"].setAccessibleName(self.tr("Open the report of the pack"))
        self._pack_buttons["verify"].setAccessibleName(self.tr("Verify the pack"))
        row.addStretch(1)
        column.addSpacing(2)
        column.addLayout(row)

    def _foot(self) -> QVBoxLayout:
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Work in progress"))
        busy = QVBoxLayout(self.busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.setSpacing(6)
        busy.addWidget(self.busy_text)
        busy.addWidget(bar)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.hint_sign, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.hint, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.busy)
        foot.addWidget(self.primary)
        foot.addLayout(words)
        foot.addWidget(self.second)
        foot.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignHCenter)
        for button in (self.primary, self.second):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return foot
