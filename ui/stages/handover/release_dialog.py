"""Asks before the release: it cannot be taken back. In plain words what ends and what begins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.components.button import Button
from ui.components.sign import Sign
from ui.components.text import Text


class ReleaseDialog(QDialog):
    """Open it with `open()`; `accepted` means release.

    Args:
        site: its name.
        email: the owner's e-mail; "" when it was released in the maker's own tool and is only marked here.
    """

    def __init__(self, parent: QWidget, site: str, email: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Release"))
        self.setFixedWidth(520)
        if email:
            title = self.tr("Release {site} to {email}?").format(site=site, email=email)
            lines = [
                ("mail", self.tr("The cloud invites {email} as the owner.").format(email=email)),
                ("log-out", self.tr("Your rights on this site end: the owner lets you in again, or nobody.")),
                ("lock", self.tr("The plan here becomes read-only. Undo ends here too.")),
                ("package-check", self.tr("Locks, repeaters and IQs go on working as they are.")),
            ]
            word = self.tr("Release to the owner")
        else:
            title = self.tr("Mark {site} as released?").format(site=site)
            lines = [
                ("globe", self.tr("Do this when you released the site in SALTO's own tool.")),
                ("cloud-off", self.tr("Larry asks no cloud and invites nobody.")),
                ("lock", self.tr("The plan here becomes read-only. Undo ends here too.")),
            ]
            word = self.tr("Mark as released")
        self.ok = Button(word, "primary", "send" if email else "lock")
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.setDefault(True)
        self.ok.setAutoDefault(False)
        self.ok.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._lay_out(title, lines)
        self.cancel.setFocus()

    def _lay_out(self, title: str, lines: list[tuple[str, str]]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text(title, "title", wrap=True))
        for icon, words in lines:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Sign(icon, "text2", 18))
            row.addWidget(Text(words, "body", wrap=True), 1)
            column.addLayout(row)
        note = Text(self.tr("The release cannot be taken back."), "medium", "error")
        column.addSpacing(4)
        column.addWidget(note)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
