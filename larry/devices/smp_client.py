"""SMP requests over any of our transports, by smpclient's own client."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

from smp import header as smp_header
from smpclient import SMPClient
from smpclient.generics import SMPRequest, success
from smpclient.requests.os_management import MCUMgrParametersRead
from smpclient.transport import SMPTransport

from larry.devices.smp_errors import smp_refusal
from larry.devices.transport import Transport
from larry.devices.waiting import race
from larry.errors import DeviceProtocolError, LarryError

_Answer = TypeVar("_Answer", bound=Any)

# smpclient logs whole packets when something fails; they may hold names and settings.
logging.getLogger("smpclient").setLevel(logging.CRITICAL)

_SERIAL_OVERHEAD: Final = 4
_HEADER: Final = smp_header.Header.SIZE


class SmpClient:
    """Requests to one device, one at a time.

    Args:
        transport: an open link.
        device: how the device is named in errors.
        timeout_s: default deadline of a request.
    """

    def __init__(self, transport: Transport, device: str, *, timeout_s: float = 4.0) -> None:
        self.device = device
        self.timeout_s = timeout_s
        self.buffer_size: int | None = None
        self.buffer_count: int | None = None
        self._transport = transport
        self._lock = asyncio.Lock()
        self._exchange = _Exchange(transport, device)
        self._client = SMPClient(self._exchange, transport.address)

    async def read_parameters(self, timeout_s: float | None = None) -> tuple[int, int]:
        """Ask for the device's buffer size (bytes) and count, and keep to the size from now on."""
        answer = await self.request(MCUMgrParametersRead(), timeout_s=timeout_s)
        self.buffer_size, self.buffer_count = answer.buf_size, answer.buf_count
        return answer.buf_size, answer.buf_count

    @property
    def transport(self) -> Transport:
        """The link; to be used by others only inside `exclusive`."""
        return self._transport

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[None]:
        """Keep all requests waiting while somebody else converses on the link (image_upload.py)."""
        async with self._lock:
            yield

    @property
    def message_limit(self) -> int:
        """Longest request the device takes, in bytes; a usual one while its buffer is not known."""
        if self.buffer_size is None:
            return 380  # Zephyr's default buffer, less the console's framing
        return self.buffer_size - (_SERIAL_OVERHEAD if self._transport.name == "serial" else 0)

    async def request(
        self, request: SMPRequest[_Answer, Any, Any], *, timeout_s: float | None = None, doing: str = ""
    ) -> _Answer:
        """Send a request and return its answer; a read whose answer came damaged is repeated once.

        Args:
            request: of smpclient's or of our group 65.
            timeout_s: deadline of the answer.
            doing: as it completes "while …" in an error.

        Raises:
            DeviceRefusedError, DeviceUnsupportedError: the device said no.
            DeviceTimeoutError, DeviceDisconnectedError: no answer.
            DeviceProtocolError: the answer is not SMP.
        """
        async with self._lock:
            try:
                return await self._request(request, timeout_s, doing)
            except DeviceProtocolError:
                if request.header.op is not smp_header.OP.READ:
                    raise
            return await self._request(request, timeout_s, doing)

    async def _request(
        self, request: SMPRequest[_Answer, Any, Any], timeout_s: float | None, doing: str
    ) -> _Answer:
        deadline_s = self.timeout_s if timeout_s is None else timeout_s
        if len(request.BYTES) > self.message_limit:
            raise DeviceProtocolError(
                f"The message is too long for {self.device}.",
                why=f"It has {len(request.BYTES)} bytes, the device takes {self.message_limit}.",
                remedy="Send less at once.",
            )
        self._exchange.timeout_s = deadline_s
        self._exchange.doing = doing or "answering a command"
        try:
            # The deadline is ours: smpclient's would put the packet into the exception.
            response = await self._client.request(request, timeout_s=deadline_s + 60)
        except LarryError:
            raise
        except Exception as error:  # bytes from outside: the decoders may raise anything
            raise DeviceProtocolError(
                f"{self.device} answered something that is not SMP.",
                why="The answer does not have the form that the command prescribes.",
                remedy="Connect again; if it repeats, update the device's firmware.",
            ) from _without_packet(error)
        if success(response):
            return response
        raise smp_refusal(response, self.device)


def _without_packet(error: BaseException) -> BaseException:
    """Return a stand-in for an exception whose text repeats the packet."""
    return RuntimeError(type(error).__name__)


class _Exchange(SMPTransport):
    """smpclient's transport interface on a link that is already open."""

    def __init__(self, transport: Transport, device: str) -> None:
        self._transport = transport
        self._device = device
        self.timeout_s = 4.0
        self.doing = "answering a command"

    async def connect(self, address: str, timeout_s: float) -> None:
        """The link is open."""

    async def disconnect(self) -> None:
        """The link outlives the client."""

    async def send(self, data: bytes) -> None:
        await self._transport.send_smp(data)

    async def receive(self) -> bytes:
        return await self._transport.receive_smp()

    async def send_and_receive(self, data: bytes) -> bytes:
        """Send, and return the answer with the same sequence number; late answers to others are dropped."""
        return await race(
            self._converse(data),
            self._transport.ended,
            timeout_s=self.timeout_s,
            device=self._device,
            doing=self.doing,
        )

    async def _converse(self, data: bytes) -> bytes:
        await self._transport.send_smp(data)
        while True:
            answer = await self._transport.receive_smp()
            if len(answer) >= _HEADER and answer[6] == data[6] and answer[4:6] == data[4:6]:
                return answer

    @property
    def mtu(self) -> int:
        """Bytes of one packet."""
        return self._transport.smp_packet
