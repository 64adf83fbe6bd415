"""A cable as a pseudo-terminal (Linux, macOS)."""

from __future__ import annotations

import asyncio
import errno
import importlib
import logging
import os
from collections.abc import Callable
from typing import Any

_LOG = logging.getLogger(__name__)
_READ_SIZE = 4096
_UNREAD_LIMIT = 1024
"""Log lines are dropped while so much stands unread in the cable: nobody listens."""
_PENDING_LIMIT = 65536


class PtyCable:
    """A pseudo-terminal in raw mode. This side keeps both ends open so that a program may come and go."""

    def __init__(self) -> None:
        self.path = ""
        self.feed: Callable[[bytes], None] = lambda data: None
        self._master = self._slave = -1
        self._pending = bytearray()

    async def open(self) -> None:
        """Make the pair."""
        tty: Any = importlib.import_module("tty")  # not on Windows
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        asyncio.get_running_loop().add_reader(self._master, self._readable)

    async def close(self) -> None:
        """Unplug: a program that has it open gets an error."""
        if self._master >= 0:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._master)
            loop.remove_writer(self._master)
            os.close(self._master)
            os.close(self._slave)
            self._master = self._slave = -1

    def write(self, data: bytes, may_drop: bool) -> None:
        """Send; log lines are dropped when nobody reads."""
        if self._master < 0 or (may_drop and (self._pending or self._unread() > _UNREAD_LIMIT)):
            return
        if len(self._pending) + len(data) > _PENDING_LIMIT:
            _LOG.debug("%s: nobody reads, %d bytes dropped", self.path, len(data))
            return
        self._pending += data
        self._flush()

    def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            sent = os.write(self._master, self._pending)
        except BlockingIOError:
            sent = 0
        del self._pending[:sent]
        if self._pending:
            loop.add_writer(self._master, self._flush)
        else:
            loop.remove_writer(self._master)

    def _unread(self) -> int:
        fcntl: Any = importlib.import_module("fcntl")
        termios: Any = importlib.import_module("termios")
        answer = fcntl.ioctl(self._slave, termios.FIONREAD, b"\0" * 4)
        return int.from_bytes(answer, "little")

    def _readable(self) -> None:
        try:
            data = os.read(self._master, _READ_SIZE)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EIO):
                raise
            return
        self.feed(data)
