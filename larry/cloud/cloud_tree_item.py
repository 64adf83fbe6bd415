"""A repeater or lock in an IQ's tree as the cloud knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CloudTreeItem:
    """One item of a tree (domain.md 6). The order of items is data: never sort them.

    Attributes:
        hardware_type: "lock" or "repeater".
        id: as the server has it; None for a new item.
        parent_id: id of the repeater above it; None directly on the IQ.
        mac: its Device ID.
        customer_reference: its name.
        otp: a Code of the owner's app, needed for changes after the release; secret, sent, never read.
        extra: everything else the server gave; sent back unchanged.
    """

    hardware_type: str
    id: str | None = None
    parent_id: str | None = None
    mac: str = ""
    customer_reference: str = ""
    otp: str | None = field(default=None, repr=False)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the object the route takes; `id` only when the server has given one."""
        data: dict[str, Any] = {
            **self.extra,
            "parent_id": self.parent_id,
            "hardware_type": self.hardware_type,
            "mac": self.mac,
            "customer_reference": self.customer_reference,
        }
        if self.id is not None:
            data["id"] = self.id
        if self.otp is not None:
            data["otp"] = self.otp
        return data
