"""What an IQ has said about its nodes so far, read by its numbered events and never twice."""

from __future__ import annotations

from larry.domain.ids import normalise_device_id
from larry.services.commission.ports import JobLink

KEPT_PER_DEVICE = 50


class EventFeed:
    """The events of one IQ, by device."""

    def __init__(self) -> None:
        self._since = 0
        self._of: dict[str, list[str]] = {}

    async def read(self, link: JobLink) -> None:
        """Fetch what is new."""
        for event in await link.events(self._since):
            self._since = max(self._since, event.number)
            words = self._of.setdefault(normalise_device_id(event.device_id), [])
            words.append(event.what)
            del words[:-KEPT_PER_DEVICE]

    def restart(self) -> None:
        """Read from the beginning next time: an IQ that started again may count from 1."""
        self._since = 0
        self._of.clear()

    def mark(self, device_id: str) -> int:
        """Return a mark: `since_mark` gives what came after it."""
        return len(self._of.get(normalise_device_id(device_id), ()))

    def since_mark(self, device_id: str, mark: int) -> list[str]:
        """Return the words about a device after a mark."""
        return self._of.get(normalise_device_id(device_id), [])[mark:]

    def online(self, device_id: str) -> bool | None:
        """Return the last word about online or offline, None when there was none."""
        for what in reversed(self._of.get(normalise_device_id(device_id), [])):
            if what in ("online", "offline"):
                return what == "online"
        return None
