"""The actions of Commission in menus, search and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.actions.action_book import ActionBook
from ui.stages.commission.queue_pane import QueuePane

GROUP = 9


class Acts(Protocol):
    """What the actions do: the stage fits."""

    def go_on(self) -> None: ...
    def more_time(self) -> None: ...
    def later(self) -> None: ...
    def identify(self) -> None: ...
    def primary(self) -> None: ...
    def open_led_helper(self) -> None: ...


def add_actions(
    book: ActionBook,
    acts: Acts,
    wifi: Callable[[], None],
    codes: Callable[[], None],
    queue: QueuePane,
    page: QWidget,
) -> None:
    """Add the actions.

    Args:
        queue, page: where the single letters work; Space and Enter belong to the queue's list only, elsewhere
            they press what has the focus.
    """
    book.add(
        "continue-job",
        _tr("Start or continue job"),
        acts.go_on,
        menu="device",
        icon="play",
        keys=["Ctrl+Return", "Ctrl+Enter"],
        group=GROUP,
    )
    book.add("job-wifi", _tr("Wi-Fi for all IQs…"), wifi, menu="device", icon="wifi", group=GROUP)
    book.add("job-codes", _tr("Activation codes…"), codes, menu="device", icon="key-round", group=GROUP)
    book.add(
        "led",
        _tr("What do you see? (LED helper)"),
        acts.open_led_helper,
        menu="help",
        icon="lightbulb",
        keys=["Shift+F1"],
    )
    letters = (
        ("job-more-time", _tr("2 more minutes"), acts.more_time, "clock", ["T"]),
        ("job-later", _tr("Later"), acts.later, "skip-forward", ["L"]),
        ("job-identify", _tr("Identify this device"), acts.identify, "lightbulb", ["I"]),
        ("job-primary", _tr("Do the act at hand"), acts.primary, "hand", ["Space", "Return", "Enter"]),
    )
    for key, text, act, icon, keys in letters:
        panes = [queue.list] if key == "job-primary" else [queue, page]
        book.add(key, text, act, menu="", icon=icon, keys=keys, panes=panes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommissionActions", text)
