"""Wi-Fi for all IQs: network and password, entered once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.hidden_field import HiddenField
from ui.components.text import Text

MAX_SSID_BYTES, MAX_PASSWORD_BYTES, MIN_PASSWORD = 32, 64, 8
"""Improv and 802.11: a name of 1 to 32 bytes; WPA2 wants 8 to 63 characters or 64 hex digits."""


class EnterWifiDialog(QDialog):
    """Asks for network and password; open it with `open()`.

    The password leaves the dialog only in the signal; the field is empty afterwards.

    Signals:
        confirmed: carries the network and the password, "" for an open network.
    """

    confirmed = Signal(str, str)

    def __init__(self, parent: QWidget, networks: list[str], iq_count: int, *, password: str = "") -> None:
        """Make it.

        Args:
            networks: names to offer, the first one is filled in.
            iq_count: for how many IQs it will be used.
            password: to begin with: the note at the reception of the practice site.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Wi-Fi for all IQs"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.network = QComboBox()
        self.network.setEditable(True)
        self.network.addItems(networks)
        self.network.setAccessibleName(self.tr("Network"))
        self.network.lineEdit().setMaxLength(MAX_SSID_BYTES)
        self.network.lineEdit().setPlaceholderText(self.tr("Name of the network"))
        self.password = HiddenField(self.tr("Password"))
        self.password.setText(password)
        self.open_network = QCheckBox(self.tr("Open network, no password (last resort)"))
        self.problem = Text("", "small", "error", wrap=True)
        self._iq_count = iq_count
        self.ok = Button(self.tr("Use for {n} IQs").format(n=iq_count), "primary", "wifi")
        self.ok.setDefault(True)
        self._lay_out()
        self.network.editTextChanged.connect(self._check)
        self.password.textChanged.connect(self._check)
        self.open_network.toggled.connect(self._toggled)
        self.ok.clicked.connect(self._confirm)
        self._check()
        (self.password if networks else self.network).setFocus()

    def _toggled(self, is_open: bool) -> None:
        self.password.setEnabled(not is_open)
        self._check()

    def _check(self) -> None:
        self.problem.setText(self._what_is_wrong())
        self.ok.setEnabled(self._complete())

    def _complete(self) -> bool:
        has_password = self.open_network.isChecked() or bool(self.password.text())
        return bool(self.network.currentText().strip()) and has_password and not self._what_is_wrong()

    def _what_is_wrong(self) -> str:
        if len(self.network.currentText().strip().encode()) > MAX_SSID_BYTES:
            return self.tr("A network's name has at most 32 bytes.")
        password = self.password.text()
        if self.open_network.isChecked() or not password:
            return ""
        if len(password) < MIN_PASSWORD:
            return self.tr("A WPA2 password has at least 8 characters.")
        if len(password.encode()) > MAX_PASSWORD_BYTES:
            return self.tr("A password has at most 64 bytes.")
        return ""

    def _confirm(self) -> None:
        if not self._complete():
            return
        password = self.password.take()
        self.confirmed.emit(
            self.network.currentText().strip(), "" if self.open_network.isChecked() else password
        )
        self.accept()

    def done(self, result: int) -> None:
        self.password.take()
        super().done(result)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(6)
        column.addWidget(Text(self.tr("Wi-Fi for all IQs"), "title"))
        words = self.tr(
            "Entered once, sent to each IQ while its 2-minute window is open. WPA2, 2.4 GHz; "
            "5 GHz only with the newer dongle."
        )
        column.addWidget(Text(words, "base", "text2", wrap=True))
        column.addSpacing(10)
        for label, field in ((self.tr("Network"), self.network), (self.tr("Password"), self.password)):
            column.addWidget(Text(label, "medium"))
            column.addWidget(field)
            column.addSpacing(6)
        column.addWidget(self.open_network)
        column.addWidget(self.problem)
        column.addSpacing(8)
        cancel = Button(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
