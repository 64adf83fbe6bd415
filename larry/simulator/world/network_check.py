"""What an IQ finds out when it tries its network, from the cable plug to the update server (domain.md 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from larry.simulator.world.building_network import BuildingNetwork
from larry.simulator.world.iq import SimulatedIq

NAMES = ("802.1x", "dhcp", "dns", "captive-portal", "tcp-40000", "tcp-40001", "updates")
"""All checks in the order in which they are made."""


@dataclass(frozen=True, slots=True)
class NetworkCheck:
    """One check: `pass`, `fail` or `not-tried`, and the cause unless it passed."""

    name: str
    result: str
    cause: str = ""


def network_check(iq: SimulatedIq) -> list[NetworkCheck]:
    """Try everything that can be tried, in order; what needs a failed check is not tried."""
    failures = dict(_failures(iq))
    checks: list[NetworkCheck] = []
    blocked_by = _not_connected(iq)
    for name in NAMES:
        if blocked_by:
            checks.append(NetworkCheck(name, "not-tried", blocked_by))
        elif name in failures:
            checks.append(NetworkCheck(name, "fail", failures[name]))
            blocked_by = _STOPS.get(name, "")
        else:
            checks.append(NetworkCheck(name, "pass"))
    return checks


_STOPS = {"802.1x": "not-admitted", "dhcp": "no-address", "dns": "no-names", "captive-portal": "login-page"}
"""A failed check after which nothing further can be tried, and how the rest says so."""


def _not_connected(iq: SimulatedIq) -> str:
    """Return why there is nothing to check; "" when the IQ has a network or was refused by one."""
    station = iq.wifi.station
    if iq.wifi.linked or station.problem in ("no-dhcp", "802.1x"):
        return ""
    if station.problem is not None:
        return f"wifi-{station.problem}"
    return "joining" if station.state == "joining" else "no-network"


def _failures(iq: SimulatedIq) -> Iterator[tuple[str, str]]:
    network: BuildingNetwork = iq.site.network
    if network.cloud_offline:
        yield from (("tcp-40000", "refused"), ("tcp-40001", "refused"))
    for name, failed, cause in (
        ("802.1x", network.asks_802_1x, "authentication-wanted"),
        ("dhcp", network.no_dhcp, "no-offer"),
        ("dns", network.no_dns, "no-answer"),
        ("captive-portal", network.captive_portal, "login-page"),
        ("tcp-40000", network.ports_blocked or network.port_40000_blocked, "blocked"),
        ("tcp-40001", network.ports_blocked or network.port_40001_blocked, "blocked"),
        ("updates", network.updates_blocked, "blocked"),
    ):
        if failed:
            yield name, cause
