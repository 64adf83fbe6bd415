"""How long the client waits for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CloudTimeouts:
    """Limits of waiting, all in seconds.

    Attributes:
        connect_s: to reach the host.
        answer_s: for the answer to one request.
        settle_s: new things may answer "not allowed" or "not found" this long (domain.md 6: up to a minute).
        busy_s: all waiting together when the cloud asks to slow down (HTTP 429, or 503 with Retry-After).
    """

    connect_s: float = 10.0
    answer_s: float = 30.0
    settle_s: float = 60.0
    busy_s: float = 60.0
