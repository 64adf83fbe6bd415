"""A cable as a TCP port of this computer, where there are no pseudo-terminals (Windows)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

_READ_SIZE = 4096


class TcpCable:
    """A port for `socket://127.0.0.1:PORT`; one program at a time."""

    def __init__(self) -> None:
        self.path = ""
        self.feed: Callable[[bytes], None] = lambda data: None
        self._server: asyncio.Server | None = None
        self._client: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.path = f"socket://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Hang up."""
        if self._server is not None:
            self._server.close()
            if self._client is not None:
                self._client.close()
            await self._server.wait_closed()

    def write(self, data: bytes, may_drop: bool) -> None:
        """Send to who is there."""
        del may_drop
        if self._client is not None and not self._client.is_closing():
            self._client.write(data)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._client is not None:
            writer.close()
            return
        self._client = writer
        try:
            while data := await reader.read(_READ_SIZE):
                self.feed(data)
        except ConnectionError:
            pass
        finally:
            self._client = None
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
