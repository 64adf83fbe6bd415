"""A link to one device, usable from any thread's event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, Protocol, TypeVar

from larry.devices.device_data import (
    DeviceEvent,
    DeviceInfo,
    DeviceTree,
    HeardNode,
    Nameplate,
    NetworkCheckResult,
    SmpParameters,
    StoredImage,
    TreeItem,
    WifiNetwork,
)
from larry.devices.drivers.device_session import DeviceSession
from larry.devices.link_pool import SharedLink
from larry.devices.protocol.firmware_image import FirmwareImage

_T = TypeVar("_T")


class _Hop(Protocol):
    def __call__(self, operation: Coroutine[Any, Any, _T], /) -> Awaitable[_T]: ...


class DeviceLink:
    """What `DeviceService.open` returns. Close it, or use it as `async with`.

    All methods raise the families of `larry.errors`: DeviceRefusedError (`code` tells why:
    window-closed, activation-code, tree-stale, too-many-locks …), DeviceUnsupportedError,
    DeviceTimeoutError, DeviceDisconnectedError, DeviceProtocolError.

    Attributes:
        opening_info: what was read while opening.
    """

    def __init__(
        self, link: SharedLink, hop: _Hop, release: Callable[[SharedLink], Coroutine[Any, Any, None]]
    ) -> None:
        self.opening_info: DeviceInfo = link.device.info
        self._link = link
        self._hop = hop
        self._release = release
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether the link is still up."""
        return not self._closed and not self._link.device.transport.ended.is_set()

    @property
    def transport(self) -> str:
        """ble or serial."""
        return self._link.device.transport.name

    @property
    def _session(self) -> DeviceSession:
        return self._link.device.session

    async def wait_ended(self) -> None:
        """Return when the link is over."""
        await self._hop(_wait(self._link.device.transport.ended))

    async def info(self) -> DeviceInfo:
        """Read who the device is and how it is now."""
        return await self._hop(self._session.info())

    async def identify(self, seconds: int = 10) -> None:
        """Let the device show itself, usually by blinking, for some seconds."""
        await self._hop(self._session.identify(seconds))

    async def battery(self) -> int | None:
        """Read the battery in percent; None = it has none."""
        return await self._hop(self._session.battery())

    async def wifi_networks(self) -> list[WifiNetwork]:
        """Read the Wi-Fi networks that the device hears, strongest first."""
        return await self._hop(self._session.wifi_networks())

    async def wifi_state(self) -> str:
        """Read authorization-required, authorized, provisioning or provisioned."""
        return await self._hop(self._session.wifi_state())

    async def provision_wifi(
        self,
        ssid: str,
        password: str,
        timeout_s: float = 60.0,
        on_state: Callable[[str], None] | None = None,
    ) -> str:
        """Give the device a Wi-Fi network and wait until it has joined.

        Args:
            ssid: 1 to 32 bytes.
            password: at most 64 bytes; not kept, not logged.
            timeout_s: for joining.
            on_state: told each state (as `wifi_state`), in the caller's loop.

        Returns:
            The address the device names, or "".

        Raises:
            DeviceRefusedError: window-closed or wifi-unable-to-connect.
        """
        loop = asyncio.get_running_loop()

        def forward(word: str) -> None:
            if on_state is not None:
                loop.call_soon_threadsafe(on_state, word)

        return await self._hop(self._session.provision_wifi(ssid, password, timeout_s, forward))

    async def unlock(self, activation_code: str) -> None:
        """Open the secure session; needed for tree, attach, detach, nameplate and events.

        Raises:
            DeviceRefusedError: activation-code (wrong one) or locked-out (too many wrong ones).
        """
        await self._hop(self._session.unlock(activation_code))

    async def read_tree(self) -> DeviceTree:
        """Read the tree of an IQ in its own order."""
        return await self._hop(self._session.read_tree())

    async def write_tree(self, items: Sequence[TreeItem], expected_revision: int) -> int:
        """Replace the tree; return the new revision.

        Raises:
            DeviceRefusedError: tree-stale, too-many-locks, too-many-repeaters, too-deep …
        """
        return await self._hop(self._session.write_tree(items, expected_revision))

    async def attach(self, device_id: str, parent_device_id: str | None, kind: str) -> str:
        """Start to attach a node to this IQ; return its link state, usually attached_pending.

        Args:
            device_id: of the lock or repeater.
            parent_device_id: the repeater it hangs on; None = the IQ itself.
            kind: lock or repeater.
        """
        return await self._hop(self._session.attach(device_id, parent_device_id, kind))

    async def detach(self, device_id: str) -> str:
        """Start to detach a node; return its link state, usually detached_pending."""
        return await self._hop(self._session.detach(device_id))

    async def read_nameplate(self) -> Nameplate:
        """Read the names kept in the device."""
        return await self._hop(self._session.read_nameplate())

    async def write_nameplate(self, nameplate: Nameplate) -> None:
        """Keep names in the device."""
        await self._hop(self._session.write_nameplate(nameplate))

    async def events(self, since: int = 0) -> list[DeviceEvent]:
        """Read the device's log after entry `since`."""
        return await self._hop(self._session.events(since))

    async def survey(self, seconds: int = 5, reduce_db: int = 0) -> list[HeardNode]:
        """Let an IQ and its repeaters measure the links to all nodes around them, in both directions.

        Args:
            seconds: how long to measure, 1 to 60; each node answers a few probes per second.
            reduce_db: both ends send with so much less power: what still works then has that headroom.
        """
        return await self._hop(self._session.survey(seconds, reduce_db))

    async def network_check(self) -> list[NetworkCheckResult]:
        """Let an IQ try its network: 802.1X, DHCP, names, captive portal, ports, update server."""
        return await self._hop(self._session.network_check())

    async def read_setting(self, name: str) -> bytes:
        """Read a setting's bytes."""
        return await self._hop(self._session.read_setting(name))

    async def write_setting(self, name: str, value: bytes | str | bool) -> None:
        """Write a setting and let the device keep it; text as UTF-8, yes and no as one byte."""
        raw = (
            value
            if isinstance(value, bytes)
            else value.encode()
            if isinstance(value, str)
            else bytes((value,))
        )
        await self._hop(self._session.write_setting(name, raw))

    async def reboot(self) -> None:
        """Restart the device; the link ends soon after."""
        await self._hop(self._session.reboot())

    async def echo(self, text: str) -> str:
        """Let the device answer a text: the shortest proof that management works."""
        return await self._hop(self._session.echo(text))

    async def smp_parameters(self) -> SmpParameters:
        """Read the device's buffer sizes."""
        return await self._hop(self._session.smp_parameters())

    async def images(self) -> list[StoredImage]:
        """List the firmware images in the device: what runs, what waits."""
        return await self._hop(self._session.images())

    async def upload_image(
        self,
        image: FirmwareImage,
        *,
        only_newer: bool = False,
        on_offset: Callable[[int], None] = lambda offset: None,
    ) -> None:
        """Send a firmware image to the second slot; after a lost link the same call goes on where it stopped.

        Args:
            image: checked before (`read_firmware_image`).
            only_newer: let the device refuse an image that is not newer.
            on_offset: told the bytes that the device has, in the caller's loop.

        Raises:
            DeviceRefusedError: `smp-1-…` as the device says, `image-damaged`.
        """
        loop = asyncio.get_running_loop()

        def forward(offset: int) -> None:
            loop.call_soon_threadsafe(on_offset, offset)

        await self._hop(self._session.upload_image(image, only_newer, forward))

    async def test_image(self, image_hash: bytes) -> None:
        """Let the device start an image at its next restart, once; unless confirmed, it then goes back."""
        await self._hop(self._session.test_image(image_hash))

    async def confirm_image(self) -> None:
        """Let the device keep the image that runs."""
        await self._hop(self._session.confirm_image())

    async def erase_image(self) -> None:
        """Empty the second slot, and forget an interrupted upload."""
        await self._hop(self._session.erase_image())

    async def statistics(self) -> dict[str, dict[str, int]]:
        """Read all groups of counters of the device."""
        return await self._hop(self._session.statistics())

    async def log_lines(self) -> list[str]:
        """Return the last log lines of the console (serial only)."""
        return self._link.device.transport.log_lines()

    async def close(self) -> None:
        """Leave the link; the last user closes it. Safe to repeat."""
        if not self._closed:
            self._closed = True
            await self._hop(self._release(self._link))

    async def __aenter__(self) -> DeviceLink:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
