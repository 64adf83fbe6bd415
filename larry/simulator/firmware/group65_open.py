"""Group 65, what anybody may ask: info and identify."""

from __future__ import annotations

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error
from larry.simulator.firmware.advertised import advertised_state
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.group65_refusals import refuse
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.node import SimulatedNode

_LONGEST_IDENTIFY_S = 600


class Group65Open:
    """Info and identify of one device."""

    def __init__(self, device: SimulatedDevice) -> None:
        self._device = device

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(group65.InfoRead, Access.OPEN, self._info),
            SmpCommand(group65.IdentifyWrite, Access.OPEN, self._identify),
        ]

    def _info(self, request: group65.InfoRead, channel: ClientChannel) -> Payload:
        del request, channel
        device = self._device
        answer: Payload = {
            "kind": device.kind,
            "device_id": device.device_id,
            "model": device.identity.model,
            "mac": device.identity.mac,
            "firmware": device.identity.firmware,
            "state": advertised_state(device).value,
            "led_colour": device.led.colour,
            "led_pattern": device.led.pattern,
            "uptime_s": int(device.uptime_s),
            "window_open": device.window_open,
            "in_site": device.in_site,
            "factory": device.factory,
            "fault": device.fault,
        }
        if device.battery_percent is not None:
            answer["battery_percent"] = device.battery_percent
        return answer | self._of_its_kind(device)

    def _of_its_kind(self, device: SimulatedDevice) -> Payload:
        if isinstance(device, SimulatedIq):
            return {
                "adapter_macs": list(device.adapter_macs),
                "online": device.online,
                "wifi_ssid": device.wifi.station.ssid or "",
                "session_wait_s": int(device.back_off.remaining_s(device.now_s)),
            }
        if isinstance(device, SimulatedNode):
            return {
                "online": device.online,
                "link_state": device.link_state,
                "attached_to": device.attached_to or "",
            }
        return {}

    def _identify(self, request: group65.IdentifyWrite, channel: ClientChannel) -> Payload:
        del channel
        if not 0 <= request.seconds <= _LONGEST_IDENTIFY_S:
            raise refuse(Group65Error.INVALID)
        self._device.identify(request.seconds)
        return {}
