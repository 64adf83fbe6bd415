"""The client's side of the session: proves the activation code, then sends sealed commands."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

from smp import message as smp_message

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error
from larry.devices.protocol.sealed_commands import InnerAnswer, InnerRequest, SealedCommandError
from larry.devices.protocol.secure_session import (
    Initiator,
    SealedChannel,
    SecureSessionError,
    WrongCodeError,
)
from larry.devices.smp_client import SmpClient
from larry.devices.smp_errors import group_refusal
from larry.errors import DeviceProtocolError, DeviceRefusedError

_Answer = TypeVar("_Answer", bound=smp_message.Response)


class SecureClient:
    """A session with one device; gone with the link.

    Args:
        smp: requests to the device.
    """

    def __init__(self, smp: SmpClient) -> None:
        self._smp = smp
        self._channel: SealedChannel | None = None
        self._unlocking = asyncio.Lock()

    @property
    def is_open(self) -> bool:
        """Whether the activation code was proven on this link."""
        return self._channel is not None

    async def unlock(self, code: str, device_id: str) -> None:
        """Prove the activation code.

        Args:
            code: as it is on the sticker; never sent, kept or logged.
            device_id: of the device that is meant.

        Raises:
            DeviceRefusedError: `activation-code`, or `locked-out` after too many wrong ones.
        """
        # A link can be shared: two attempts at once would answer each other's steps and count as wrong codes.
        async with self._unlocking:
            await self._unlock(code, device_id)

    async def _unlock(self, code: str, device_id: str) -> None:
        initiator = Initiator(code, device_id)
        hello = initiator.hello
        doing = "opening a session"
        first = await self._smp.request(
            group65.SessionWrite(step=1, sid=hello.sid, share=hello.share), doing=doing
        )
        try:
            tag = initiator.prove(first.share or b"")
        except SecureSessionError as error:
            raise self._broken() from error
        second = await self._smp.request(group65.SessionWrite(step=2, tag=tag), doing=doing)
        try:
            self._channel = initiator.accept(second.tag or b"")
        except WrongCodeError as error:
            raise DeviceRefusedError(
                f"{self._smp.device} cannot prove that it is the device of this activation code.",
                why="It accepted the code but does not know it itself: something else answers in its name.",
                remedy="Move close to the device that is meant and try again; keep the code from this one.",
                code="activation-code",
            ) from error

    async def request(
        self, request: Any, answer: type[_Answer], *, timeout_s: float | None = None
    ) -> _Answer:
        """Send a sealed command.

        Args:
            request: an `smp` request.
            answer: class of its answer.
            timeout_s: deadline.

        Raises:
            DeviceRefusedError: `session-required` before `unlock`, or what the device says.
        """
        if self._channel is None:
            raise group_refusal(group65.GROUP_ID, Group65Error.SESSION_REQUIRED, self._smp.device)
        number, box = self._channel.seal(InnerRequest.of(request).encode())
        sealed = await self._smp.request(group65.SealedWrite(n=number, box=box), timeout_s=timeout_s)
        try:
            inner = InnerAnswer.decode(self._channel.open(sealed.n, sealed.box, answer_to=number))
            if inner.error is None:
                return answer(**(inner.payload or {}))
        except (SecureSessionError, SealedCommandError, ValueError, TypeError) as error:
            raise self._broken() from RuntimeError(type(error).__name__)
        raise group_refusal(*inner.error, self._smp.device)

    def _broken(self) -> DeviceProtocolError:
        return DeviceProtocolError(
            f"The session with {self._smp.device} broke.",
            why="A message was altered on the way, or the device restarted.",
            remedy="Connect again and enter the activation code.",
        )
