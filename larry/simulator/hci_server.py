"""HCI over TCP: every client gets its own radio on the air, as if it plugged in a dongle."""

from __future__ import annotations

import asyncio
import itertools
import logging

from bumble.transport.common import PacketParser

from larry.simulator.air import Air
from larry.simulator.radio_controller import RadioController

_LOG = logging.getLogger(__name__)
LAPTOP = "laptop"
"""Owner of the radios that stand where the laptop stands."""


class HciServer:
    """Listens on the loopback interface for hosts that speak HCI.

    Args:
        air: where their radios are.
        port: 0 = any free one.
    """

    def __init__(self, air: Air, port: int = 0) -> None:
        self._air = air
        self._port = port
        self._server: asyncio.Server | None = None
        self._clients: set[_Client] = set()
        self._numbers = itertools.count(1)

    @property
    def spec(self) -> str:
        """What bumble (and `larry --radio hci:…`) opens.

        Raises:
            RuntimeError: not started.
        """
        if self._server is None:
            raise RuntimeError("the HCI server is not started")
        return f"tcp-client:127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self) -> None:
        """Listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._client, "127.0.0.1", self._port)

    async def close(self) -> None:
        """Hang up on everybody."""
        if self._server is not None:
            self._server.close()
            for client in list(self._clients):
                client.hang_up()
            await self._server.wait_closed()

    def _client(self) -> _Client:
        return _Client(self._air, next(self._numbers), self._clients)


class _Client(asyncio.Protocol):
    """One connection: bytes to packets for its controller, packets back to bytes."""

    def __init__(self, air: Air, number: int, everybody: set[_Client]) -> None:
        self._air = air
        self._number = number
        self._everybody = everybody
        self._transport: asyncio.Transport | None = None
        self._radio: RadioController | None = None
        self._parser: PacketParser | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Plug in."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        address = f"F0:F1:F2:F3:{self._number >> 8 & 0xFF:02X}:{self._number & 0xFF:02X}"
        self._radio = RadioController(
            f"laptop {self._number}", self._air, public_address=address, owner=LAPTOP, host_sink=self
        )
        self._parser = PacketParser(self._radio)
        self._everybody.add(self)
        _LOG.info("radio %d plugged in", self._number)

    def data_received(self, data: bytes) -> None:
        """HCI from the host; what is no HCI ends the connection."""
        assert self._parser is not None
        try:
            self._parser.feed_data(data)
        except Exception:  # bumble raises many kinds on bytes that are no HCI
            _LOG.warning("radio %d: not HCI, unplugged", self._number)
            self.hang_up()

    def connection_lost(self, error: Exception | None) -> None:
        """Unplug."""
        del error
        self._everybody.discard(self)
        if self._radio is not None:
            self._radio.leave()

    def on_packet(self, packet: bytes) -> None:
        """HCI to the host."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(packet)

    def hang_up(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()
