"""How Improv sees an IQ over Bluetooth, an IQ over the cable, and a foreign device."""

from __future__ import annotations

from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.foreign_device import ForeignDevice
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.wifi_station import WifiStation


class IqOverBle:
    """Authorised by the button; what was given in this window counts as provisioned."""

    def __init__(self, iq: SimulatedIq) -> None:
        self._iq = iq

    @property
    def device(self) -> SimulatedDevice:
        """The IQ."""
        return self._iq

    @property
    def station(self) -> WifiStation:
        """Its Wi-Fi side."""
        return self._iq.wifi.station

    @property
    def authorised(self) -> bool:
        """True while the window is open."""
        return self._iq.window_open

    @property
    def provisioned(self) -> bool:
        """In a network, and not asked for other settings by a new press of the button."""
        if not self.station.joined:
            return False
        return self._iq.wifi.provisioned_in_window or not self._iq.window_open

    def provision(self, ssid: str, password: str) -> None:
        """Take settings while the window is open."""
        self._iq.wifi.provision(ssid, password)


class IqOverCable(IqOverBle):
    """Always authorised: who holds the cable stands in front of it."""

    @property
    def authorised(self) -> bool:
        """True when it runs."""
        return self._iq.running

    @property
    def provisioned(self) -> bool:
        """True in a network."""
        return self.station.joined

    def provision(self, ssid: str, password: str) -> None:
        """Take settings at any time."""
        self._iq.wifi.provision_by_cable(ssid, password)


class ForeignImprov:
    """A device that asks for no button."""

    def __init__(self, device: ForeignDevice) -> None:
        self._device = device

    @property
    def device(self) -> SimulatedDevice:
        """The device."""
        return self._device

    @property
    def station(self) -> WifiStation:
        """Its Wi-Fi side."""
        return self._device.station

    @property
    def authorised(self) -> bool:
        """Always."""
        return True

    @property
    def provisioned(self) -> bool:
        """True in a network."""
        return self._device.station.joined

    def provision(self, ssid: str, password: str) -> None:
        """Take settings."""
        self._device.provision(ssid, password)
