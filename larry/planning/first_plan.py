"""A plan at once: IQ after IQ at the edge of what is still open, with numpy alone (nothing to compile)."""

from __future__ import annotations

import numpy as np

from larry.planning.plan_limits import PlanLimits
from larry.planning.site_grid import Floats, SiteGrid
from larry.planning.tree_column import TreeColumn, bits, reach_of

_HUBS = 12


class _Growing:
    """One tree that grows by the site that serves most of the open doors."""

    def __init__(self, grid: SiteGrid, table: Floats, limits: PlanLimits, hub: int, open_doors: int) -> None:
        self._grid, self._table, self._limits = grid, table, limits
        self.hub = hub
        self.sites: list[int] = []
        self.parents: list[int] = []
        self._depths: list[int] = []
        self._parent_of = np.full(len(grid), -2, dtype=np.int32)
        self._open = open_doors
        self.served = 0
        self._allow(hub, -1)

    def grow(self) -> bool:
        """Add one repeater; False when nothing is gained."""
        left = np.zeros(self._grid.door_count)
        left[bits(self._open & ~self.served)] = 1.0
        sites = np.flatnonzero(self._parent_of > -2)
        gains = self._table[sites] @ left
        best = int(gains.argmax())
        if gains[best] <= 0:
            return False
        site = int(sites[best])
        parent = int(self._parent_of[site])
        self.sites.append(site)
        self.parents.append(parent)
        self._depths.append(1 if parent < 0 else self._depths[parent] + 1)
        self.served |= self._grid.masks[site] & self._open
        if parent >= 0 and self.parents.count(parent) >= self._limits.branching:
            self._parent_of[self._parent_of == parent] = -2
            for other in (-1, *range(len(self.sites) - 1)):
                self._allow_below(other)
        self._allow_below(len(self.sites) - 1)
        return True

    def _allow_below(self, node: int) -> None:
        if node < 0:
            self._allow(self.hub, -1)
        elif self._depths[node] < self._limits.depth and self.parents.count(node) < self._limits.branching:
            self._allow(self.sites[node], node)

    def _allow(self, site: int, parent: int) -> None:
        near = self._grid.near[self._grid.near_from[site] : self._grid.near_from[site + 1]]
        free = near[self._parent_of[near] == -2]
        self._parent_of[free] = parent


def first_plan(grid: SiteGrid, limits: PlanLimits, hubs: int = _HUBS) -> list[TreeColumn]:
    """Return trees that together serve every door, each door once."""
    table = np.zeros((len(grid), grid.door_count))
    for site, mask in enumerate(grid.masks):
        table[site, bits(mask)] = 1.0
    reach = table.sum(axis=0)
    doors = (1 << grid.door_count) - 1
    trees: list[TreeColumn] = []
    while doors:
        tree = _best_tree(grid, table, reach, limits, doors, hubs)
        trees.append(tree)
        doors &= ~tree.doors
    return trees


def _best_tree(
    grid: SiteGrid, table: Floats, reach: Floats, limits: PlanLimits, doors: int, hubs: int
) -> TreeColumn:
    corner = bits(doors)
    # The open door that fewest sites reach is the hardest to serve later.
    door = corner[int(reach[corner].argmin())]
    around = np.flatnonzero(table[:, door])
    span = grid.places[around]
    centre = span.mean(axis=0)
    away = np.hypot(*(grid.places - centre).T)
    near = np.flatnonzero(away <= 1.5 * limits.reach_m)
    picked = near[np.linspace(0, len(near) - 1, min(hubs, len(near))).astype(int)]
    options: list[TreeColumn] = []
    for hub in sorted({int(each) for each in (*picked, around[int(table[around].sum(axis=1).argmax())])}):
        options += _options(grid, table, limits, hub, doors)
    options = [each for each in options if each.doors >> door & 1] or options
    return min(options, key=lambda tree: tree.price / tree.doors.bit_count())


def _options(grid: SiteGrid, table: Floats, limits: PlanLimits, hub: int, doors: int) -> list[TreeColumn]:
    found: list[TreeColumn] = []
    growing = _Growing(grid, table, limits, hub, doors)
    direct = grid.masks[hub] & doors
    if direct:
        found.append(TreeColumn(hub, (), (), _some(direct, limits.locks), grid.masks[hub], limits.iq_price))
    while len(growing.sites) < limits.repeaters and growing.grow():
        if len(growing.sites) > 1:
            found.append(
                TreeColumn(
                    hub,
                    tuple(growing.sites),
                    tuple(growing.parents),
                    _some(growing.served, limits.locks),
                    reach_of(grid.masks, hub, growing.sites),
                    limits.tree_price(len(growing.sites)),
                )
            )
        if growing.served.bit_count() >= limits.locks:
            break
    return found


def _some(mask: int, most: int) -> int:
    return sum(1 << door for door in bits(mask)[:most])
