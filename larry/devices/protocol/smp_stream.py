"""Joins SMP messages that arrive in several notifications (SMP over Bluetooth has no frame of its own)."""

from __future__ import annotations

from typing import Final

HEADER_LENGTH: Final = 8


class SmpStreamError(ValueError):
    """A message announces an impossible length."""


class SmpStreamAssembler:
    """Collects parts until the length in the SMP header is reached; memory is bounded by `max_message`.

    Args:
        max_message: longest message that is accepted, header included.
    """

    def __init__(self, max_message: int = 16_384) -> None:
        self._max_message = max_message
        self._buffer = bytearray()

    def feed(self, part: bytes) -> list[bytes]:
        """Add a part; return the messages that became complete.

        Raises:
            SmpStreamError: too long; the collection starts anew.
        """
        self._buffer += part
        messages: list[bytes] = []
        while len(self._buffer) >= HEADER_LENGTH:
            length = HEADER_LENGTH + int.from_bytes(self._buffer[2:4], "big")
            if length > self._max_message:
                self.reset()
                raise SmpStreamError("an SMP message announces an impossible length")
            if len(self._buffer) < length:
                break
            messages.append(bytes(self._buffer[:length]))
            del self._buffer[:length]
        return messages

    def reset(self) -> None:
        """Forget what was collected."""
        self._buffer.clear()
