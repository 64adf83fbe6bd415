"""A field whose text is hidden until its eye is pressed; a scanner that types and presses Enter works too."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ui.style.icons import icon

MOST_CHARACTERS = 128


class HiddenField(QLineEdit):
    """A line edit for a value that is asked for now and handed on by a button, a dialog or Enter.

    Unlike `SecretField` it keeps its text while the focus goes elsewhere; `take` leaves nothing behind.
    """

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(MOST_CHARACTERS)
        self._eye = self.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.setText(self.tr("Show what is typed"))
        self._eye.setToolTip(self.tr("Show what is typed"))
        self._eye.toggled.connect(self._look)

    def show_typed(self, shown: bool) -> None:
        """Show what is typed, or hide it."""
        self._eye.setChecked(shown)

    def take(self) -> str:
        """Return the text and empty the field, its undo history too."""
        value = self.text()
        self.setText("")
        self.show_typed(False)
        return value

    def _look(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-off" if shown else "eye"))
