"""A lock as the cloud knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CloudLock:
    """One lock of a site (domain.md 6).

    Attributes:
        id: UUID.
        customer_reference: its name.
        mac: its Device ID.
        floor: free text, or None.
        lock_type: the cloud's own word.
        communication_type: "bluenet" or "rfnet".
        online: offline is shown only after 5 missed heartbeats.
        iq_link_state: attached_pending, attached, detached_pending, detached.
        locked_state: the cloud's own word.
        battery_level: percent, or None.
        iq: the IQ it belongs to, as an object with "id", or its id.
        repeater: likewise; None directly on the IQ.
        offline_access_keys_limit: or None.
        extra: everything else.
    """

    id: str
    customer_reference: str = ""
    mac: str = ""
    floor: str | None = None
    lock_type: str = ""
    communication_type: str = ""
    online: bool | None = None
    iq_link_state: str = ""
    locked_state: str = ""
    battery_level: int | None = None
    iq: Mapping[str, Any] | str | None = None
    repeater: Mapping[str, Any] | str | None = None
    offline_access_keys_limit: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def iq_id(self) -> str:
        """The id of its IQ, or ""."""
        return _id_of(self.iq)

    @property
    def repeater_id(self) -> str:
        """The id of the repeater it talks through, or ""."""
        return _id_of(self.repeater)


def _id_of(value: Mapping[str, Any] | str | None) -> str:
    if isinstance(value, Mapping):
        value = value.get("id")
    return value if isinstance(value, str) else ""
