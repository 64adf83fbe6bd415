"""Asks for the passphrase that opens the secrets of a site, where the computer has no keyring."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.text import Text


class PassphraseDialog(QDialog):
    """Asks once; open it with `open()`.

    Signals:
        given: carries the passphrase.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget, site: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Passphrase"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Passphrase"))
        ok = Button(self.tr("Open secrets"), "primary", "key-round")
        ok.setDefault(True)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        ok.clicked.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text(self.tr("Passphrase for {site}").format(site=site), "title"))
        why = self.tr(
            "This computer has no keyring. The passphrase protects activation codes and Wi-Fi passwords in "
            "the site file; the first one you type becomes the passphrase of this site."
        )
        column.addWidget(Text(why, "base", "text2", wrap=True))
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(ok)
        column.addLayout(row)

    def _give(self) -> None:
        if self.field.text():
            self.given.emit(self.field.text())
            self.accept()


class SessionPassphrase:
    """The passphrase of the session: in memory until the site is closed, asked for when missing."""

    def __init__(self) -> None:
        self._text: str | None = None

    def __repr__(self) -> str:
        return f"<SessionPassphrase {'given' if self._text else 'not given'}>"

    def __call__(self) -> str | None:
        """Give it to the secret store; None while nobody typed it."""
        return self._text

    def preset(self, text: str) -> None:
        """Use a known one, as the practice site does."""
        self._text = text

    def ask(self, parent: QWidget, site: str, then: Callable[[], None]) -> None:
        """Ask for it, then go on."""
        dialog = PassphraseDialog(parent, site)

        def given(text: str) -> None:
            self._text = text
            then()

        dialog.given.connect(given)
        dialog.open()
