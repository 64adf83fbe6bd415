"""The way of an IQ to the cloud: Wi-Fi station, address, ports 40000 and 40001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from larry.simulator.world.refusal import RefusalError
from larry.simulator.world.timer_queue import Timer
from larry.simulator.world.wifi_station import WifiStation

if TYPE_CHECKING:
    from larry.simulator.world.iq import SimulatedIq


class IqNetwork:
    """Station and cloud connection of one IQ.

    Attributes:
        cloud_connected: the connection to the cloud stands.
        wired: it has a working Ethernet cable.
        provisioned_in_window: Improv finished in the window that is open now.
    """

    def __init__(self, iq: SimulatedIq, dual_band: bool) -> None:
        self._iq = iq
        self._timer: Timer | None = None
        self.station = WifiStation(iq.site, dual_band, self._station_changed)
        self.cloud_connected = False
        self.wired = False
        self.provisioned_in_window = False

    @property
    def has_network(self) -> bool:
        """True when it is in a network or on the way into one."""
        return self.wired or self.station.state in ("joined", "joining")

    @property
    def linked(self) -> bool:
        """True with an address."""
        return self.wired or self.station.joined

    def provision(self, ssid: str, password: str) -> None:
        """Take Wi-Fi settings, as Improv gives them.

        Raises:
            RefusalError: `window-closed`, or `busy` while an attempt runs.
        """
        if not self._iq.window_open:
            raise RefusalError("window-closed", "The Bluetooth window is closed.")
        self.provision_by_cable(ssid, password)

    def provision_by_cable(self, ssid: str, password: str) -> None:
        """Take Wi-Fi settings over the serial cable, where no window is needed."""
        if not self._iq.running or self.station.state == "joining":
            raise RefusalError("busy", "The device is busy.")
        self.provisioned_in_window = False
        self.station.provision(ssid, password)

    def start(self) -> None:
        """The IQ's program started."""
        self.station.start()
        self.reconsider()

    def stop(self) -> None:
        """The IQ's program stopped."""
        self.station.power_lost()
        self.provisioned_in_window = False
        self.reconsider()

    def reconsider(self) -> None:
        """Network, firewall or cloud changed: connect or lose the cloud."""
        possible = self._iq.running and self.linked and self._iq.site.network.cloud_reachable
        if not possible:
            self._cancel()
            if self.cloud_connected:
                self.cloud_connected = False
                self._iq.log("device", "offline", f"{self._iq.name}: cloud connection closed")
        elif not self.cloud_connected and self._timer is None:
            self._timer = self._iq.site.timers.after(self._iq.site.timings.cloud_connect_s, self._connect)

    def _connect(self) -> None:
        self._timer = None
        self.cloud_connected = True
        self._iq.log("device", "online", f"{self._iq.name} is online")

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _station_changed(self, what: str, text: str) -> None:
        self.provisioned_in_window = what == "wifi-joined" and self._iq.window_open
        self._iq.log("device", what, f"{self._iq.name} {text}")
        self.reconsider()
