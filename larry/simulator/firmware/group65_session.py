"""Group 65, trust: the session by activation code and the commands sealed in it."""

from __future__ import annotations

from smp.error import MGMT_ERR

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error
from larry.devices.protocol.sealed_commands import InnerAnswer, InnerRequest, SealedCommandError
from larry.devices.protocol.secure_session import Responder, SecureSessionError, WrongCodeError
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.group65_refusals import refuse
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand, SmpRefusalError
from larry.simulator.firmware.smp_server import SmpServer
from larry.simulator.world.iq import SimulatedIq


class Group65Session:
    """Session and sealed commands of one IQ.

    Over Bluetooth a session begins only while the window is open; a wrong code is counted and, after a few,
    makes the device refuse attempts for a while, across connections.
    """

    def __init__(self, iq: SimulatedIq, server: SmpServer) -> None:
        self._iq = iq
        self._server = server

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(group65.SessionWrite, Access.OPEN, self._session),
            SmpCommand(group65.SealedWrite, Access.OPEN, self._sealed),
        ]

    def closed(self, channel: ClientChannel) -> None:
        """The connection ended; so does its session."""
        if channel.forget() and channel.via == "ble":
            self._iq.session_closed()

    # --- the two steps of the session ------------------------------------------------------------

    def _session(self, request: group65.SessionWrite, channel: ClientChannel) -> Payload:
        if channel.sealed_now:
            raise refuse(Group65Error.INVALID)
        if self._iq.back_off.remaining_s(self._iq.now_s) > 0:
            raise refuse(Group65Error.LOCKED_OUT)
        if channel.via == "ble" and not self._iq.window_open:
            raise refuse(Group65Error.WINDOW_CLOSED)
        return self._hello(request, channel) if request.step == 1 else self._proof(request, channel)

    def _hello(self, request: group65.SessionWrite, channel: ClientChannel) -> Payload:
        if request.sid is None or request.share is None:
            raise refuse(Group65Error.INVALID)
        self.closed(channel)
        responder = Responder(self._iq.activation_code, self._iq.device_id)
        try:
            share = responder.answer(request.sid, request.share)
        except SecureSessionError:
            raise refuse(Group65Error.INVALID) from None
        channel.responder = responder
        return {"share": share}

    def _proof(self, request: group65.SessionWrite, channel: ClientChannel) -> Payload:
        responder, channel.responder = channel.responder, None
        if responder is None or request.tag is None:
            raise refuse(Group65Error.INVALID)
        try:
            tag, channel.seal = responder.verify(request.tag)
        except WrongCodeError:
            self._iq.back_off.failed(self._iq.now_s)
            self._iq.log("device", "wrong-code", f"{self._iq.name}: wrong activation code")
            raise refuse(Group65Error.WRONG_CODE) from None
        except SecureSessionError:
            raise refuse(Group65Error.INVALID) from None
        self._iq.back_off.succeeded()
        self._iq.log("larry", "session", f"Larry to {self._iq.name}: session by activation code")
        if channel.via == "ble":  # the cable has no window to hold open, and no end that it would tell
            self._iq.session_opened()
        return {"tag": tag}

    # --- sealed commands ----------------------------------------------------------------------------

    def _sealed(self, request: group65.SealedWrite, channel: ClientChannel) -> Payload:
        if channel.seal is None or channel.sealed_now:
            raise refuse(Group65Error.SESSION_REQUIRED)
        try:
            plain = channel.seal.open(request.n, request.box)
        except SecureSessionError:
            raise refuse(Group65Error.SEAL_BROKEN) from None
        answer = self._inner(plain, channel).encode()
        counter, box = channel.seal.seal(answer, answer_to=request.n)
        return {"n": counter, "box": box}

    def _inner(self, plain: bytes, channel: ClientChannel) -> InnerAnswer:
        channel.sealed_now = True
        try:
            inner = InnerRequest.decode(plain)
            payload = self._server.run(inner.op, inner.group, inner.command, inner.payload, channel)
        except SealedCommandError:
            return InnerAnswer(error=(group65.GROUP_ID, Group65Error.INVALID))
        except SmpRefusalError as refusal:
            return InnerAnswer(error=_inner_error(refusal))
        finally:
            channel.sealed_now = False
        return InnerAnswer(payload=payload)


def _inner_error(refusal: SmpRefusalError) -> tuple[int, int]:
    """An inner answer has no place for general codes: say them in our group."""
    if refusal.group is not None:
        return refusal.group, int(refusal.rc)
    code = {
        MGMT_ERR.ENOTSUP: Group65Error.NOT_SUPPORTED,
        MGMT_ERR.EINVAL: Group65Error.INVALID,
        MGMT_ERR.EBUSY: Group65Error.BUSY,
    }.get(MGMT_ERR(refusal.rc), Group65Error.UNKNOWN)
    return group65.GROUP_ID, int(code)
