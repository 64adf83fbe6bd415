"""The numbered log of everything that happens in the practice site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WorldEvent:
    """One line of "what happens".

    `source` is who caused it: `you` (a physical act), `device`, `larry` (a command over radio or cable),
    `cloud` or `site`. `what` is a stable word, `text` the sentence for people.
    """

    number: int
    at_s: float
    source: str
    what: str
    device: str
    device_id: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {**asdict(self), "at_s": round(self.at_s, 3)}


class EventLog:
    """Keeps the last `limit` events; numbers never repeat."""

    def __init__(self, limit: int = 5000) -> None:
        self._events: list[WorldEvent] = []
        self._limit = limit
        self._subscribers: list[Callable[[WorldEvent], None]] = []
        self.last_number = 0

    def add(self, at_s: float, source: str, what: str, device: str, device_id: str, text: str) -> WorldEvent:
        """Append an event and tell the subscribers."""
        self.last_number += 1
        event = WorldEvent(self.last_number, at_s, source, what, device, device_id, text)
        self._events.append(event)
        del self._events[: -self._limit]
        for tell in list(self._subscribers):
            tell(event)
        return event

    def since(self, number: int) -> list[WorldEvent]:
        """Return the kept events after `number`, oldest first."""
        return [event for event in self._events if event.number > number]

    def subscribe(self, tell: Callable[[WorldEvent], None]) -> Callable[[], None]:
        """Call `tell` for each new event; the result ends it."""
        self._subscribers.append(tell)
        return lambda: self._subscribers.remove(tell) if tell in self._subscribers else None
