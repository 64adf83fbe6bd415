"""How a device slows down someone who guesses activation codes.

CPace gives an attacker exactly one guess per attempt; this makes attempts rare. Three
are free, then each failure doubles the pause: 30 s, 1, 2, 4 … at most 64 minutes.
The numbers are ours (device-profile.md, "the device counts failures and backs off").
"""

from __future__ import annotations

from typing import Final

FREE_FAILURES: Final = 3
FIRST_PAUSE_S: Final = 30.0
LONGEST_PAUSE_S: Final = 3840.0


class BackOff:
    """Failure counter of one device; the clock comes from outside."""

    def __init__(self) -> None:
        self._failures = 0
        self._closed_until_s = 0.0

    @property
    def failures(self) -> int:
        """Failures since the last success."""
        return self._failures

    def remaining_s(self, now_s: float) -> float:
        """Return how long attempts are still refused, 0 when one is allowed."""
        return max(0.0, self._closed_until_s - now_s)

    def failed(self, now_s: float) -> None:
        """Count a failure."""
        self._failures += 1
        beyond = self._failures - FREE_FAILURES
        if beyond >= 0:
            pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(beyond, 16))
            self._closed_until_s = now_s + pause_s

    def succeeded(self) -> None:
        """Forget the failures."""
        self._failures = 0
        self._closed_until_s = 0.0
