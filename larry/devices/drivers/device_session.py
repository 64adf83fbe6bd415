"""Everything that can be asked of a device; what a driver does not offer stays *unsupported*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

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
from larry.devices.protocol.firmware_image import FirmwareImage
from larry.errors import DeviceUnsupportedError


class DeviceSession:
    """Base of the sessions of all drivers. Runs in the device thread.

    Every method raises the device errors of `larry.errors`; `DeviceLink` describes them.

    Args:
        device: how the device is named in errors.
    """

    def __init__(self, device: str) -> None:
        self.device = device

    async def info(self) -> DeviceInfo:
        """Read who and how the device is."""
        self._unsupported("tell who it is")

    async def identify(self, seconds: int) -> None:
        """Let it show itself."""
        self._unsupported("identify itself")

    async def battery(self) -> int | None:
        """Read the battery in percent."""
        self._unsupported("tell its battery")

    async def wifi_networks(self) -> list[WifiNetwork]:
        """Read the Wi-Fi networks it hears."""
        self._unsupported("list Wi-Fi networks")

    async def wifi_state(self) -> str:
        """Read its state of provisioning."""
        self._unsupported("tell its Wi-Fi state")

    async def provision_wifi(
        self, ssid: str, password: str, timeout_s: float, on_state: Callable[[str], None] | None
    ) -> str:
        """Give it a Wi-Fi network."""
        self._unsupported("be given a Wi-Fi network")

    async def unlock(self, activation_code: str) -> None:
        """Prove the activation code."""
        self._unsupported("open a session")

    async def read_tree(self) -> DeviceTree:
        """Read the tree of an IQ."""
        self._unsupported("show a tree")

    async def write_tree(self, items: Sequence[TreeItem], expected_revision: int) -> int:
        """Replace the tree of an IQ; return the new revision."""
        self._unsupported("take a tree")

    async def attach(self, device_id: str, parent_device_id: str | None, kind: str) -> str:
        """Start to attach a node; return its link state."""
        self._unsupported("attach devices")

    async def detach(self, device_id: str) -> str:
        """Start to detach a node; return its link state."""
        self._unsupported("detach devices")

    async def read_nameplate(self) -> Nameplate:
        """Read the kept names."""
        self._unsupported("keep names")

    async def write_nameplate(self, nameplate: Nameplate) -> None:
        """Keep names."""
        self._unsupported("keep names")

    async def events(self, since: int) -> list[DeviceEvent]:
        """Read the log after an entry."""
        self._unsupported("keep a log")

    async def survey(self, seconds: int, reduce_db: int) -> list[HeardNode]:
        """Measure the links around."""
        self._unsupported("measure links")

    async def network_check(self) -> list[NetworkCheckResult]:
        """Let it try its network."""
        self._unsupported("check its network")

    async def read_setting(self, name: str) -> bytes:
        """Read a setting."""
        self._unsupported("tell settings")

    async def write_setting(self, name: str, value: bytes) -> None:
        """Write a setting and keep it."""
        self._unsupported("take settings")

    async def reboot(self) -> None:
        """Restart it."""
        self._unsupported("be restarted from here")

    async def echo(self, text: str) -> str:
        """Let it answer a text."""
        self._unsupported("echo")

    async def smp_parameters(self) -> SmpParameters:
        """Read its buffer sizes."""
        self._unsupported("tell its buffer size")

    async def images(self) -> list[StoredImage]:
        """List its firmware images."""
        self._unsupported("list firmware images")

    async def upload_image(
        self, image: FirmwareImage, only_newer: bool, on_offset: Callable[[int], None]
    ) -> None:
        """Send a firmware image, or go on with it."""
        self._unsupported("take firmware")

    async def test_image(self, image_hash: bytes) -> None:
        """Let it start an image once."""
        self._unsupported("test firmware")

    async def confirm_image(self) -> None:
        """Keep the running image."""
        self._unsupported("confirm firmware")

    async def erase_image(self) -> None:
        """Empty the second slot."""
        self._unsupported("erase firmware")

    async def statistics(self) -> dict[str, dict[str, int]]:
        """Read what it counts."""
        self._unsupported("tell statistics")

    def _unsupported(self, verb: str) -> NoReturn:
        raise DeviceUnsupportedError(
            f"{self.device} cannot {verb}.",
            why="It does not speak a protocol that offers this, or not over this link.",
            remedy="Try the other link (BLE or cable), update its firmware, or do the step by hand.",
        )
