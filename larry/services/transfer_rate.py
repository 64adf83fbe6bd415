"""Rate and time left of a transfer, from what was seen in the last seconds."""

from __future__ import annotations

from collections import deque

_WINDOW_S = 5.0


class TransferRate:
    """Watches a growing number of bytes.

    Args:
        size_bytes: of the whole.
    """

    def __init__(self, size_bytes: int) -> None:
        self._size_bytes = size_bytes
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, at_s: float, sent_bytes: int) -> None:
        """Note how much is done at a moment; a smaller number than before starts anew."""
        if self._seen and sent_bytes < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((at_s, sent_bytes))
        while len(self._seen) > 2 and at_s - self._seen[0][0] > _WINDOW_S:
            self._seen.popleft()

    @property
    def bytes_per_s(self) -> float | None:
        """The rate; None before anything moved."""
        if len(self._seen) < 2:
            return None
        (first_s, first), (last_s, last) = self._seen[0], self._seen[-1]
        return (last - first) / (last_s - first_s) if last_s > first_s and last > first else None

    @property
    def left_s(self) -> float | None:
        """Seconds until the end at this rate; None while there is none."""
        rate = self.bytes_per_s
        return None if rate is None else max(0, self._size_bytes - self._seen[-1][1]) / rate
