"""The session that proves the activation code without ever sending it.

CPace (draft-irtf-cfrg-cpace, suite CPACE-X25519-SHA512) on the activation code gives both
sides a key; each proves it with a confirmation tag, **the client first**: a device that
answered first would let anyone test guesses without the device noticing. HKDF-SHA256
then gives one ChaCha20-Poly1305 key per direction, with counters as nonces.

    client                            device
    Initiator.hello  -- sid, share ->
                     <- share ------  Responder.answer
    Initiator.prove  -- tag -------->  Responder.verify   (wrong: counted, see back_off.py)
    Initiator.accept <- tag ---------
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from cpace import CPace, CPaceError, CPaceRole
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SID_LENGTH: Final = 16
_VERSION: Final = b"larry-group65/1"
_CLIENT_AD: Final = _VERSION + b"/client"
_DEVICE_AD: Final = _VERSION + b"/device"
_MAX_COUNTER: Final = 2**63


class SecureSessionError(Exception):
    """The session cannot be made or used: wrong code, altered, repeated or reordered message."""


class WrongCodeError(SecureSessionError):
    """The other side does not know the same activation code."""


def normalise_code(code: str) -> str:
    """Return the activation code as it is compared: without spaces around it, in capitals (domain.md 3)."""
    return code.strip().upper()


def _channel_identifier(device_id: str) -> bytes:
    return _VERSION + b"\x00" + device_id.strip().upper().encode()


@dataclass(frozen=True, slots=True)
class Hello:
    """First message of the client; public."""

    sid: bytes
    share: bytes


class SealedChannel:
    """Seals and opens the messages of one side after a session was made.

    Every message has a counter. What is opened must have a higher counter than everything
    opened before, so a repeated or reordered message is refused; a gap is allowed because a
    request may be lost on the air. An answer repeats the counter of its request, under the
    other key, and `answer_to` binds it to it.
    """

    def __init__(self, seal_key: bytes, open_key: bytes) -> None:
        self._sealer = ChaCha20Poly1305(seal_key)
        self._opener = ChaCha20Poly1305(open_key)
        self._sealed = 0
        self._opened = 0

    def seal(self, plain: bytes, *, answer_to: int | None = None) -> tuple[int, bytes]:
        """Return the counter and the sealed bytes.

        Args:
            plain: what to protect.
            answer_to: counter of the request that this answers; None for a request.

        Raises:
            SecureSessionError: the request was answered before, or the counter is used up.
        """
        counter = self._sealed + 1 if answer_to is None else answer_to
        if not self._sealed < counter < _MAX_COUNTER:
            raise SecureSessionError("this counter was used before")
        self._sealed = counter
        return counter, self._sealer.encrypt(_nonce(counter), plain, _aad(answer_to is not None))

    def open(self, counter: int, box: bytes, *, answer_to: int | None = None) -> bytes:
        """Return the plain bytes.

        Args:
            counter: the counter that came with it.
            box: the sealed bytes.
            answer_to: counter of the own request that this must answer; None for a request.

        Raises:
            SecureSessionError: altered, cut, repeated, or the answer to something else.
        """
        if answer_to is not None and counter != answer_to:
            raise SecureSessionError("this answers another request")
        if not self._opened < counter < _MAX_COUNTER:
            raise SecureSessionError("this message was seen before")
        try:
            plain = self._opener.decrypt(_nonce(counter), box, _aad(answer_to is not None))
        except InvalidTag:
            raise SecureSessionError("this message was altered or belongs to another session") from None
        self._opened = counter
        return plain


class Initiator:
    """The client's side (Larry).

    Args:
        code: the activation code; secret, never kept beyond the first step.
        device_id: of the device that is meant; both sides must agree on it.
    """

    def __init__(self, code: str, device_id: str) -> None:
        self._sid = secrets.token_bytes(SID_LENGTH)
        self._cpace = _start(CPaceRole.INITIATOR, code, device_id, self._sid)

    @property
    def hello(self) -> Hello:
        """First message."""
        return Hello(self._sid, self._cpace.public_share)

    def prove(self, device_share: bytes) -> bytes:
        """Take the device's share; return the client's confirmation tag.

        Raises:
            SecureSessionError: the share is not a valid one.
        """
        _derive(self._cpace, device_share, _DEVICE_AD)
        return self._cpace.tag()

    def accept(self, device_tag: bytes) -> SealedChannel:
        """Check the device's tag and return the channel.

        Raises:
            WrongCodeError: the device does not know the code.
        """
        if not self._cpace.verify(device_tag):
            raise WrongCodeError("the device does not know this activation code")
        to_device, to_client = _keys(self._cpace.isk, self._sid)
        return SealedChannel(to_device, to_client)


class Responder:
    """The device's side. One object per attempt."""

    def __init__(self, code: str, device_id: str) -> None:
        self._code, self._device_id = code, device_id
        self._cpace: CPace | None = None
        self._sid = b""

    def answer(self, sid: bytes, client_share: bytes) -> bytes:
        """Take the client's first message; return the device's share. Says nothing about the code.

        Raises:
            SecureSessionError: not a valid first message.
        """
        if len(sid) != SID_LENGTH:
            raise SecureSessionError("the session identifier has 16 bytes")
        cpace = _start(CPaceRole.RESPONDER, self._code, self._device_id, sid)
        _derive(cpace, client_share, _CLIENT_AD)
        self._sid, self._cpace = sid, cpace
        return cpace.public_share

    def verify(self, client_tag: bytes) -> tuple[bytes, SealedChannel]:
        """Check the client's tag; return the device's tag and the channel. Works once per `answer`.

        Raises:
            WrongCodeError: the client does not know the code: count it.
            SecureSessionError: no attempt is under way.
        """
        if self._cpace is None:
            raise SecureSessionError("no attempt is under way")
        cpace, self._cpace = self._cpace, None
        if not cpace.verify(client_tag):
            raise WrongCodeError("the client does not know the activation code")
        to_device, to_client = _keys(cpace.isk, self._sid)
        return cpace.tag(), SealedChannel(to_client, to_device)


def _start(role: CPaceRole, code: str, device_id: str, sid: bytes) -> CPace:
    own = _CLIENT_AD if role is CPaceRole.INITIATOR else _DEVICE_AD
    password = normalise_code(code).encode()
    return CPace.start(role=role, prs=password, sid=sid, ci=_channel_identifier(device_id), ad=own)


def _derive(cpace: CPace, share: bytes, peer_ad: bytes) -> None:
    try:
        cpace.derive(share, peer_ad)
    except CPaceError as error:
        raise SecureSessionError(str(error)) from None


def _keys(isk: bytes, sid: bytes) -> tuple[bytes, bytes]:
    material = HKDF(algorithm=hashes.SHA256(), length=64, salt=sid, info=_VERSION + b"/keys").derive(isk)
    return material[:32], material[32:]


def _nonce(counter: int) -> bytes:
    return counter.to_bytes(12, "big")


def _aad(is_answer: bool) -> bytes:
    return _VERSION + (b"/answer" if is_answer else b"/request")
