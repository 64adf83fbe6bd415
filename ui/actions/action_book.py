"""Every action once: its words, icon, key and menu. Buttons, menus and search all use these."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.style.icons import icon as lucide

MENUS = ("site", "edit", "device", "view", "help")


@dataclass(slots=True)
class _Entry:
    action: QAction
    menu: str
    group: int


class ActionBook(QObject):
    """Holds the actions of one window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._entries: dict[str, _Entry] = {}

    def add(
        self,
        key: str,
        text: str,
        act: Callable[[], object],
        *,
        menu: str,
        icon: str = "",
        keys: Iterable[str] = (),
        group: int = 0,
        panes: Iterable[QWidget] | None = None,
    ) -> QAction:
        """Make an action, or replace the one of that key.

        Args:
            menu: one of `MENUS`; "" keeps it out of the menus.
            keys: shortcuts such as `Ctrl+K`; the first one is shown.
            group: actions of one menu are divided by a line where the group changes.
            panes: with panes the keys work only while one of them has the focus (single letters need that).
        """
        self.remove(key)
        action = QAction(text, self._window)
        if icon:
            action.setIcon(lucide(icon))
        sequences = [QKeySequence(each) for each in keys]
        action.setShortcuts(sequences)
        if sequences:
            action.setToolTip(f"{text} ({sequences[0].toString(QKeySequence.SequenceFormat.NativeText)})")
        if panes is None:
            self._window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for pane in panes:
                pane.addAction(action)
        action.triggered.connect(lambda _checked=False: act())
        self._entries[key] = _Entry(action, menu, group)
        return action

    def remove(self, key: str) -> None:
        """Forget an action."""
        entry = self._entries.pop(key, None)
        if entry is not None:
            entry.action.deleteLater()

    def mark(self) -> frozenset[str]:
        """Return the keys there are now, for `forget_since`."""
        return frozenset(self._entries)

    def forget_since(self, mark: frozenset[str]) -> None:
        """Forget the actions that were added after a mark: those of a site that is closed."""
        for key in [key for key in self._entries if key not in mark]:
            self.remove(key)

    def __getitem__(self, key: str) -> QAction:
        return self._entries[key].action

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def menu(self, name: str) -> list[QAction | None]:
        """Return the actions of a menu in order of group and adding; None is a dividing line."""
        entries = sorted((e for e in self._entries.values() if e.menu == name), key=lambda e: e.group)
        listed: list[QAction | None] = []
        for number, entry in enumerate(entries):
            if number and entry.group != entries[number - 1].group:
                listed.append(None)
            listed.append(entry.action)
        return listed

    def all(self) -> list[QAction]:
        """Return every action that stands in a menu."""
        return [entry.action for entry in self._entries.values() if entry.menu]
