"""The loop of the window for tests: coroutines and Qt's events in one thread, cycles collected there too."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication

REST_S = 5.0
# A transport that was told to close does so in a later turn of its loop.
TURNS = 5


class WindowLoop(qasync.QEventLoop):
    """Ends at once when what it runs has ended, so that no task works on without a running loop."""

    def run_until_complete(self, future: Any) -> Any:
        """Run until a future is done and return its result."""
        task = asyncio.ensure_future(future, loop=self)
        task.add_done_callback(lambda _task: self.stop())
        self.run_forever()
        return task.result()

    async def _rest(self) -> None:
        """Let what runs end (pytest-qt lets Qt's events run between tests, without a running loop)."""
        own = asyncio.current_task()
        while others := asyncio.all_tasks(self) - {own}:
            _, still = await asyncio.wait(others, timeout=REST_S)
            if still:
                return

    def do(self, act: Callable[[], object]) -> None:
        """Do something inside the loop, as a click does."""

        async def run() -> None:
            act()
            await asyncio.sleep(0.02)
            await self._rest()

        self.run_until_complete(run())

    def wait(self, condition: Callable[[], object], timeout_s: float = 15.0) -> None:
        """Run until a condition holds."""

        async def run() -> None:
            ends = self.time() + timeout_s
            while not condition():
                assert self.time() < ends, "it did not happen"
                await asyncio.sleep(0.02)
            await self._rest()

        self.run_until_complete(run())


@contextmanager
def window_loop(application: QApplication) -> Iterator[WindowLoop]:
    """Give the window's loop; an error nobody took fails the test."""
    gc.disable()
    application.setQuitOnLastWindowClosed(False)  # as in the program: it ends by itself
    loop = WindowLoop(application)
    asyncio.set_event_loop(loop)
    errors: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: errors.append(context))
    try:
        yield loop
    finally:
        loop.run_until_complete(_end_all())
        loop.close()
        asyncio.set_event_loop(None)
        gc.collect()
        gc.enable()
    assert not errors, errors


async def _end_all() -> None:
    """Cancel what still runs, wait until it has ended, and let its connections close."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others, timeout=REST_S)
    for _turn in range(TURNS):
        await asyncio.sleep(0)
