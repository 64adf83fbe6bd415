"""Something asynchronous beside the test, as another process would be: in a thread with its own loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

START_S = 30.0


class Aside:
    """`with Aside(make) as value:` holds the async context manager that `make` returns open in a thread."""

    def __init__(self, make: Callable[[], AbstractAsyncContextManager[Any]]) -> None:
        self._make = make
        self._ready = threading.Event()
        self._value: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), name="aside")

    async def _live(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with self._make() as self._value:
                self._ready.set()
                await self._ending.wait()
        finally:
            self._ready.set()

    def __enter__(self) -> Any:
        self._thread.start()
        assert self._ready.wait(START_S)
        assert self._value is not None, "it did not start"
        return self._value

    def call(self, act: Callable[[], Any]) -> Any:
        """Do something in its loop, and wait for the result."""
        assert self._loop is not None

        async def run() -> Any:
            return act()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(START_S)

    def __exit__(self, *_: object) -> None:
        if self._loop is not None and self._ending is not None:
            self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(START_S)
        assert not self._thread.is_alive()
