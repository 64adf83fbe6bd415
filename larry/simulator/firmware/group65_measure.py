"""Group 65, what an IQ measures inside the session: its links and its network."""

from __future__ import annotations

from dataclasses import asdict

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.group65_refusals import refuse
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand
from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.network_check import network_check
from larry.simulator.world.radio_survey import HeardNode, survey

_NODES_PER_ANSWER = 16
_LONGEST_S = 60
_MOST_REDUCED_DB = 20


class Group65Measure:
    """Link survey and network check of one IQ."""

    def __init__(self, iq: SimulatedIq, world: World) -> None:
        self._iq = iq
        self._world = world
        self._heard: list[HeardNode] = []

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(group65.SurveyWrite, Access.SEALED, self._survey),
            SmpCommand(group65.NetworkCheckWrite, Access.SEALED, self._check_network),
        ]

    def _survey(self, request: group65.SurveyWrite, channel: ClientChannel) -> Payload:
        """Measure, and tell the first part; with `skip` only tell a further part of what was measured."""
        del channel
        in_bounds = 1 <= request.seconds <= _LONGEST_S and 0 <= request.reduce_db <= _MOST_REDUCED_DB
        if not in_bounds or request.skip < 0:
            raise refuse(Group65Error.INVALID)
        if not request.skip:
            self._iq.log("larry", "survey", f"Larry to {self._iq.name}: link survey, {request.seconds} s")
            self._heard = survey(self._world, self._iq, request.seconds, request.reduce_db)
        part = self._heard[request.skip : request.skip + _NODES_PER_ANSWER]
        return {
            "heard": [self._told(heard) for heard in part],
            "more": len(self._heard) > request.skip + _NODES_PER_ANSWER,
        }

    def _told(self, heard: HeardNode) -> Payload:
        values = {key: value for key, value in asdict(heard).items() if value is not None}
        if heard.heard_by == self._iq.device_id:
            del values["heard_by"]
        return values

    def _check_network(self, request: group65.NetworkCheckWrite, channel: ClientChannel) -> Payload:
        del request, channel
        self._iq.log("larry", "network-check", f"Larry to {self._iq.name}: network check")
        return {"checks": [asdict(check) for check in network_check(self._iq)]}
