"""Puts a device's program together: which SMP commands it offers, how its Improv behaves."""

from __future__ import annotations

from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.group65_iq import Group65Iq
from larry.simulator.firmware.group65_measure import Group65Measure
from larry.simulator.firmware.group65_open import Group65Open
from larry.simulator.firmware.group65_session import Group65Session
from larry.simulator.firmware.image_commands import ImageCommands
from larry.simulator.firmware.improv_devices import ForeignImprov, IqOverBle, IqOverCable
from larry.simulator.firmware.improv_server import ImprovDevice
from larry.simulator.firmware.os_commands import OsCommands
from larry.simulator.firmware.settings_commands import SettingsCommands
from larry.simulator.firmware.smp_server import SmpServer
from larry.simulator.firmware.statistics_commands import StatisticsCommands
from larry.simulator.world import World
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.foreign_device import ForeignDevice
from larry.simulator.world.iq import SimulatedIq


class Firmware:
    """The program of one device, shared by its Bluetooth and its cable.

    Attributes:
        smp: answers SMP requests; None for a device that speaks no SMP.
    """

    def __init__(self, world: World, device: SimulatedDevice) -> None:
        self.device = device
        self.smp: SmpServer | None = None
        self._session: Group65Session | None = None
        if isinstance(device, ForeignDevice):
            if device.speaks == "smp":
                self.smp = SmpServer(OsCommands(device).commands(), lambda: True)
            return
        self.smp = SmpServer(OsCommands(device).commands(), lambda: device.window_open)
        self.smp.add(ImageCommands(device).commands())
        self.smp.add(StatisticsCommands(device, self.smp.counters).commands())
        self.smp.add(Group65Open(device).commands())
        if isinstance(device, SimulatedIq):
            self._session = Group65Session(device, self.smp)
            self.smp.add(self._session.commands())
            self.smp.add(Group65Iq(device, world.events).commands())
            self.smp.add(Group65Measure(device, world).commands())
            self.smp.add(SettingsCommands(device).commands())

    def improv_over_ble(self) -> ImprovDevice | None:
        """Return how Improv sees the device over Bluetooth; None when it speaks none."""
        if isinstance(self.device, SimulatedIq):
            return IqOverBle(self.device)
        if isinstance(self.device, ForeignDevice) and self.device.speaks == "improv":
            return ForeignImprov(self.device)
        return None

    def improv_over_cable(self) -> ImprovDevice | None:
        """Return how Improv sees the device over the cable; None when it has none."""
        return IqOverCable(self.device) if isinstance(self.device, SimulatedIq) else None

    def closed(self, channel: ClientChannel) -> None:
        """A connection ended."""
        if self._session is not None:
            self._session.closed(channel)
