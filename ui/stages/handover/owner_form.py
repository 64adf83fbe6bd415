"""The owner's e-mail, typed twice: an invitation to a wrong address cannot be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from larry.domain.site_rules import is_email
from ui.components.sign import Sign
from ui.components.text import Text


class OwnerForm(QFrame):
    """Two fields and a sentence.

    Signals:
        confirmed: both fields hold the same valid address, and the person left the field; carries it.
        edited: the fields changed, and do not (or no longer) agree with what was confirmed.
    """

    confirmed = Signal(str)
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = QLineEdit()
        self.second = QLineEdit()
        self._word = Text("", "small", "text3", wrap=True)
        self._sign = Sign("mail", "text3", 14)
        self._shown = ""
        self.first.setPlaceholderText(self.tr("owner@example.com"))
        self.second.setPlaceholderText(self.tr("The same again"))
        self.first.setAccessibleName(self.tr("Owner's e-mail"))
        self.second.setAccessibleName(self.tr("Owner's e-mail, second time"))
        self.second.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Text(self.tr("Owner's e-mail, typed twice"), "small-strong", "text2"))
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addWidget(self._word)
        for field in (self.first, self.second):
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self._finished)

    def show_owner(self, email: str, *, confirmed: bool, locked: bool) -> None:
        """Show the address of the plan; a field somebody types in is left alone."""
        if not (self.first.hasFocus() or self.second.hasFocus()) or locked:
            self.first.setText(email)
            if confirmed or not email or self._shown != email:
                self.second.setText(email if confirmed else "")
        self._shown = email
        for field in (self.first, self.second):
            field.setReadOnly(locked)
        self._say()

    def problem(self) -> str:
        """Return what stands against it, "" for nothing."""
        first, second = self.first.text().strip(), self.second.text().strip()
        if not first:
            return self.tr("The invitation goes to this address.")
        if not is_email(first):
            return self.tr("The address is not complete.")
        if not second:
            return self.tr("Type it a second time. Release is locked until both match.")
        if first.casefold() != second.casefold():
            return self.tr("The two differ {where}. Release is locked until they match.").format(
                where=self._difference(first.casefold(), second.casefold())
            )
        return ""

    def go(self) -> None:
        """Give the keys to the field that is missing."""
        field = self.second if is_email(self.first.text().strip()) else self.first
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _difference(self, first: str, second: str) -> str:
        name, _, host = first.partition("@")
        other_name, _, other_host = second.partition("@")
        if name == other_name and host != other_host:
            return self.tr("after “@”")
        return self.tr("before “@”") if host == other_host else self.tr("from each other")

    def _typed(self) -> None:
        self._say()
        self.edited.emit()

    def _finished(self) -> None:
        if not self.problem() and not self.first.isReadOnly():
            self.confirmed.emit(self.first.text().strip())

    def _say(self) -> None:
        problem = self.problem()
        wrong = bool(
            problem and self.first.text() and (self.second.text() or not is_email(self.first.text()))
        )
        self._word.setText(problem or self.tr("Both entries match."))
        self._word.set_tone("error" if wrong else "text3" if problem else "ok")
        self.second.setProperty("invalid", "true" if wrong else "false")
        self.second.style().unpolish(self.second)
        self.second.style().polish(self.second)
