"""A small site: two IQs, one with room and one full; a lock without a parent."""

from __future__ import annotations

from larry.domain.hardware import Floor, Link, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site


def small_site() -> Site:
    """Two IQs: one with room, one full; a lock without a parent."""
    site = Site(
        SiteInfo("Hotel Adler", country_code="AT", time_zone="Europe/Vienna", owner_email="owner@example.com")
    )
    site.set_floors([Floor("f0", "Ground", 0), Floor("f1", "First", 1)])
    nodes = [
        Node("iq1", Kind.IQ, "iq2-bluenet", "IQ Lobby", None, "f0", 4.0, 2.0, time_zone="Europe/Vienna"),
        Node("r1", Kind.REPEATER, "repeater-bluenet", "Rep 1", "iq1", "f0", 10.0, 2.0),
        Node("l1", Kind.LOCK, "escutcheon", "Room 101", "r1", "f0", 12.0, 2.0),
        Node("l2", Kind.LOCK, "escutcheon", "Room 102", "r1", "f0", 13.0, 2.0),
        Node("l3", Kind.LOCK, "wall-reader", "Main entrance", "r1", "f0", 14.0, 2.0),
        Node("iq2", Kind.IQ, "iq2-bluenet", "IQ Upper", None, "f1", 4.0, 2.0, time_zone="Europe/Vienna"),
        Node("r2", Kind.REPEATER, "repeater-bluenet", "Rep 2", "iq2", "f1", 9.0, 2.0),
        *(
            Node(f"u{n}", Kind.LOCK, "escutcheon", f"Room {201 + n}", "r2", "f1", 9.0 + n * 0.3, 3.0)
            for n in range(16)
        ),
        Node("l9", Kind.LOCK, "cylinder", "Room 110", None, "f0", 11.0, 4.0),
    ]
    for node in nodes:
        site.insert_node(node)
    site.set_link("r1", "l1", Link("r1", "l1", -60.0, -63.0, 30, "door closed"))
    return site
