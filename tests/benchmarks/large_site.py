"""The large site of the benchmarks: 1,000 IQs, each with 6 repeaters in legal rows and 16 locks."""

from __future__ import annotations

from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site

IQS = 1000
REPEATERS = 6
LOCKS = 16
_PER_FLOOR = 50
_IQ_PITCH_M = 40.0


def large_site(iqs: int = IQS) -> Site:
    """Return a site without errors, with positions and names, as a planner would leave it."""
    site = Site(SiteInfo("Large", time_zone="Europe/Vienna", owner_email="owner@example.com"))
    site.set_floors(Floor(f"f{level}", f"Floor {level}", level) for level in range(iqs // _PER_FLOOR + 1))
    for number in range(iqs):
        _add_iq(site, number)
    return site


def _add_iq(site: Site, number: int) -> None:
    floor, x_m, iq = f"f{number // _PER_FLOOR}", (number % _PER_FLOOR) * _IQ_PITCH_M, f"iq{number}"
    site.insert_node(
        Node(iq, Kind.IQ, "iq2-bluenet", f"IQ {number}", None, floor, x_m, 0.0, time_zone="Europe/Vienna")
    )
    parent = iq
    for each in range(REPEATERS):
        parent = iq if each % 3 == 0 else f"iq{number}-r{each - 1}"
        side = 1 if each < 3 else -1
        place = x_m + side * (each % 3 + 1) * 6.0
        name = f"Rep {number}.{each}"
        site.insert_node(
            Node(f"{iq}-r{each}", Kind.REPEATER, "repeater-bluenet", name, parent, floor, place, 0.0)
        )
    for each in range(LOCKS):
        parent = f"{iq}-r{each % REPEATERS}"
        x_lock = site.nodes[parent].x_m
        name, device_id = f"Room {number}.{each}", f"{number * LOCKS + each:014X}"
        site.insert_node(
            Node(
                f"{iq}-l{each}",
                Kind.LOCK,
                "escutcheon",
                name,
                parent,
                floor,
                x_lock,
                4.0,
                device_id=device_id,
            )
        )
