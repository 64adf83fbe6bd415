"""Send a firmware image by the SMP group `image`: several parts on the way at once, resumed by offset.

The device answers each part with the offset it wants next. As long as that is what was expected, parts
follow each other without waiting; after any surprise the device is asked again where to go on. An
interrupted upload is recognised by its hash, so the same call resumes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import cbor2
from smp import header as smp_header
from smp.image_management import IMG_MGMT_ERR

from larry.devices.protocol.firmware_image import FirmwareImage
from larry.devices.smp_client import SmpClient
from larry.devices.smp_errors import smp_refusal
from larry.devices.transport import Transport
from larry.devices.waiting import race
from larry.errors import DeviceProtocolError, DeviceRefusedError, DeviceTimeoutError

_FIRST_TIMEOUT_S: Final = 30.0
"""The device may erase its slot before it answers the first part."""
_TIMEOUT_S: Final = 5.0
_ATTEMPTS: Final = 4
_MAX_SURPRISES: Final = 50
"""Unexpected offsets in one attempt; a device that wants more of them gets nowhere."""
_PART_OVERHEAD: Final = smp_header.Header.SIZE + 24
"""Header, and the map around offset and data."""
_FIRST_OVERHEAD: Final = _PART_OVERHEAD + 72
"""Length, hash and flags besides."""
_DOING: Final = "taking firmware"
_GROUP: Final = 1
_UPLOAD: Final = 1


@dataclass(frozen=True, slots=True)
class _Answer:
    offset: int
    match: bool | None


class ImageUpload:
    """One upload over one link.

    Args:
        smp: the device.
        image: what to send.
        only_newer: the device shall refuse an image that is not newer.
        on_offset: told the bytes that the device has.
    """

    def __init__(
        self,
        smp: SmpClient,
        image: FirmwareImage,
        *,
        only_newer: bool = False,
        on_offset: Callable[[int], None] = lambda offset: None,
    ) -> None:
        self._smp = smp
        self._image = image
        self._only_newer = only_newer
        self._on_offset = on_offset
        self._transport: Transport = smp.transport
        self._sequence = 0
        self._expected: dict[int, int] = {}
        """Offset that the answer to each part on the way should tell, by sequence number."""

    async def run(self) -> None:
        """Send it all.

        Raises:
            DeviceRefusedError: `smp-1-…` as the device says, or `image-damaged` when it received other bytes.
            DeviceTimeoutError, DeviceDisconnectedError: the link failed; run again to go on.
        """
        async with self._smp.exclusive():
            for left in reversed(range(_ATTEMPTS)):
                try:
                    answer = await self._begin()
                    answer = await self._go_on(answer)
                    break
                except (DeviceTimeoutError, DeviceProtocolError):
                    if not left or self._transport.ended.is_set():
                        raise
            if answer.match is False:
                raise DeviceRefusedError(
                    f"{self._smp.device} received the firmware damaged.",
                    why="The hash of what arrived is another one; it threw the image away.",
                    remedy="Send it again; use the cable when it repeats.",
                    code="image-damaged",
                )

    @property
    def _window(self) -> int:
        """Parts that may be on the way: half of the device's buffers, for each answer needs one too."""
        if getattr(self._transport, "line_pause_s", 0.0):
            return 1  # a slow console loses what comes unasked
        return max(1, min(8, (self._smp.buffer_count or 1) // 2))

    async def _begin(self) -> _Answer:
        """Send the first part; the answer is where to go on, also of an earlier upload."""
        self._expected.clear()
        room = max(32, self._smp.message_limit - _FIRST_OVERHEAD)
        content: dict[str, Any] = {
            "image": 0,
            "off": 0,
            "data": self._image.data[:room],
            "len": len(self._image.data),
            "sha": self._image.sha256,
        }
        if self._only_newer:
            content["upgrade"] = True
        await self._send(content, room)
        answer = (await self._receive(_FIRST_TIMEOUT_S))[0]
        self._on_offset(answer.offset)
        return answer

    async def _go_on(self, answer: _Answer) -> _Answer:
        size, room = len(self._image.data), max(32, self._smp.message_limit - _PART_OVERHEAD)
        following, surprises = answer.offset, 0
        while answer.offset < size:
            while following < size and len(self._expected) < self._window:
                part = self._image.data[following : following + room]
                following += len(part)
                await self._send({"off": following - len(part), "data": part}, following)
            answer, expected = await self._receive(_TIMEOUT_S)
            self._on_offset(answer.offset)
            if answer.offset != expected:
                answer = await self._drain(answer)
                following = answer.offset
                surprises += 1
                if surprises > _MAX_SURPRISES:
                    raise self._nonsense()
        return answer

    async def _drain(self, answer: _Answer) -> _Answer:
        """Let answers to parts that came too early arrive; the last one tells where to go on."""
        while self._expected:
            answer, _ = await self._receive(_TIMEOUT_S)
        return answer

    async def _send(self, content: dict[str, Any], expected: int) -> None:
        self._sequence = (self._sequence + 1) % 256
        self._expected[self._sequence] = expected
        payload = cbor2.dumps(content)
        head = smp_header.Header(
            op=smp_header.OP.WRITE,
            version=smp_header.Version.V2,
            flags=smp_header.Flag(0),
            length=len(payload),
            group_id=_GROUP,
            sequence=self._sequence,
            command_id=_UPLOAD,
        )
        await self._transport.send_smp(bytes(head) + payload)

    async def _receive(self, timeout_s: float) -> tuple[_Answer, int]:
        """Return the next answer to a part on the way, with the offset it should tell."""
        message, expected = await race(
            self._next_answer(),
            self._transport.ended,
            timeout_s=timeout_s,
            device=self._smp.device,
            doing=_DOING,
        )
        return self._understood(message), expected

    async def _next_answer(self) -> tuple[bytes, int]:
        while True:
            message = await self._transport.receive_smp()
            if len(message) < smp_header.Header.SIZE or message[4:6] != b"\0\1":
                continue  # a late answer to another command
            expected = self._expected.pop(message[6], None)
            if expected is not None:
                return message, expected

    def _understood(self, message: bytes) -> _Answer:
        try:
            content = cbor2.loads(message[smp_header.Header.SIZE :])
        except (cbor2.CBORDecodeError, ValueError, RecursionError):
            raise self._nonsense() from None
        if not isinstance(content, dict):
            raise self._nonsense()
        self._raise_refusal(content)
        offset, match = content.get("off"), content.get("match")
        if type(offset) is not int or not 0 <= offset <= len(self._image.data):
            raise self._nonsense()
        return _Answer(offset, match if isinstance(match, bool) else None)

    def _raise_refusal(self, content: dict[Any, Any]) -> None:
        refusal, code = content.get("err"), content.get("rc", 0)
        if isinstance(refusal, dict):
            group, code = refusal.get("group"), refusal.get("rc")
            if type(group) is not int or type(code) is not int:
                raise self._nonsense()
            known = group == _GROUP and code in {int(each) for each in IMG_MGMT_ERR}
            details = SimpleNamespace(group=group, rc=IMG_MGMT_ERR(code) if known else code)
            raise smp_refusal(SimpleNamespace(err=details), self._smp.device)
        if type(code) is not int:
            raise self._nonsense()
        if code:
            raise smp_refusal(SimpleNamespace(err=None, rc=code), self._smp.device)

    def _nonsense(self) -> DeviceProtocolError:
        return DeviceProtocolError(
            f"{self._smp.device} answered something that is not SMP.",
            why="Its answers to parts of the firmware do not tell a usable offset.",
            remedy="Connect again; if it repeats, use the cable.",
        )
