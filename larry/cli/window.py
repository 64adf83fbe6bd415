"""`larry` alone: the window, if this installation has one."""

from __future__ import annotations

import importlib
import importlib.util

from larry.errors import UnreachableError


def open_window(arguments: list[str]) -> int:
    """Open the window and return its exit code.

    The only place of `larry` that knows the name of the window's package. It is imported by name and
    only now: `cli` and `ui` are siblings, and everything else works without Qt installed.

    Raises:
        UnreachableError: the window's libraries are not installed.
    """
    if any(importlib.util.find_spec(name) is None for name in ("PySide6", "qasync", "ui")):
        raise UnreachableError(
            "The window is not installed here.",
            why="PySide6 or qasync is missing.",
            remedy="Run packaging/start to set it up, or use the commands: larry --help.",
        )
    app = importlib.import_module("ui.app")
    return int(app.main(arguments) or 0)
