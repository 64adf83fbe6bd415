"""Driver for any device that speaks SMP or Improv: what the open standards allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from smpclient.requests.image_management import ImageErase, ImageStatesRead, ImageStatesWrite
from smpclient.requests.os_management import EchoWrite, OSApplicationInfoRead, ResetWrite
from smpclient.requests.settings_management import ReadSetting, SaveSettings, WriteSetting
from smpclient.requests.statistics_management import GroupData, ListOfGroups

from larry.devices.device_data import DeviceInfo, SmpParameters, StoredImage, WifiNetwork
from larry.devices.drivers.device_session import DeviceSession
from larry.devices.drivers.driver import LinkTools
from larry.devices.image_upload import ImageUpload
from larry.devices.improv_client import ImprovClient
from larry.devices.protocol import uuids
from larry.devices.protocol.firmware_image import FirmwareImage
from larry.devices.protocol.improv import ImprovState
from larry.devices.smp_client import SmpClient
from larry.errors import DeviceRefusedError, DeviceUnsupportedError

_JOIN_TIMEOUT_S: Final = 60.0
_ERASE_TIMEOUT_S: Final = 30.0
_MAX_STATISTICS: Final = 64


class GenericSession(DeviceSession):
    """Information, identify, Wi-Fi, restart, settings, echo."""

    driver_name = "generic"

    def __init__(self, tools: LinkTools) -> None:
        super().__init__(tools.device)
        self._tools = tools

    @property
    def _smp(self) -> SmpClient:
        if self._tools.smp is None:
            self._unsupported("be managed by SMP")
        return self._tools.smp

    @property
    def _improv(self) -> ImprovClient:
        if self._tools.improv is None:
            self._unsupported("be given a Wi-Fi network")
        return self._tools.improv

    async def info(self) -> DeviceInfo:
        """Put together what Device Information, SMP and Improv tell."""
        texts = await self._tools.transport.device_information()
        system = await self._system_texts()
        improv = await self._improv_texts()
        return DeviceInfo(
            kind="unknown",
            device_id=texts.get(uuids.SERIAL_NUMBER, ""),
            manufacturer=texts.get(uuids.MANUFACTURER_NAME, ""),
            model=texts.get(uuids.MODEL_NUMBER, "")
            or improv.get("hardware", "")
            or system.get("platform", ""),
            name=improv.get("name", ""),
            firmware=texts.get(uuids.FIRMWARE_REVISION, "")
            or improv.get("version", "")
            or " ".join(filter(None, (system.get("kernel", ""), system.get("release", "")))),
            hardware=texts.get(uuids.HARDWARE_REVISION, ""),
            state=improv.get("state", ""),
            battery_percent=await self._tools.transport.battery_percent(),
            speaks=self.speaks(),
            driver=self.driver_name,
            buffer_size=self._tools.smp.buffer_size if self._tools.smp else None,
        )

    def speaks(self) -> tuple[str, ...]:
        """What the device speaks on this link."""
        names = set(self._tools.transport.speaks) - {"smp", "improv"}
        names |= {"smp"} if self._tools.smp else set()
        names |= {"improv"} if self._tools.improv else set()
        return tuple(sorted(names))

    async def _system_texts(self) -> dict[str, str]:
        """Ask the SMP group `os` for what it knows; firmware may leave out any of it."""
        texts: dict[str, str] = {}
        if self._tools.smp is None:
            return texts
        for key, letter in (("kernel", "s"), ("release", "r"), ("platform", "i")):
            try:
                answer = await self._tools.smp.request(OSApplicationInfoRead(format=letter))
            except (DeviceUnsupportedError, DeviceRefusedError):
                break
            texts[key] = answer.output.strip()
        return texts

    async def _improv_texts(self) -> dict[str, str]:
        if self._tools.improv is None:
            return {}
        texts = {"state": state_word(await self._tools.improv.state())}
        try:
            answer = await self._tools.improv.device_info()
        except (DeviceUnsupportedError, DeviceRefusedError):
            return texts
        return texts | dict(zip(("firmware", "version", "hardware", "name"), answer, strict=False))

    async def identify(self, seconds: int) -> None:
        """Use Improv's identify; the device itself decides how long."""
        if self._tools.improv is None:
            self._unsupported("identify itself")
        await self._tools.improv.identify()

    async def battery(self) -> int | None:
        """Read the Battery Service."""
        return await self._tools.transport.battery_percent()

    async def wifi_networks(self) -> list[WifiNetwork]:
        """Read the networks by Improv."""
        found = await self._improv.networks()
        return [WifiNetwork(entry.ssid, entry.rssi_dbm, entry.secured) for entry in found]

    async def wifi_state(self) -> str:
        """Read the state by Improv."""
        return state_word(await self._improv.state())

    async def provision_wifi(
        self,
        ssid: str,
        password: str,
        timeout_s: float = _JOIN_TIMEOUT_S,
        on_state: Callable[[str], None] | None = None,
    ) -> str:
        """Give the network by Improv; return the address that the device names, or ""."""

        def forward(state: ImprovState) -> None:
            if on_state is not None:
                on_state(state_word(state))

        return await self._improv.provision(ssid, password, timeout_s=timeout_s, on_state=forward)

    async def read_setting(self, name: str) -> bytes:
        """Read by the SMP group `settings`."""
        return bytes((await self._smp.request(ReadSetting(name=name), doing="reading a setting")).val)

    async def write_setting(self, name: str, value: bytes) -> None:
        """Write, and save where the device needs that."""
        await self._smp.request(WriteSetting(name=name, val=value), doing="writing a setting")
        try:
            await self._smp.request(SaveSettings(), doing="saving its settings")
        except (DeviceUnsupportedError, DeviceRefusedError):
            return  # saves by itself

    async def reboot(self) -> None:
        """Restart by the SMP group `os`; the link ends soon after."""
        await self._smp.request(ResetWrite(), doing="restarting")

    async def echo(self, text: str) -> str:
        """Echo by the SMP group `os`."""
        return str((await self._smp.request(EchoWrite(d=text), doing="echoing")).r)

    async def smp_parameters(self) -> SmpParameters:
        """Read by the SMP group `os`."""
        size, count = await self._smp.read_parameters()
        return SmpParameters(size, count)

    async def images(self) -> list[StoredImage]:
        """List by the SMP group `image`."""
        answer = await self._smp.request(ImageStatesRead(), doing="listing its firmware")
        return [
            StoredImage(
                slot=state.slot,
                version=state.version,
                image_hash=bytes(state.hash or b""),
                active=bool(state.active),
                pending=bool(state.pending),
                confirmed=bool(state.confirmed),
                permanent=bool(state.permanent),
            )
            for state in answer.images
        ]

    async def upload_image(
        self, image: FirmwareImage, only_newer: bool, on_offset: Callable[[int], None]
    ) -> None:
        """Send by the SMP group `image`."""
        await ImageUpload(self._smp, image, only_newer=only_newer, on_offset=on_offset).run()

    async def test_image(self, image_hash: bytes) -> None:
        """Mark an image for the next start."""
        await self._smp.request(ImageStatesWrite(hash=image_hash), doing="preparing the test of firmware")

    async def confirm_image(self) -> None:
        """Keep what runs."""
        await self._smp.request(ImageStatesWrite(confirm=True), doing="confirming its firmware")

    async def erase_image(self) -> None:
        """Empty the second slot; erasing flash takes its time."""
        await self._smp.request(ImageErase(), timeout_s=_ERASE_TIMEOUT_S, doing="erasing firmware")

    async def statistics(self) -> dict[str, dict[str, int]]:
        """Read every group by the SMP group `statistics`."""
        groups = await self._smp.request(ListOfGroups(), doing="listing its statistics")
        counted: dict[str, dict[str, int]] = {}
        for name in groups.stat_list[:_MAX_STATISTICS]:
            answer = await self._smp.request(GroupData(name=name), doing="telling statistics")
            counted[name] = dict(answer.fields)
        return counted


class GenericDriver:
    """Accepts everything; asked last."""

    name = "generic"

    async def accepts(self, tools: LinkTools) -> bool:
        """Any device that speaks something."""
        return tools.smp is not None or tools.improv is not None

    def session(self, tools: LinkTools) -> DeviceSession:
        """Return a session."""
        return GenericSession(tools)


DRIVER: Final = GenericDriver()


def state_word(state: ImprovState) -> str:
    """Return a Wi-Fi state as the rest of Larry writes it: authorization-required, authorized, …"""
    return state.name.lower().replace("_", "-")
