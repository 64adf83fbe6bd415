"""The open links: one per device, shared by all who use it, closed when the last one leaves."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from larry.devices.open_device import OpenDevice

_LOGGER: Final = logging.getLogger(__name__)


@dataclass
class SharedLink:
    """An open device and how many use it."""

    key: str
    device: OpenDevice
    users: int = 0


class LinkPool:
    """Opens, shares and closes.

    Args:
        on_connected: told the address and whether it is connected.
    """

    def __init__(self, on_connected: Callable[[str, bool], None]) -> None:
        self._on_connected = on_connected
        self._links: dict[str, SharedLink] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._watchers: set[asyncio.Task[None]] = set()

    async def get(self, key: str, opener: Callable[[], Awaitable[OpenDevice]]) -> SharedLink:
        """Return the open link for a key, opening it when there is none."""
        async with self._locks[key]:
            link = self._links.get(key)
            if link is None or link.device.transport.ended.is_set():
                link = SharedLink(key, await opener())
                self._links[key] = link
                self._on_connected(key, True)
                watcher = asyncio.create_task(self._watch(link))
                self._watchers.add(watcher)
                watcher.add_done_callback(self._watchers.discard)
            link.users += 1
            return link

    def is_open(self, key: str) -> bool:
        """Whether a link is open."""
        link = self._links.get(key)
        return link is not None and not link.device.transport.ended.is_set()

    async def release(self, link: SharedLink) -> None:
        """Leave a link; the last user closes it."""
        link.users -= 1
        if link.users <= 0:
            await link.device.transport.close()

    async def close(self) -> None:
        """Close all links."""
        for link in list(self._links.values()):
            await link.device.transport.close()
        await asyncio.gather(*self._watchers, return_exceptions=True)

    async def _watch(self, link: SharedLink) -> None:
        await link.device.transport.ended.wait()
        if self._links.get(link.key) is link:
            del self._links[link.key]
            self._on_connected(link.key, False)
        await link.device.transport.close()
