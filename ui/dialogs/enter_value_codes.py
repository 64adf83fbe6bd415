"""Activation codes of all IQs: one field each, many in a row with a scanner."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.hidden_field import HiddenField
from ui.components.text import Text


class EnterCodesDialog(QDialog):
    """Asks for activation codes; open it with `open()`. Enter (or a scanner) goes to the next field.

    Signals:
        confirmed: carries `{node id: code}` of the fields that were filled in; they are empty afterwards.
    """

    confirmed = Signal(object)

    def __init__(self, parent: QWidget, iqs: Sequence[tuple[str, str, bool]]) -> None:
        """Make it.

        Args:
            iqs: node id, name, and whether a code is stored already.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Activation codes"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.fields: dict[str, HiddenField] = {}
        self.ok = Button(self.tr("Keep codes"), "primary", "check")
        self.ok.setAutoDefault(False)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for row, (node_id, name, known) in enumerate(iqs):
            hint = self.tr("entered, type to change") if known else self.tr("type or scan")
            field = HiddenField(self.tr("Activation code of {name}").format(name=name), hint)
            self.fields[node_id] = field
            grid.addWidget(Text(name, "medium"), row, 0)
            grid.addWidget(field, row, 1)
            field.returnPressed.connect(lambda node_id=node_id: self._next(node_id))
            field.textChanged.connect(self._check)
        self._lay_out(grid)
        self.ok.clicked.connect(self._confirm)
        self._check()
        first = next((node_id for node_id, _, known in iqs if not known), None)
        if first is not None:
            self.fields[first].setFocus()

    def _next(self, node_id: str) -> None:
        if not self.fields[node_id].text().strip():
            return
        ids = list(self.fields)
        after = ids[ids.index(node_id) + 1 :]
        if after:
            self.fields[after[0]].setFocus()
        else:
            self.ok.setFocus()

    def _check(self) -> None:
        self.ok.setEnabled(any(field.text().strip() for field in self.fields.values()))

    def _confirm(self) -> None:
        codes = {node_id: field.take().strip() for node_id, field in self.fields.items()}
        self.confirmed.emit({node_id: code for node_id, code in codes.items() if code})
        self.accept()

    def done(self, result: int) -> None:
        for field in self.fields.values():
            field.take()
        super().done(result)

    def _lay_out(self, grid: QGridLayout) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        column.addWidget(Text(self.tr("Activation codes"), "title"))
        words = self.tr(
            "On the barcode sticker behind the front cover of each IQ. Kept sealed in the site file."
        )
        column.addWidget(Text(words, "base", "text2", wrap=True))
        column.addSpacing(8)
        holder = QWidget()
        holder.setProperty("plain", "true")
        holder.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMinimumHeight(min(360, 44 * len(self.fields) + 8))
        column.addWidget(scroll)
        column.addSpacing(8)
        cancel = Button(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
