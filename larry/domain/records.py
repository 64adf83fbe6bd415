"""What was written to a device and what was read from it, beside the plan and never undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reading:
    """One value and when it was written or read (ISO 8601, UTC)."""

    value: Any
    at: str


@dataclass(slots=True)
class DeviceRecord:
    """The two other states of a device; the planned one is its `Node`.

    Keys are those of `Node` where both have them (name, parent, time_zone, …) and the
    field's own words else: link_state, online, led, battery, firmware, tree_revision.
    """

    written: dict[str, Reading] = field(default_factory=dict)
    observed: dict[str, Reading] = field(default_factory=dict)

    def seen(self, key: str) -> Any:
        """Return the last value read from the device, or None."""
        reading = self.observed.get(key)
        return reading.value if reading else None

    def sent(self, key: str) -> Any:
        """Return the last value written to the device, or None."""
        reading = self.written.get(key)
        return reading.value if reading else None
