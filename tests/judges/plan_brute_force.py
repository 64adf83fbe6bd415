"""The cheapest plan of a tiny floor by trying everything; shares no code with the planner.

Every tree with up to six repeaters on every set of sites is built node by node, then doors are dealt to
trees by dynamic programming over sets of doors.
"""

from __future__ import annotations

import math
from itertools import combinations

Point = tuple[float, float]


def cheapest_plan(doors: list[Point], sites: list[Point], most_doors: int, most_repeaters: int) -> int:
    """Return the least price of a plan: IQ 10, repeater 3, reach 10 m, depth 3, two repeaters below one.

    Args:
        doors: places of the locks.
        sites: where hardware may stand, more than one at a place if need be.
        most_doors: locks of one IQ.
        most_repeaters: repeaters of one IQ.
    """
    near = [[math.dist(a, b) <= 10.0 + 1e-9 for b in sites] for a in sites]
    reach = [
        sum(1 << k for k, door in enumerate(doors) if math.dist(site, door) <= 10.0 + 1e-9) for site in sites
    ]
    price_of: dict[int, int] = {}
    for hub, mask in enumerate(reach):
        _offer(price_of, mask, 10)
        for repeaters, covered in _trees(hub, near, reach, most_repeaters):
            _offer(price_of, covered, 10 + 3 * repeaters)
    return _cover(price_of, len(doors), most_doors)


def _trees(hub: int, near: list[list[bool]], reach: list[int], most: int) -> set[tuple[int, int]]:
    """Return repeaters and doors of every tree with this hub."""
    found: set[tuple[int, int]] = set()
    states = {()}
    for count in range(1, most + 1):
        grown: set[tuple[tuple[int, int, int], ...]] = set()
        for state in states:
            for parent in range(-1, len(state)):
                grown |= _add(state, parent, hub, near)
        states = grown
        for state in states:
            covered = 0
            for site, _, _ in state:
                covered |= reach[site]
            found.add((count, covered))
    return found


def _add(
    state: tuple[tuple[int, int, int], ...], parent: int, hub: int, near: list[list[bool]]
) -> set[tuple[tuple[int, int, int], ...]]:
    """Add one repeater below a parent (-1 the hub) at every place; nodes are (site, depth, children)."""
    nodes = list(state)
    root, depth = hub, 0
    if parent >= 0:
        root, depth, children = nodes[parent]
        if depth == 3 or children == 2:
            return set()
        nodes[parent] = (root, depth, children + 1)
    return {tuple(sorted([*nodes, (site, depth + 1, 0)])) for site, fits in enumerate(near[root]) if fits}


def _offer(price_of: dict[int, int], mask: int, price: int) -> None:
    price_of[mask] = min(price, price_of.get(mask, price))


def _cover(price_of: dict[int, int], doors: int, most: int) -> int:
    """Return the least price of all doors, dealing at most so many to each tree."""
    by_part: dict[int, int] = {}
    for mask, price in price_of.items():
        members = [door for door in range(doors) if mask >> door & 1]
        for some in combinations(members, min(most, len(members))):
            _offer(by_part, sum(1 << door for door in some), price)
    best = [0] + [10**9] * ((1 << doors) - 1)
    for mask in range(1, 1 << doors):
        low = mask & -mask
        best[mask] = min(
            (best[mask & ~part] + price for part, price in by_part.items() if part & low), default=10**9
        )
    return best[-1]
