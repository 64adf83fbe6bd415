"""Sends notifications one after the other, so that none overtakes another."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from bumble import core, device, gatt

_LOG = logging.getLogger(__name__)


class Notifier:
    """A queue of notifications of one device."""

    def __init__(self, host: device.Device) -> None:
        self._host = host
        self._waiting: asyncio.Queue[tuple[gatt.Characteristic[bytes], bytes, device.Connection | None]] = (
            asyncio.Queue()
        )
        self._task: asyncio.Task[None] | None = None

    def send(
        self, what: gatt.Characteristic[bytes], value: bytes, to: device.Connection | None = None
    ) -> None:
        """Queue a notification to one connection, or to all subscribers."""
        self._waiting.put_nowait((what, value, to))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while not self._waiting.empty():
            what, value, to = self._waiting.get_nowait()
            try:
                if to is None:
                    await self._host.notify_subscribers(what, value)
                else:
                    await self._host.notify_subscriber(to, what, value)
            except (core.BaseBumbleError, KeyError, asyncio.InvalidStateError) as error:
                _LOG.debug("notification not sent: %s", type(error).__name__)

    async def close(self) -> None:
        """Drop what waits."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
