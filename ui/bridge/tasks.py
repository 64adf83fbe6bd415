"""The one place where the window starts coroutines: it keeps them, reports what goes wrong, cancels them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from larry.errors import LarryError

_log = logging.getLogger(__name__)


class Tasks(QObject):
    """Runs coroutines on the window's loop.

    Signals:
        failed: a task ended with an error nobody else took; carries a `LarryError`.
        busy_changed: the number of running tasks.
    """

    failed = Signal(object)
    busy_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing = False

    def start(
        self,
        work: Coroutine[Any, Any, Any],
        name: str,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[LarryError], None] | None = None,
    ) -> asyncio.Task[Any] | None:
        """Start a coroutine and keep it.

        Args:
            name: for people: "Identify Room 105".
            done: called in the window's thread with the result.
            failed: called with the error instead of the signal.

        Returns:
            The task, or None when the window is closing or no loop runs.
        """
        try:
            loop = asyncio.get_running_loop()  # also in Qt's slots: qasync's loop runs around them
        except RuntimeError:
            loop = None
        if self._closing or loop is None:
            work.close()
            return None
        task = loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, done, failed))
        self.busy_changed.emit(len(self._tasks))
        return task

    async def drain(self, timeout_s: float = 5.0) -> None:
        """Cancel everything, wait until it has ended, and start nothing any more."""
        self._closing = True
        own = asyncio.current_task()
        waiting = [task for task in self._tasks if task is not own]
        for task in waiting:
            task.cancel()
        if waiting:
            await asyncio.wait(waiting, timeout=timeout_s)

    def _ended(
        self,
        task: asyncio.Task[Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[LarryError], None] | None,
    ) -> None:
        self._tasks.discard(task)
        self.busy_changed.emit(len(self._tasks))
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            if done is not None:
                done(task.result())
            return
        if not isinstance(error, LarryError):
            # Only the type: the text of an unknown error may carry a secret.
            _log.error("The task %r ended with %s", task.get_name(), type(error).__name__, exc_info=error)
            error = LarryError(
                f"{task.get_name()} was not finished.", why=f"Unexpected: {type(error).__name__}."
            )
        (failed or self.failed.emit)(error)
