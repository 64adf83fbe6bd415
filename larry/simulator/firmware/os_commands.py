"""SMP group 0: echo, reset, MCUmgr parameters, application information."""

from __future__ import annotations

from smp import os_management as os_group
from smp.error import MGMT_ERR

from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand, SmpRefusalError
from larry.simulator.firmware.smp_server import BUFFER_COUNT, BUFFER_SIZE
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.refusal import RefusalError

_FIELDS = "snrvbmpio"


class OsCommands:
    """The os group of one device."""

    def __init__(self, device: SimulatedDevice) -> None:
        self._device = device

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(os_group.EchoWriteRequest, Access.OPEN, self._echo),
            SmpCommand(os_group.MCUMgrParametersReadRequest, Access.OPEN, self._parameters),
            SmpCommand(os_group.OSApplicationInfoReadRequest, Access.OPEN, self._application),
            SmpCommand(os_group.ResetWriteRequest, Access.PRESENT, self._reset),
        ]

    def _echo(self, request: os_group.EchoWriteRequest, channel: ClientChannel) -> Payload:
        del channel
        return {"r": request.d}

    def _parameters(self, request: object, channel: ClientChannel) -> Payload:
        del request, channel
        return {"buf_size": BUFFER_SIZE, "buf_count": BUFFER_COUNT}

    def _application(self, request: os_group.OSApplicationInfoReadRequest, channel: ClientChannel) -> Payload:
        """As `uname`: one letter per field, `a` for all, `s` when nothing is asked."""
        del channel
        identity = self._device.identity
        values = {
            "s": "Larry practice",
            "n": identity.device_id,
            "r": identity.firmware,
            "v": f"hardware {identity.hardware}",
            "b": "simulated",
            "m": "virtual",
            "p": "virtual",
            "i": identity.model or "unknown",
            "o": "larry",
        }
        wanted = request.format or "s"
        wanted = _FIELDS if "a" in wanted else wanted
        if any(letter not in values for letter in wanted):
            raise SmpRefusalError(os_group.OS_MGMT_RET_RC.INVALID_FORMAT, 0)
        return {"output": " ".join(values[letter] for letter in _FIELDS if letter in wanted)}

    def _reset(self, request: os_group.ResetWriteRequest, channel: ClientChannel) -> Payload:
        """Answer first, start again a moment later, as firmware does."""
        del request, channel
        if not self._device.running:
            raise SmpRefusalError(MGMT_ERR.EBUSY)
        self._device.site.timers.after(0.25, self._reboot)
        return {}

    def _reboot(self) -> None:
        try:
            self._device.reboot()
        except RefusalError as refusal:
            self._device.log("device", refusal.code, refusal.text)
