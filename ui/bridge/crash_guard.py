"""The last line of defence: an error in a slot is written down and told, never shown as a traceback."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from ui.notice import Notice

_log = logging.getLogger(__name__)


def guard(tell: Callable[[Notice], None]) -> Callable[[], None]:
    """Catch what no slot caught and tell it; the return value ends that.

    Only the type of the error is told: its text may carry a secret.
    """
    before = sys.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            before(kind, error, trace)
            return
        _log.error("A slot ended with %s", kind.__name__, exc_info=(kind, error, trace))
        words = QCoreApplication.translate("CrashGuard", "Something went wrong inside Larry.")
        saved = QCoreApplication.translate(
            "CrashGuard", "Everything you did before is saved. Unexpected: {kind}."
        )
        tell(Notice("error", words, saved.format(kind=kind.__name__)))

    sys.excepthook = caught

    def end() -> None:
        sys.excepthook = before

    return end
