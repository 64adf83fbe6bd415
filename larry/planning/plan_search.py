"""Better and better plans of one part: first at once, then by whole trees chosen against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import dist

import numpy as np

from larry.planning.column_search import ColumnSearch
from larry.planning.first_plan import first_plan
from larry.planning.neighbourhood import Neighbourhood, SearchEffort
from larry.planning.plan_limits import PlanLimits
from larry.planning.site_grid import SiteGrid
from larry.planning.tree_column import TreeColumn, bits
from larry.planning.tree_pool import TreePool

_TOGETHER = (48, 64, 36)  # doors freed at once, in turn
_WHOLE = 70  # up to so many doors the whole part is chosen anew now and then
_POOL_ALONE = SearchEffort(rounds=0, columns=4000, nodes=300)
_THOROUGH = SearchEffort(rounds=8, hubs=120, columns=3000, nodes=300)


class PlanSearch:
    """The search for cheap plans of one part; the same seed takes the same steps.

    Args:
        grid: where hardware may stand.
        limits: what a plan must keep.
        seed: decides every choice.
        seconds_left: cuts long steps short; the order of steps does not depend on it.
    """

    def __init__(
        self, grid: SiteGrid, limits: PlanLimits, seed: int, seconds_left: Callable[[], float]
    ) -> None:
        self._grid = grid
        self._rng = np.random.default_rng(seed)
        self._left = seconds_left
        self._search = ColumnSearch(grid, limits)
        self.pool = TreePool()
        self._neighbourhood = Neighbourhood(self._search, self.pool, self._rng, seconds_left)
        self.trees = first_plan(grid, limits)
        self.pool.add(self.trees)

    @property
    def price(self) -> float:
        """Price of the best plan so far."""
        return sum(tree.price for tree in self.trees)

    def steps(self) -> Iterator[bool]:
        """Improve for ever; after each step yield whether the plan became cheaper."""
        rounds = 0
        while True:
            rounds += 1
            if self._grid.door_count <= _WHOLE and rounds % 8 == 0:
                yield self._improve(self.trees, _THOROUGH, sideways=True)
            else:
                together = _TOGETHER[rounds % len(_TOGETHER)]
                yield self._improve(self._neighbours(together), SearchEffort(), sideways=True)

    def choose_from_pool(self) -> bool:
        """Choose anew among all trees of the pool, and tell whether the plan became cheaper."""
        if self._grid.door_count > _WHOLE:
            return self._improve(self._neighbours(_WHOLE), _POOL_ALONE)
        return self._improve(self.trees, _POOL_ALONE)

    def _improve(self, freed: Sequence[TreeColumn], effort: SearchEffort, sideways: bool = False) -> bool:
        found = self._neighbourhood.improve(freed, effort, sideways)
        if found is None:
            return False
        before = self.price
        gone = {id(tree) for tree in freed}
        self.trees = [tree for tree in self.trees if id(tree) not in gone] + found
        self.pool.add(found)
        return self.price < before - 1e-6

    def _neighbours(self, together: int) -> list[TreeColumn]:
        """Return a random tree and those nearest to it."""
        middles = [self._middle(tree) for tree in self.trees]
        seed = middles[int(self._rng.integers(len(middles)))]
        order = sorted(range(len(middles)), key=lambda k: dist(middles[k], seed))
        freed: list[TreeColumn] = []
        doors = 0
        for which in order:
            doors += self.trees[which].doors.bit_count()
            if doors > together and len(freed) >= 2:
                break
            freed.append(self.trees[which])
        return freed

    def _middle(self, tree: TreeColumn) -> tuple[float, float]:
        sites = self._grid.places[list(tree.repeaters or (tree.hub,))]
        x_m, y_m = sites.mean(axis=0)
        return float(x_m), float(y_m)


def doors_served(trees: Sequence[TreeColumn]) -> list[int]:
    """Return every served door, as often as it is served."""
    return [door for tree in trees for door in bits(tree.doors)]
