"""An IQ as the cloud knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CloudIq:
    """One IQ of a site (domain.md 6).

    Attributes:
        id: UUID.
        customer_reference: its name.
        time_zone: IANA name.
        mac: KS MAC, `NN.NN.NN`.
        state: the cloud's own word.
        restore_required: it was reset and waits for its restore.
        reset_date: ISO 8601, or None.
        online: can be stale by up to an hour (domain.md 5); the light on the device is the truth.
        led_enabled: the green heartbeat is on.
        data_sync_state: "not_synced" also occurs on a healthy site.
        signal_strength: percent; means something for mobile IQs only.
        revision: grows with every change of its tree, where the cloud tells it.
        otp_enabled: it takes Codes.
        extra: everything else.
    """

    id: str
    customer_reference: str = ""
    time_zone: str = ""
    mac: str = ""
    state: str = ""
    restore_required: bool | None = None
    reset_date: str | None = None
    online: bool | None = None
    led_enabled: bool | None = None
    data_sync_state: str = ""
    signal_strength: int | None = None
    revision: int | None = None
    otp_enabled: bool | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
