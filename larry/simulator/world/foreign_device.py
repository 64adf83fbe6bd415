"""A device of another maker: speaks only SMP, or only Improv, and is no part of any site."""

from __future__ import annotations

from larry.simulator.world.device import Identity, SimulatedDevice, Site
from larry.simulator.world.position import Position
from larry.simulator.world.refusal import RefusalError
from larry.simulator.world.wifi_station import WifiStation


class ForeignDevice(SimulatedDevice):
    """Attributes:
    speaks: `smp` or `improv`.
    station: the Wi-Fi side of an Improv device; always authorised.
    """

    def __init__(self, site: Site, identity: Identity, position: Position, speaks: str) -> None:
        super().__init__(site, identity, position)
        self.speaks = speaks
        self.station = WifiStation(
            site, False, lambda what, text: self.log("device", what, f"{self.name} {text}")
        )

    @property
    def window_open(self) -> bool:
        """It asks for no button."""
        return self.running

    def provision(self, ssid: str, password: str) -> None:
        """Take Wi-Fi settings."""
        if self.station.state == "joining":
            raise RefusalError("busy", "The device is busy.")
        self.station.provision(ssid, password)
