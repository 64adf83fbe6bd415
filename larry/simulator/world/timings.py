"""How long things take on a simulated device, in virtual seconds; a scenario may change any of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timings:
    """Durations. Where domain.md gives a number, that is the default."""

    window_s: float = 120.0
    start_s: float = 2.0
    reboot_s: float = 5.0
    resetting_s: float = 8.0
    wifi_join_s: float = 2.0
    wifi_fail_s: float = 3.0
    cloud_connect_s: float = 2.0
    card_s: float = 2.0
    card_answer_s: float = 4.0
    first_heartbeat_s: float = 3.0
    heartbeat_s: float = 60.0
    missed_heartbeats: int = 5
