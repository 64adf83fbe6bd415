"""SMP group 3: the settings of an IQ, `iq/green_heartbeat` and `iq/time_zone`."""

from __future__ import annotations

import zoneinfo

from smp import settings_management as settings
from smp.error import MGMT_ERR

from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand, SmpRefusalError
from larry.simulator.world.iq import SimulatedIq

GREEN_HEARTBEAT = "iq/green_heartbeat"
TIME_ZONE = "iq/time_zone"
_GROUP = 3


class SettingsCommands:
    """The settings group of one IQ; everybody may read, writing needs presence."""

    def __init__(self, iq: SimulatedIq) -> None:
        self._iq = iq

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(settings.ReadSettingRequest, Access.OPEN, self._read),
            SmpCommand(settings.WriteSettingRequest, Access.PRESENT, self._write),
            SmpCommand(settings.SaveSettingsRequest, Access.PRESENT, lambda request, channel: {}),
            SmpCommand(settings.CommitSettingsRequest, Access.PRESENT, lambda request, channel: {}),
        ]

    def _read(self, request: settings.ReadSettingRequest, channel: ClientChannel) -> Payload:
        del channel
        if request.name == GREEN_HEARTBEAT:
            return {"val": bytes([self._iq.green_heartbeat])}
        if request.name == TIME_ZONE:
            return {"val": self._iq.time_zone.encode()}
        raise SmpRefusalError(settings.SETTINGS_MGMT_ERR.KEY_NOT_FOUND, _GROUP)

    def _write(self, request: settings.WriteSettingRequest, channel: ClientChannel) -> Payload:
        del channel
        if request.name == GREEN_HEARTBEAT and request.val in (b"\x00", b"\x01"):
            self._iq.green_heartbeat = request.val == b"\x01"
        elif request.name == TIME_ZONE and request.val.decode("ascii", "replace") in _zones():
            self._iq.time_zone = request.val.decode("ascii")
        elif request.name in (GREEN_HEARTBEAT, TIME_ZONE):
            raise SmpRefusalError(MGMT_ERR.EINVAL)
        else:
            raise SmpRefusalError(settings.SETTINGS_MGMT_ERR.KEY_NOT_FOUND, _GROUP)
        self._iq.log("larry", "setting", f"Larry to {self._iq.name}: setting {request.name}")
        return {}


def _zones() -> set[str]:
    return zoneinfo.available_timezones()
