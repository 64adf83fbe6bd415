"""The field for what a step asks: a code, a password, a network. A scanner that ends with Enter submits."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.hidden_field import HiddenField
from ui.components.text import Text


class ValueEntry(QWidget):
    """Takes one value.

    Signals:
        given: carries the value; the field is empty then.
    """

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._asks = ""
        self.label = Text("", "medium")
        self.secret = HiddenField("")
        self.plain = QLineEdit()
        self.plain.setMaxLength(32)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.plain.setCompleter(completer)
        self.button = Button("", "primary", "corner-down-left")
        for field in (self.secret, self.plain):
            field.returnPressed.connect(self._give)
            field.textChanged.connect(self._changed)
            field.setMinimumHeight(32)
            field.setMinimumWidth(150)
        self.button.clicked.connect(self._give)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.secret, 1)
        row.addWidget(self.plain, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addLayout(row)

    @property
    def field(self) -> QLineEdit:
        """The field in use."""
        return self.plain if self._asks == "wifi_ssid" else self.secret

    def ask(self, name: str, networks: list[str]) -> None:
        """Ask for a value by its name; what is half typed stays while the same is asked.

        Args:
            networks: names to offer where a network is asked for.
        """
        self._names.setStringList(networks)
        if name == self._asks:
            return
        self.clear()
        self._asks = name
        words = {
            "activation_code": (self.tr("Activation code"), self.tr("Type or scan the sticker")),
            "wifi_password": (self.tr("Password of the network"), self.tr("Empty for an open network")),
            "wifi_ssid": (self.tr("Network"), self.tr("Name of the network")),
        }
        label, placeholder = words[name]
        self.label.setText(label)
        self.field.setAccessibleName(label)
        self.field.setPlaceholderText(placeholder)
        self.secret.setVisible(self.field is self.secret)
        self.plain.setVisible(self.field is self.plain)
        self.button.set_look(text=self.tr("Enter"))
        self._changed()

    def clear(self) -> None:
        """Forget what was typed."""
        self._asks = ""
        self.secret.take()
        self.plain.clear()

    def _changed(self) -> None:
        self.button.setEnabled(bool(self.field.text().strip()) or self._asks == "wifi_password")

    def _give(self) -> None:
        if not self.button.isEnabled():
            return
        value = self.secret.take() if self.field is self.secret else self.plain.text().strip()
        self.plain.clear()
        self.given.emit(value)
