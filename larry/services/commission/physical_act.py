"""What a person does with hands while Larry waits."""

from __future__ import annotations

from enum import StrEnum


class PhysicalAct(StrEnum):
    """The act a wait asks for. The words are those of the practice site's control, except `go-to`."""

    RESET_2S = "reset-2s"
    """Hold the reset button 2 s: opens the window of an IQ, links a repeater."""
    MAINTENANCE_CARD = "maintenance-card"
    """Hold the maintenance card to a lock."""
    GO_TO = "go-to"
    """Carry the laptop to the device."""
