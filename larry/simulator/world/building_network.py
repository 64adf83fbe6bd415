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

        One of `not-found`, `wrong-password`, `no-dhcp`.
        """
        network = next((n for n in self.audible(dual_band) if n.ssid == ssid), None)
        if network is None:
            return "not-found"
        if self.refuses_password or (network.secured and network.password != password):
            return "wrong-password"
        return "no-dhcp" if self.no_dhcp else None

    @property
    def cloud_reachable(self) -> bool:
        """True when a joined IQ gets out on TCP 40000 and 40001 and the cloud answers."""
        return not (self.ports_blocked or self.cloud_offline)
