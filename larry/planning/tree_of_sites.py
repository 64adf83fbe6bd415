"""A real tree for repeaters whose places are known: where the IQ stands and who hangs below whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from larry.planning.plan_limits import PlanLimits
from larry.planning.site_grid import SiteGrid
from larry.planning.tree_column import TreeColumn, reach_of

_HUBS = 40  # places tried for the IQ, those that reach most repeaters first


def tree_of_sites(grid: SiteGrid, limits: PlanLimits, sites: Sequence[int], doors: int) -> TreeColumn | None:
    """Return the tree that serves these doors, or None when the limits allow none.

    Args:
        grid: where hardware may stand.
        limits: what the tree must keep.
        sites: one per repeater.
        doors: the doors it serves, as bits.
    """
    near = {site: set(grid.near[grid.near_from[site] : grid.near_from[site + 1]].tolist()) for site in sites}
    reached: Counter[int] = Counter()
    for site in sites:
        reached.update(near[site])
    hubs = sorted(reached, key=lambda hub: (-reached[hub], hub))[:_HUBS]
    for hub in hubs:
        order = _order(hub, sites, near, limits)
        if order is not None:
            placed = tuple(sites[which] for which, _ in order)
            index = {which: place for place, (which, _) in enumerate(order)}
            parents = tuple(-1 if parent < 0 else index[parent] for _, parent in order)
            price = limits.tree_price(len(sites))
            return TreeColumn(hub, placed, parents, doors, reach_of(grid.masks, hub, placed), price)
    return None


def _order(
    hub: int, sites: Sequence[int], near: dict[int, set[int]], limits: PlanLimits
) -> list[tuple[int, int]] | None:
    """Return repeaters with their parents, level by level, or None."""
    placed = [(which, -1) for which, site in enumerate(sites) if hub in near[site]]
    level = [which for which, _ in placed]
    open_ = [which for which in range(len(sites)) if which not in level]
    for _ in range(limits.depth - 1):
        room = dict.fromkeys(level, limits.branching)
        following: list[int] = []
        # Those with the fewest possible parents choose first.
        choices = {w: [p for p in level if sites[p] in near[sites[w]]] for w in open_}
        for which in sorted(open_, key=lambda w: (len(choices[w]), w)):
            parent = max((p for p in choices[which] if room[p]), key=lambda p: room[p], default=None)
            if parent is not None:
                room[parent] -= 1
                placed.append((which, parent))
                following.append(which)
        open_ = [which for which in open_ if which not in following]
        level = following
    return None if open_ else placed
