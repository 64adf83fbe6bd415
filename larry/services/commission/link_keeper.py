"""Links of a running job: one per device, opened when needed, kept for everything below an IQ."""

from __future__ import annotations

import contextlib

from larry.domain.hardware import Node
from larry.errors import DeviceError, DeviceRefusedError
from larry.services.commission.event_feed import EventFeed
from larry.services.commission.ports import JobDevices, JobLink, Prefer

OPEN_TIMEOUT_S = 8.0
"""Real seconds to find and connect; somebody who has to go closer is told so after that."""


class LinkKeeper:
    """Opens, unlocks, keeps and drops links.

    Args:
        devices: the way to devices.
        prefer: cable or radio, where there are both; over the cable no window has to be opened.

    Attributes:
        reached: a link was opened since this was set to False.
        not_ready: IQs whose session could not be had in this run, with the reason; what hangs below them
            does not wait for the same thing again.
    """

    def __init__(self, devices: JobDevices, prefer: Prefer = "serial") -> None:
        self._devices = devices
        self._prefer = prefer
        self._links: dict[str, JobLink] = {}
        self._unlocked: set[str] = set()
        self._lost: set[str] = set()
        self._feeds: dict[str, EventFeed] = {}
        self.reached = False
        self.not_ready: dict[str, str] = {}

    async def link(self, device_id: str) -> JobLink:
        """Return the link to a device, opened now unless it stands.

        Raises:
            DeviceError: no way to it.
        """
        known = self._links.get(device_id)
        if known is not None and known.is_open:
            return known
        if known is not None:
            self._lost.add(device_id)
        await self.drop(device_id)
        link = await self._devices.open(device_id, OPEN_TIMEOUT_S, prefer=self._prefer)
        self._links[device_id] = link
        self.reached = True
        return link

    async def session(self, iq: Node, activation_code: str) -> JobLink:
        """Return the link to an IQ with its sealed session open.

        Raises:
            DeviceError: no way to it.
            DeviceRefusedError: codes `activation-code`, `locked-out`, `window-closed`.
        """
        device_id = iq.device_id or ""
        link = await self.link(device_id)
        if device_id not in self._unlocked:
            try:
                await link.unlock(activation_code)
            except DeviceRefusedError:
                raise
            except DeviceError:
                await self.drop(device_id)
                raise
            self._unlocked.add(device_id)
            self.not_ready.pop(iq.id, None)
            self.feed(device_id).restart()
        return link

    def has_session(self, device_id: str) -> bool:
        """Tell whether the sealed session stands, as far as known."""
        return device_id in self._unlocked

    def take_loss(self, device_id: str) -> bool:
        """Return whether the link was lost and opened again since this was asked last."""
        lost = device_id in self._lost
        self._lost.discard(device_id)
        return lost

    def feed(self, device_id: str) -> EventFeed:
        """Return the events read from an IQ so far."""
        return self._feeds.setdefault(device_id, EventFeed())

    async def drop(self, device_id: str) -> None:
        """Close a link that is lost or not needed any more."""
        self._unlocked.discard(device_id)
        link = self._links.pop(device_id, None)
        if link is not None:
            with contextlib.suppress(DeviceError, DeviceRefusedError):
                await link.close()

    async def close(self) -> None:
        """Close all links."""
        for device_id in list(self._links):
            await self.drop(device_id)
