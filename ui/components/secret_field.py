"""A field for a secret: what is typed is shown only on request, what is stored is never shown again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ui.style.icons import icon


class SecretField(QLineEdit):
    """Takes a new secret; the stored one is only known to exist.

    Signals:
        entered: a new secret was typed and confirmed by Enter or by leaving the field.
    """

    entered = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = self.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setText(self.tr("Show what is typed"))
        self._eye.setToolTip(self.tr("Show what is typed"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._look)
        self.editingFinished.connect(self._done)
        self.show_known(False)

    def show_known(self, known: bool) -> None:
        """Say whether a secret is stored."""
        if self.isModified() and self.text():
            return
        self.clear()
        self._eye.setChecked(False)
        self.setPlaceholderText(self.tr("stored, protected") if known else self.tr("not entered"))

    def _look(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-off" if shown else "eye"))

    def _done(self) -> None:
        if self.isModified() and self.text():
            text = self.text()
            self.clear()
            self.setModified(False)
            self.entered.emit(text)
