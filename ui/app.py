"""Starts the window: `larry` without a command."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Sequence

import qasync
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from larry import __version__
from ui.bridge.crash_guard import guard
from ui.bridge.garbage import Garbage
from ui.options import options_from
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory
from ui.style.icons import icon
from ui.style.theme import theme

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and return when it is closed.

    Args:
        argv: arguments without the program's name; None: those of the process.
    """
    options = options_from(sys.argv[1:] if argv is None else argv)
    application = make_application()
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(_report)
    garbage = Garbage(application)
    memory = Memory()
    theme().install(application, memory.text("window/look", "system"))
    window = MainWindow(memory, options)
    window.finished.connect(loop.stop)
    window.show()
    end_guard = guard(window.tell)
    try:
        with loop:
            loop.call_soon(window.begin)
            loop.run_forever()
    finally:
        end_guard()
    garbage.stop()
    memory.sync()
    return 0


def make_application() -> QApplication:
    """Return the application object with its names."""
    QGuiApplication.setDesktopFileName("larry")
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(["larry"])
    QCoreApplication.setApplicationName("Larry")
    QCoreApplication.setOrganizationName("larry")
    QCoreApplication.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(icon("lock", "accent"))
    return application


def _report(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    error = context.get("exception")
    _log.error(
        "The loop reported: %s",
        context.get("message"),
        exc_info=error if isinstance(error, Exception) else None,
    )
