"""The SMP server of a simulated device: bytes in, bytes out, the same over Bluetooth and over the cable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import cbor2
from pydantic import ValidationError
from smp import header as smp_header
from smp.error import MGMT_ERR

from larry.devices.protocol.group65 import GROUP_ID
from larry.devices.protocol.group65_errors import Group65Error
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand, SmpRefusalError

BUFFER_SIZE = 4096
BUFFER_COUNT = 4
_HEADER = smp_header.Header.SIZE


class SmpServer:
    """Looks up the command, checks who calls, runs it, packs the answer.

    Args:
        commands: what the device offers.
        present: whether somebody stands in front of the device (the window is open, or it needs none).
    """

    def __init__(self, commands: Iterable[SmpCommand], present: Callable[[], bool]) -> None:
        self._commands = {command.key: command for command in commands}
        self._present = present
        self._answered = self._refused = 0

    def counters(self) -> dict[str, int]:
        """Return how many requests were answered and refused."""
        return {"answered": self._answered, "refused": self._refused}

    def add(self, commands: Iterable[SmpCommand]) -> None:
        """Offer more."""
        self._commands.update({command.key: command for command in commands})

    def answer(self, request: bytes, channel: ClientChannel) -> bytes | None:
        """Return the response to one whole request; None when it is no request at all."""
        if len(request) < _HEADER:
            return None
        try:
            head = smp_header.Header.loads(request[:_HEADER])
            payload = cbor2.loads(request[_HEADER:]) if head.length else {}
        except (ValueError, RecursionError, cbor2.CBORDecodeError):
            return None
        op = int(head.op)
        if op not in (smp_header.OP.READ, smp_header.OP.WRITE) or len(request) != _HEADER + head.length:
            return None
        try:
            content = self.run(op, int(head.group_id), int(head.command_id), payload, channel)
            self._answered += 1
        except SmpRefusalError as refusal:
            self._refused += 1
            content = _refusal(refusal, head.version)
        return _pack(head, content)

    def run(self, op: int, group: int, number: int, payload: object, channel: ClientChannel) -> Payload:
        """Run one command, outer or inner.

        Raises:
            SmpRefusalError: unknown, malformed, not allowed, or refused by the command itself.
        """
        command = self._commands.get((op, group, number))
        if command is None:
            raise SmpRefusalError(MGMT_ERR.ENOTSUP)
        self._check_access(command, channel)
        if not isinstance(payload, dict):
            raise SmpRefusalError(MGMT_ERR.EINVAL)
        try:
            request = command.request(**{str(key): value for key, value in payload.items()})
        except (ValidationError, ValueError, TypeError):
            raise SmpRefusalError(MGMT_ERR.EINVAL) from None
        return command.run(request, channel)

    def _check_access(self, command: SmpCommand, channel: ClientChannel) -> None:
        if channel.sealed_now or command.access is Access.OPEN:
            return
        if command.access is Access.PRESENT and (channel.via == "serial" or self._present()):
            return
        # Group 65 has its own word for it: who asks in the open learns that a session is wanted.
        if command.key[1] == GROUP_ID:
            raise SmpRefusalError(Group65Error.SESSION_REQUIRED, GROUP_ID)
        raise SmpRefusalError(MGMT_ERR.EACCESSDENIED)


def _refusal(refusal: SmpRefusalError, version: smp_header.Version) -> Payload:
    if refusal.group is None:
        return {"rc": int(refusal.rc)}
    if version == smp_header.Version.V1:
        return {"rc": int(MGMT_ERR.EUNKNOWN)}
    return {"err": {"group": int(refusal.group), "rc": int(refusal.rc)}}


def _pack(head: smp_header.Header, content: Any) -> bytes:
    data = cbor2.dumps(content, canonical=True)
    response = smp_header.OP.READ_RSP if head.op == smp_header.OP.READ else smp_header.OP.WRITE_RSP
    packed = smp_header.Header(
        op=response,
        version=head.version,
        flags=smp_header.Flag(0),
        length=len(data),
        group_id=head.group_id,
        sequence=head.sequence,
        command_id=head.command_id,
    )
    return bytes(packed) + data
