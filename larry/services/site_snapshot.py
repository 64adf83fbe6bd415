"""A copy of the planned site that another thread may read while the plan goes on changing."""

from __future__ import annotations

from dataclasses import replace

from larry.domain.site import Site


def snapshot_site(site: Site) -> Site:
    """Return an equal site that shares nothing changeable with this one; order of siblings is kept."""
    copy = Site(replace(site.info))
    copy.set_extra(dict(site.extra))
    copy.set_floors(replace(floor) for floor in site.floors.values())
    for node in site.walk():
        copy.insert_node(node.copy())
    for (a, b), link in site.links.items():
        copy.set_link(a, b, link)
    return copy
