"""What stands inside a sealed box (group 65, command 2): an inner SMP command as CBOR.

Request `{"g": group, "o": op, "i": id, "p": payload}`, answer `{"p": payload}` or
`{"e": {"group": group, "rc": code}}`. Errors travel inside too, so a listener
learns nothing from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import cbor2
from smp import header as smp_header
from smp import message


class SealedCommandError(ValueError):
    """The bytes inside the box are not an inner command or answer."""


@dataclass(frozen=True, slots=True)
class InnerRequest:
    """An inner command as a device sees it. `op` is 0 to read, 2 to write."""

    group: int
    op: int
    command: int
    payload: dict[str, Any]

    def encode(self) -> bytes:
        """Return the plain bytes to seal."""
        return cbor2.dumps(
            {"g": self.group, "o": self.op, "i": self.command, "p": self.payload}, canonical=True
        )

    @classmethod
    def decode(cls, plain: bytes) -> InnerRequest:
        """Read the plain bytes.

        Raises:
            SealedCommandError: not an inner command.
        """
        content = _load(plain)
        numbers = [content.get(key) for key in ("g", "o", "i")]
        payload = content.get("p")
        if not all(isinstance(number, int) for number in numbers) or not isinstance(payload, dict):
            raise SealedCommandError("not an inner command")
        group, op, command = cast("list[int]", numbers)
        return cls(group, op, command, payload)

    @classmethod
    def of(cls, request: message.Request) -> InnerRequest:
        """Return the inner form of an `smp` request."""
        head = request.header
        return cls(int(head.group_id), int(head.op), int(head.command_id), payload_of(request))


@dataclass(frozen=True, slots=True)
class InnerAnswer:
    """An inner answer: a payload, or the group and code of a refusal."""

    payload: dict[str, Any] | None = None
    error: tuple[int, int] | None = None

    def encode(self) -> bytes:
        """Return the plain bytes to seal."""
        if self.error is not None:
            return cbor2.dumps({"e": {"group": self.error[0], "rc": self.error[1]}}, canonical=True)
        return cbor2.dumps({"p": self.payload or {}}, canonical=True)

    @classmethod
    def decode(cls, plain: bytes) -> InnerAnswer:
        """Read the plain bytes.

        Raises:
            SealedCommandError: not an inner answer.
        """
        content = _load(plain)
        refusal = content.get("e")
        if isinstance(refusal, dict):
            group, code = refusal.get("group"), refusal.get("rc")
            if isinstance(group, int) and isinstance(code, int):
                return cls(error=(group, code))
        payload = content.get("p")
        if not isinstance(payload, dict):
            raise SealedCommandError("not an inner answer")
        return cls(payload=payload)


def payload_of(request_or_response: message.Request | message.Response) -> dict[str, Any]:
    """Return the CBOR map of an `smp` message without its header."""
    return cast("dict[str, Any]", cbor2.loads(request_or_response.BYTES[smp_header.Header.SIZE :]))


def _load(plain: bytes) -> dict[str, Any]:
    try:
        content = cbor2.loads(plain)
    except (cbor2.CBORDecodeError, ValueError, RecursionError) as error:
        raise SealedCommandError("not CBOR") from error
    if not isinstance(content, dict):
        raise SealedCommandError("not a map")
    return content
