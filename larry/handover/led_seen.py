"""The light of a device as it was last read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from larry.domain.hardware import Node
from larry.handover.site_facts import SiteFacts


@dataclass(frozen=True, slots=True)
class SeenLed:
    """Colour and pattern, in lower case; the pattern may be ""."""

    colour: str
    pattern: str

    @property
    def healthy(self) -> bool:
        """Green in any pattern, or dark (the heartbeat can be switched off) is as it should be."""
        return self.colour in {"green", "off"}


def led_seen(facts: SiteFacts, node: Node) -> SeenLed | None:
    """Return the light last read from a device, stored as `{colour, pattern}` or as words, or None."""
    value = facts.seen(node, "led")
    if isinstance(value, Mapping):
        return SeenLed(str(value.get("colour", "")).lower(), str(value.get("pattern", "")).lower())
    if isinstance(value, str) and value.strip():
        colour, _, pattern = value.strip().lower().partition(" ")
        return SeenLed(colour.rstrip(","), pattern.strip())
    return None
