"""Finding trees that are worth more than they cost at given prices of the doors."""

from __future__ import annotations

import numpy as np

from larry.planning.grow_trees import MAX_REPEATERS, grow_from_hubs
from larry.planning.plan_limits import PlanLimits
from larry.planning.site_grid import Floats, Ints, SiteGrid
from larry.planning.top_ranks import best_ranks, rank_doors
from larry.planning.tree_column import TreeColumn, bits, reach_of

_PER_DOOR = 6  # trees taken for one door in a round: more are much alike


class ColumnSearch:
    """Grows trees on one floor.

    Args:
        grid: where hardware may stand.
        limits: what a tree must keep.
    """

    def __init__(self, grid: SiteGrid, limits: PlanLimits) -> None:
        self.grid = grid
        self.limits = limits
        self._shape = np.array([limits.depth, limits.branching], dtype=np.int32)

    def worth_taking(
        self, prices: Floats, hubs: Ints, most: int, bonus: float = 0.0
    ) -> tuple[list[TreeColumn], float]:
        """Return trees whose doors are worth more than the tree, best first, and the largest surplus.

        Args:
            prices: what each door is worth now.
            hubs: sites to grow from.
            most: at most so many.
            bonus: taken off the price of every tree.
        """
        order, rank_of, weights = rank_doors(prices)
        grid, limits = self.grid, self.limits
        last = len(order)
        top = best_ranks(grid.cover_from, grid.cover, rank_of, limits.locks, last)
        shape = (len(hubs), MAX_REPEATERS + 1)
        values = np.zeros(shape)
        sites = np.zeros((*shape, MAX_REPEATERS), dtype=np.int32)
        parents = np.zeros_like(sites)
        grow_from_hubs(
            hubs,
            grid.near_from,
            grid.near,
            top,
            weights,
            self._shape,
            limits.repeaters,
            values,
            sites,
            parents,
        )
        cost = np.array([limits.tree_price(size) for size in range(MAX_REPEATERS + 1)]) - bonus
        surplus = values - cost
        surplus[:, 1] = -1.0
        wanted = np.flatnonzero(surplus.ravel() > 1e-6)
        wanted = wanted[np.argsort(-surplus.ravel()[wanted], kind="stable")]
        best = float(surplus.ravel()[wanted[0]]) if len(wanted) else 0.0
        taken: list[TreeColumn] = []
        seen: set[int] = set()
        used = [0] * last
        for flat in wanted:
            row, size = divmod(int(flat), MAX_REPEATERS + 1)
            tree = self._tree(int(hubs[row]), sites[row, size, :size], parents[row, size, :size], rank_of)
            doors = bits(tree.doors)
            if tree.doors in seen or all(used[door] >= _PER_DOOR for door in doors):
                continue
            seen.add(tree.doors)
            for door in doors:
                used[door] += 1
            taken.append(tree)
            if len(taken) >= most:
                break
        return taken, best

    def _tree(self, hub: int, sites: Ints, parents: Ints, rank_of: Ints) -> TreeColumn:
        repeaters = tuple(int(site) for site in sites)
        reachable = reach_of(self.grid.masks, hub, repeaters)
        best = sorted(bits(reachable), key=lambda door: int(rank_of[door]))[: self.limits.locks]
        doors = sum(1 << door for door in best)
        price = self.limits.tree_price(len(repeaters))
        return TreeColumn(hub, repeaters, tuple(int(each) for each in parents), doors, reachable, price)
