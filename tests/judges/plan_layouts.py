"""Doors to plan for: hotels, random floors and corridors, each from a seed."""

from __future__ import annotations

import random

from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site

Point = tuple[float, float]


def scatter(count: int, seed: int) -> list[Point]:
    """Doors anywhere on a floor: 36 m² of floor for each."""
    rng = random.Random(f"scatter-{count}-{seed}")
    side = (36.0 * count) ** 0.5
    return [
        (round(rng.uniform(0, side * 1.25), 2), round(rng.uniform(0, side / 1.25), 2)) for _ in range(count)
    ]


def hotel(count: int, seed: int) -> list[Point]:
    """Wings of rooms on both sides of a corridor, 3.6 to 4.4 m wide, wings 16 m apart."""
    rng = random.Random(f"hotel-{count}-{seed}")
    rooms = rng.randint(7, 12)
    width = rng.uniform(3.6, 4.4)
    points: list[Point] = []
    wing = 0
    while len(points) < count:
        for room in range(rooms):
            for side in (0.0, 2.2):
                points.append((room * width + rng.uniform(-0.5, 0.5), wing * 16.0 + side))
        wing += 1
    return [(round(x, 2), round(y, 2)) for x, y in points[:count]]


def corridor(count: int, seed: int) -> list[Point]:
    """One long corridor, a door every 4 to 6 m, on alternating sides."""
    rng = random.Random(f"corridor-{count}-{seed}")
    points: list[Point] = []
    x = 0.0
    for number in range(count):
        points.append((round(x, 2), 2.0 * (number % 2)))
        x += rng.uniform(4.0, 6.0)
    return points


LAYOUTS = {"scatter": scatter, "hotel": hotel, "corridor": corridor}


def site_of(points: list[Point], floors: int = 1) -> Site:
    """Return a site whose doors stand at these places, dealt to the floors in turn."""
    site = Site(
        SiteInfo("Layout", time_zone="Europe/Vienna", owner_email="owner@example.com", profile="strict")
    )
    site.set_floors([Floor(f"f{level}", f"Floor {level}", level) for level in range(floors)])
    for number, (x, y) in enumerate(points):
        node = Node(
            f"l{number}", Kind.LOCK, "escutcheon", f"Room {number}", None, f"f{number % floors}", x, y
        )
        site.insert_node(node)
    return site
