"""What the job reaches devices and cloud through: whatever the window uses at that moment."""

from __future__ import annotations

from typing import Any

from larry.bootstrap import cloud_client
from larry.errors import DeviceUnavailableError
from ui.bridge.device_feed import DeviceFeed


class FeedDevices:
    """Opens devices with the service the window listens with now: it may start after the site was opened."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    async def open(self, identity_or_target: str, timeout_s: float = 15.0, *, prefer: Any = "ble") -> Any:
        """Open a link; see `DeviceService.open`.

        Raises:
            DeviceUnavailableError: nothing listens.
        """
        service = self._feed.service
        if service is None:
            raise DeviceUnavailableError(
                "Larry is not listening for devices.",
                reason="no-radio",
                why="Neither Bluetooth nor a cable is in use.",
                remedy="Turn Bluetooth on or connect a cable, then try again.",
            )
        return await service.open(identity_or_target, timeout_s, prefer=prefer)


class CloudDoor:
    """The cloud during a run: one client per run, made when a step needs it and closed after the run.

    A cloud without a sign-in therefore stops the steps that need it, not the job.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._client: Any = None

    async def close(self) -> None:
        """End the run's connection; the next use opens another."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def __getattr__(self, name: str) -> Any:
        """Hand on the client's methods: `sites`, `iqs`, `add_iq`, `tree` … (see `CloudClient`)."""
        if name.startswith("_"):
            raise AttributeError(name)
        if self._client is None:
            self._client = cloud_client(self._base_url)
        return getattr(self._client, name)
