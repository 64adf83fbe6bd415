"""SMP group 2: what a device counts."""

from __future__ import annotations

from collections.abc import Callable

from smp import statistics_management as statistics

from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand, SmpRefusalError
from larry.simulator.world.device import SimulatedDevice

_GROUP = 2


class StatisticsCommands:
    """The statistics group of one device, for anybody to read.

    Args:
        device: whose counters.
        requests: how many SMP requests it has answered and refused.
    """

    def __init__(self, device: SimulatedDevice, requests: Callable[[], dict[str, int]]) -> None:
        self._groups: dict[str, Callable[[], dict[str, int]]] = {
            "smp_svr_stats": requests,
            "system": lambda: {"uptime_s": int(device.uptime_s), "clients": device.clients},
        }

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(statistics.ListOfGroupsRequest, Access.OPEN, self._list),
            SmpCommand(statistics.GroupDataRequest, Access.OPEN, self._data),
        ]

    def _list(self, request: object, channel: ClientChannel) -> Payload:
        del request, channel
        return {"stat_list": list(self._groups)}

    def _data(self, request: statistics.GroupDataRequest, channel: ClientChannel) -> Payload:
        del channel
        group = self._groups.get(request.name)
        if group is None:
            raise SmpRefusalError(statistics.STAT_MGMT_ERR.ERR_INVALID_GROUP, _GROUP)
        return {"name": request.name, "fields": group()}
