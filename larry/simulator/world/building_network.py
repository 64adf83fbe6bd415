"""The building's Wi-Fi and its way out, with everything that can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WifiNetwork:
    """A Wi-Fi network as it can be heard in the building. An empty password means an open network."""

    ssid: str
    password: str = field(default="", repr=False)
    band_ghz: float = 2.4
    rssi_dbm: int = -58

    @property
    def secured(self) -> bool:
        """True when it asks for a password."""
        return bool(self.password)


@dataclass(slots=True)
class BuildingNetwork:
    """All networks and the faults of router and firewall."""

    networks: tuple[WifiNetwork, ...] = ()
    refuses_password: bool = False
    no_dhcp: bool = False
    ports_blocked: bool = False
    five_ghz_only: bool = False
    cloud_offline: bool = False
    asks_802_1x: bool = False
    no_dns: bool = False
    captive_portal: bool = False
    port_40000_blocked: bool = False
    port_40001_blocked: bool = False
    updates_blocked: bool = False

    def audible(self, dual_band: bool) -> list[WifiNetwork]:
        """Return the networks a device hears, strongest first; 5 GHz only with the right dongle."""
        heard = [
            network
            for network in self.networks
            if dual_band or (network.band_ghz < 5 and not self.five_ghz_only)
        ]
        return sorted(heard, key=lambda network: -network.rssi_dbm)

    def join_problem(self, ssid: str, password: str, dual_band: bool) -> str | None:
        """Return why a device with these settings cannot join, or None when it can.

        One of `not-found`, `wrong-password`, `802.1x`, `no-dhcp`.
        """
        network = next((n for n in self.audible(dual_band) if n.ssid == ssid), None)
        if network is None:
            return "not-found"
        if self.refuses_password or (network.secured and network.password != password):
            return "wrong-password"
        if self.asks_802_1x:
            return "802.1x"
        return "no-dhcp" if self.no_dhcp else None

    @property
    def cloud_reachable(self) -> bool:
        """True when a joined IQ gets out on TCP 40000 and 40001 and the cloud answers."""
        stopped = (
            self.ports_blocked,
            self.port_40000_blocked,
            self.port_40001_blocked,
            self.cloud_offline,
            self.asks_802_1x,
            self.no_dns,
            self.captive_portal,
        )
        return not any(stopped)
