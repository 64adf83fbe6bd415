"""The look in use: light, dark, or as the system has it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from larry.resource_paths import resource_path
from ui.style.fonts import base_font, load_fonts
from ui.style.stylesheet import stylesheet
from ui.style.tokens import DARK, LIGHT, Tokens

MODES = ("system", "light", "dark")


class Theme(QObject):
    """Holds the tokens in use and puts them on the application.

    Painters read `theme().tokens` (or `colour("accent")`) at paint time: a change needs a repaint only.

    Signals:
        changed: other tokens are in use.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "system"
        self.tokens: Tokens = LIGHT
        self._application: QApplication | None = None
        self._pictures = QTemporaryDir()

    def install(self, application: QApplication, mode: str = "system") -> None:
        """Load the fonts, dress the application and follow the system where the mode says so."""
        self._application = application
        application.setStyle("Fusion")
        load_fonts()
        application.setFont(base_font())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.set_mode(mode)

    def set_mode(self, mode: str) -> None:
        """Choose `light`, `dark` or `system`."""
        self.mode = mode if mode in MODES else "system"
        dark = self._system_is_dark() if self.mode == "system" else self.mode == "dark"
        self.tokens = DARK if dark else LIGHT
        if self._application is not None:
            self._application.setPalette(_palette(self.tokens))
            self._application.setStyleSheet(stylesheet(self.tokens, self._tinted_pictures()))
        self.changed.emit()

    def _system_changed(self) -> None:
        if self.mode == "system":
            self.set_mode("system")

    def _tinted_pictures(self) -> dict[str, str]:
        """Write the few pictures a style sheet can only load from a file, in the look's colours."""
        paths: dict[str, str] = {}
        wanted = (("chevron", "chevron-down", self.tokens.text2), ("tick", "check", self.tokens.on_accent))
        for key, name, tint in wanted:
            source = (resource_path("icons") / f"{name}.svg").read_text(encoding="utf-8")
            path = Path(self._pictures.path()) / f"{key}-{self.tokens.name}.svg"
            path.write_text(source.replace("currentColor", tint), encoding="utf-8")
            paths[key] = path.as_posix()
        return paths

    @staticmethod
    def _system_is_dark() -> bool:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


_THEME: list[Theme] = []


def theme() -> Theme:
    """Return the theme of this process."""
    if not _THEME:
        _THEME.append(Theme())
    return _THEME[0]


def tokens() -> Tokens:
    """Return the tokens in use."""
    return theme().tokens


def colour(name: str) -> QColor:
    """Return a token as a colour, such as `colour("accent")`."""
    return QColor(getattr(theme().tokens, name))


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: look.bg,
        QPalette.ColorRole.WindowText: look.text,
        QPalette.ColorRole.Base: look.surface,
        QPalette.ColorRole.AlternateBase: look.sunken,
        QPalette.ColorRole.Text: look.text,
        QPalette.ColorRole.Button: look.surface,
        QPalette.ColorRole.ButtonText: look.text,
        QPalette.ColorRole.BrightText: look.on_accent,
        QPalette.ColorRole.Highlight: look.accent,
        QPalette.ColorRole.HighlightedText: look.on_accent,
        QPalette.ColorRole.ToolTipBase: look.text,
        QPalette.ColorRole.ToolTipText: look.surface,
        QPalette.ColorRole.PlaceholderText: look.text3,
        QPalette.ColorRole.Link: look.accent,
        QPalette.ColorRole.LinkVisited: look.accent,
        QPalette.ColorRole.Light: look.surface,
        QPalette.ColorRole.Midlight: look.hover,
        QPalette.ColorRole.Mid: look.border,
        QPalette.ColorRole.Dark: look.control,
        QPalette.ColorRole.Shadow: look.shadow,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.text3))
    return palette
