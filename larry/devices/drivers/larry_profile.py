"""Driver for devices of device-profile.md: the generic one plus SMP group 65."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from larry.devices.device_data import (
    DeviceEvent,
    DeviceInfo,
    DeviceTree,
    HeardNode,
    Nameplate,
    NetworkCheckResult,
    TreeItem,
)
from larry.devices.drivers.device_session import DeviceSession
from larry.devices.drivers.driver import LinkTools
from larry.devices.drivers.generic import GenericSession
from larry.devices.protocol import group65
from larry.devices.secure_client import SecureClient
from larry.errors import DeviceProtocolError, DeviceRefusedError, DeviceTimeoutError, DeviceUnsupportedError

_PROBE_TIMEOUT_S: Final = 2.0
_MAX_EVENT_PAGES: Final = 100
_MAX_SURVEY_PAGES: Final = 40
_ANSWER_TIMEOUT_S: Final = 4.0
_NETWORK_CHECK_S: Final = 60.0
"""Every failed attempt has to run into its own deadline inside the device first."""


class ProfileSession(GenericSession):
    """Everything of the profile."""

    driver_name = "larry-profile"

    def __init__(self, tools: LinkTools) -> None:
        super().__init__(tools)
        self._secure = SecureClient(self._smp)
        self._device_id = ""

    def speaks(self) -> tuple[str, ...]:
        """As the generic session, and group 65."""
        return tuple(sorted({*super().speaks(), "group65"}))

    async def info(self) -> DeviceInfo:
        """Read group 65 info and, where there is one, the Device Information Service."""
        own = await self._read_info()
        general = await self._tools.transport.device_information()
        manufacturer = next((text for uuid, text in general.items() if uuid.startswith("00002a29")), "")
        hardware = next((text for uuid, text in general.items() if uuid.startswith("00002a27")), "")
        return replace(own, manufacturer=manufacturer, hardware=hardware)

    async def _read_info(self) -> DeviceInfo:
        answer = await self._smp.request(group65.InfoRead(), doing="telling who it is")
        self._device_id = answer.device_id
        self.device = f"{answer.kind.upper() if answer.kind == 'iq' else answer.kind} {answer.device_id}"
        self._smp.device = self.device
        if self._tools.improv is not None:
            self._tools.improv.device = self.device
        return DeviceInfo(
            kind=answer.kind if answer.kind in ("iq", "repeater", "lock") else "unknown",
            device_id=answer.device_id,
            model=answer.model,
            firmware=answer.firmware,
            mac=answer.mac,
            adapter_macs=answer.adapter_macs,
            state=answer.state,
            led_colour=answer.led_colour,
            led_pattern=answer.led_pattern,
            uptime_s=answer.uptime_s,
            window_open=answer.window_open,
            in_site=answer.in_site,
            online=answer.online,
            link_state=answer.link_state,
            attached_to=answer.attached_to,
            battery_percent=answer.battery_percent,
            wifi_ssid=answer.wifi_ssid,
            session_wait_s=answer.session_wait_s,
            speaks=self.speaks(),
            driver=self.driver_name,
            buffer_size=self._smp.buffer_size,
        )

    async def identify(self, seconds: int) -> None:
        """Blink for some seconds."""
        await self._smp.request(group65.IdentifyWrite(seconds=seconds), doing="identifying itself")

    async def battery(self) -> int | None:
        """Read the Battery Service, or what info tells."""
        level = await super().battery()
        return level if level is not None else (await self._read_info()).battery_percent

    async def unlock(self, activation_code: str) -> None:
        """Prove the activation code by CPace."""
        if not self._device_id:
            await self._read_info()
        await self._secure.unlock(activation_code, self._device_id)

    async def read_tree(self) -> DeviceTree:
        """Read the tree in the IQ's own order."""
        answer = await self._secure.request(group65.TreeRead(), group65.TreeReadResponse)
        items = tuple(
            TreeItem(item.device_id, item.parent, item.kind, item.link_state) for item in answer.items
        )
        return DeviceTree(answer.revision, items)

    async def write_tree(self, items: Sequence[TreeItem], expected_revision: int) -> int:
        """Write the tree in the given order."""
        entries = [
            group65.TreeEntry(
                device_id=item.device_id,
                parent=item.parent_device_id,
                kind=item.kind,
                link_state=item.link_state,
            )
            for item in items
        ]
        request = group65.TreeWrite(expected_revision=expected_revision, items=entries)
        return (await self._secure.request(request, group65.TreeWriteResponse)).revision

    async def attach(self, device_id: str, parent_device_id: str | None, kind: str) -> str:
        """Attach at the end of the tree; the card at the device finishes it."""
        request = group65.LinkWrite(action="attach", device_id=device_id, parent=parent_device_id, kind=kind)
        return (await self._secure.request(request, group65.LinkWriteResponse)).link_state

    async def detach(self, device_id: str) -> str:
        """Detach; the card at the device finishes it."""
        request = group65.LinkWrite(action="detach", device_id=device_id)
        return (await self._secure.request(request, group65.LinkWriteResponse)).link_state

    async def read_nameplate(self) -> Nameplate:
        """Read the kept names."""
        answer = await self._secure.request(group65.NameplateRead(), group65.NameplateReadResponse)
        return Nameplate(answer.site, answer.device, answer.parent)

    async def write_nameplate(self, nameplate: Nameplate) -> None:
        """Keep names."""
        request = group65.NameplateWrite(
            site=nameplate.site, device=nameplate.device, parent=nameplate.parent
        )
        await self._secure.request(request, group65.NameplateWriteResponse)

    async def events(self, since: int) -> list[DeviceEvent]:
        """Read the log after entry `since`, page by page."""
        events: list[DeviceEvent] = []
        for _ in range(_MAX_EVENT_PAGES):
            answer = await self._secure.request(group65.EventsRead(since=since), group65.EventsReadResponse)
            events += [
                DeviceEvent(entry.n, entry.what, entry.device_id, entry.at_s) for entry in answer.events
            ]
            if not answer.more or not answer.events:
                break
            since = answer.events[-1].n
        return events

    async def survey(self, seconds: int, reduce_db: int) -> list[HeardNode]:
        """Measure, then fetch the result part by part."""
        heard: list[HeardNode] = []
        for _ in range(_MAX_SURVEY_PAGES):
            request = group65.SurveyWrite(seconds=seconds, reduce_db=reduce_db, skip=len(heard))
            timeout_s = _ANSWER_TIMEOUT_S + (0 if heard else seconds)
            answer = await self._secure.request(request, group65.SurveyWriteResponse, timeout_s=timeout_s)
            heard += [self._heard(item) for item in answer.heard]
            if not answer.more or not answer.heard:
                break
        return heard

    def _heard(self, item: group65.SurveyItem) -> HeardNode:
        return HeardNode(
            item.device_id,
            item.heard_by or self._device_id,
            item.rssi_here_dbm,
            item.rssi_there_dbm,
            item.count,
            item.success_percent,
        )

    async def network_check(self) -> list[NetworkCheckResult]:
        """Let it try everything; failures run into deadlines inside the device."""
        answer = await self._secure.request(
            group65.NetworkCheckWrite(), group65.NetworkCheckWriteResponse, timeout_s=_NETWORK_CHECK_S
        )
        return [NetworkCheckResult(check.name, check.result, check.cause) for check in answer.checks]


class LarryProfileDriver:
    """Accepts a device that answers group 65 info."""

    name = "larry-profile"

    async def accepts(self, tools: LinkTools) -> bool:
        """Ask for info."""
        if tools.smp is None:
            return False
        try:
            await tools.smp.request(group65.InfoRead(), timeout_s=_PROBE_TIMEOUT_S, doing="telling who it is")
        except (DeviceUnsupportedError, DeviceRefusedError, DeviceProtocolError, DeviceTimeoutError):
            return False
        return True

    def session(self, tools: LinkTools) -> DeviceSession:
        """Return a session."""
        return ProfileSession(tools)


DRIVER: Final = LarryProfileDriver()
