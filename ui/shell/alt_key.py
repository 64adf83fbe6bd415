"""Alt pressed and released alone shows the menu bar; Alt with another key does not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

_OTHERS = {QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.WindowDeactivate}


class AltKey(QObject):
    """Watches the application's keys: shortcuts never reach a widget's own key events."""

    def __init__(self, parent: QObject, act: Callable[[], None]) -> None:
        super().__init__(parent)
        self._act = act
        self._alone = False
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            self._alone = event.key() == Qt.Key.Key_Alt
        elif kind in _OTHERS:
            self._alone = False
        elif self._alone and self._is_alt_release(event):
            self._alone = False
            self._act()
        return False

    @staticmethod
    def _is_alt_release(event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyRelease or not isinstance(event, QKeyEvent):
            return False
        return event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat()
