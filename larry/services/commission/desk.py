"""Where the person's words reach the job: later, more time, pause, values that were asked for."""

from __future__ import annotations

import asyncio


class Desk:
    """Messages from the window or the command line to the running wait.

    Attributes:
        event: set whenever something was said; the wait that reads it clears it.
        paused: the job stands still; deadlines stand still with it.
        wrong_wifi: networks whose stored password was refused and not corrected yet.
    """

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.paused = False
        self.wrong_wifi: set[str] = set()
        self._later: set[str] = set()
        self._more_s: dict[str, float] = {}
        self._provided: set[tuple[str, str]] = set()

    def say_later(self, node_id: str) -> None:
        """Put the wait of a device off."""
        self._later.add(node_id)
        self.event.set()

    def say_more(self, node_id: str, seconds: float) -> None:
        """Give the wait of a device more time."""
        self._more_s[node_id] = self._more_s.get(node_id, 0.0) + seconds
        self.event.set()

    def say_provided(self, node_id: str, name: str) -> None:
        """Tell that a value which a device waits for was stored."""
        self._provided.add((node_id, name))
        self.event.set()

    def pause(self, paused: bool) -> None:
        """Hold or go on."""
        self.paused = paused
        self.event.set()

    def take_later(self, node_id: str) -> bool:
        """Return whether the wait was put off, once."""
        said = node_id in self._later
        self._later.discard(node_id)
        return said

    def take_more_s(self, node_id: str) -> float:
        """Return the seconds that were added, once."""
        return self._more_s.pop(node_id, 0.0)

    def take_provided(self, node_id: str, name: str) -> bool:
        """Return whether the value came, once."""
        said = (node_id, name) in self._provided
        self._provided.discard((node_id, name))
        return said

    def begin(self, node_id: str) -> None:
        """Forget what was said to an earlier wait of this device."""
        self._later.discard(node_id)
        self._more_s.pop(node_id, None)
