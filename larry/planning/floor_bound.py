"""A price no plan of a part can be below, proven while the search goes on.

Column generation on the linear program with exact pricing. After every complete pricing the prices of the
doors, each divided by the largest worth / price of a tree with that door, are feasible for the dual, so
their sum is a bound (local form of Farley's). Then the number of IQs is fixed, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

import numpy as np

from larry.planning.attainable import Attainable
from larry.planning.column_search import ColumnSearch
from larry.planning.cover_lp import CoverLp
from larry.planning.exact_pricing import ExactPricing
from larry.planning.plan_limits import PlanLimits
from larry.planning.site_grid import Floats, SiteGrid
from larry.planning.tree_pool import TreePool

_SLACK = 6.0  # price of an uncovered door, in IQs, where the number of IQs is fixed
_NODES_PER_S = 10_000_000  # about what one core does
_MOST_BONUS = 0.95  # of an IQ's price: a tree must cost something


@dataclass(slots=True)
class _Branch:
    """What is known of plans with one number of IQs."""

    bound: float = 0.0
    done: bool = False


class FloorBound:
    """The bound of one part.

    Args:
        grid: where hardware may stand; the bound holds for these sites.
        limits: what a plan must keep.
        seed: decides from where trees are grown.
        seconds_left: ends the search.
        pool: receives the real trees that are met.
        nodes_per_s: effort of exact searches; one may take what is left of the time.
    """

    def __init__(
        self,
        grid: SiteGrid,
        limits: PlanLimits,
        seed: int,
        seconds_left: Callable[[], float],
        pool: TreePool | None = None,
        nodes_per_s: int = _NODES_PER_S,
    ) -> None:
        self._grid, self._limits = grid, limits
        self._rng = np.random.default_rng(seed)
        self._left = seconds_left
        self._nodes_per_s = nodes_per_s
        self._pool = TreePool() if pool is None else pool
        self._search = ColumnSearch(grid, limits)
        self._pricing: ExactPricing | None = None
        self._fewest = -(-grid.door_count // limits.locks)
        self._attainable = Attainable(limits, self._fewest)
        self._columns: list[tuple[float, int]] = []
        self._any = 0.0
        self._branches: dict[int, _Branch] = {}

    @property
    def capacity_bound(self) -> float:
        """The bound by the number of doors alone."""
        return self._fewest * self._limits.iq_price

    @property
    def value(self) -> float:
        """The best bound so far, rounded up to a total that a plan can have."""
        best = inf
        iqs = self._fewest
        while iqs * self._limits.iq_price < best:
            best = min(best, self._with(iqs))
            iqs += 1
        return best

    def steps(self, upper: Callable[[], float]) -> Iterator[float]:
        """Raise the bound as long as it can be; yield it after each step.

        Args:
            upper: price of the best plan known.
        """
        yield self.value
        lp = CoverLp(range(self._grid.door_count), self._limits.iq_price)
        self._warm_up(lp, 0.0, 60)
        for bound in self._converge(lp, 0.0):
            self._any = max(self._any, bound)
            yield self.value
            if self.value > upper() - 1e-6:
                return
        while self._left() > 0 and self.value < upper() - 1e-6:
            iqs = self._weakest()
            branch = self._branches.setdefault(iqs, _Branch())
            if branch.done:
                return
            yield from self._branch(iqs, branch, upper)
            branch.done = True

    def _with(self, iqs: int) -> float:
        known = self._branches.get(iqs)
        return self._attainable.with_iqs(iqs, max(self._any, known.bound if known else 0.0) - 1e-6)

    def _weakest(self) -> int:
        iqs = self._fewest
        while self._with(iqs) > self.value:
            iqs += 1
        return iqs

    def _branch(self, iqs: int, branch: _Branch, upper: Callable[[], float]) -> Iterator[float]:
        price = self._limits.iq_price
        lp = CoverLp(range(self._grid.door_count), _SLACK * price, iqs)
        lp.add([*self._columns, (price, 0)])
        self._warm_up(lp, price * _MOST_BONUS, 12)
        for bound in self._converge(lp, price * _MOST_BONUS, iqs):
            branch.bound = max(branch.bound, bound)
            yield self.value
            if self._with(iqs) > upper() - 1e-6:
                return

    def _warm_up(self, lp: CoverLp, most_bonus: float, rounds: int) -> None:
        """Find most of the trees that matter by growing them, which is quicker than being exact."""
        prices = smooth = lp.solve()
        hubs = np.arange(len(self._grid), dtype=np.int32)
        quiet = 0
        for _ in range(rounds):
            some = np.sort(self._rng.choice(hubs, min(120, len(hubs)), replace=False))
            trees, best = self._search.worth_taking(
                smooth, some, 2 * self._grid.door_count, min(lp.count_dual, most_bonus)
            )
            self._pool.add(trees)
            columns = [(tree.price, tree.doors) for tree in trees]
            self._columns += columns
            lp.add(columns)
            prices = lp.solve()
            smooth = 0.5 * (smooth + prices)
            quiet = quiet + 1 if best < 0.3 else 0
            if quiet >= 3 or self._left() <= 0:
                return

    def _converge(self, lp: CoverLp, most_bonus: float, iqs: int = 0) -> Iterator[float]:
        """Price exactly until nothing is worth more than it costs; yield the bounds on the way."""
        if self._pricing is None:
            self._pricing = ExactPricing(self._grid, self._limits)
        prices = lp.solve()
        bonus = min(lp.count_dual, most_bonus) if iqs else 0.0
        best_bound, centre = -inf, (prices, bonus)
        stuck = 0
        while self._left() > 0:
            weight = 0.6 * 0.5**stuck if stuck < 4 else 0.0
            at = weight * centre[0] + (1 - weight) * prices
            at_bonus = weight * centre[1] + (1 - weight) * bonus
            columns, bound = self._once(at, at_bonus, iqs)
            if bound is None:
                return
            if bound > best_bound:
                best_bound, centre = bound, (at, at_bonus)
            yield best_bound
            self._columns += columns
            lp.add(columns)
            before = lp.objective
            prices = lp.solve()
            bonus = min(lp.count_dual, most_bonus) if iqs else 0.0
            if best_bound > lp.objective - 1e-4:
                return
            if not columns and weight == 0.0:
                return
            stuck = stuck + 1 if before - lp.objective < 1e-6 else 0

    def _once(self, prices: Floats, bonus: float, iqs: int) -> tuple[list[tuple[float, int]], float | None]:
        """Price once; the small trees first, the larger ones only where the bound could become better."""
        assert self._pricing is not None
        sizes = self._limits.tree_sizes
        nodes = int(self._nodes_per_s * max(0.0, min(self._left(), 60.0)))
        small = self._pricing.price(prices, [size for size in sizes if size <= 3], bonus, nodes)
        large = self._pricing.price(prices, [size for size in sizes if size > 3], bonus, nodes)
        self._pool.add([*small.trees, *large.trees])
        if not (small.complete and large.complete):
            return small.columns + large.columns, None
        # Ratios are kept by rank of falling price; so are the sorted prices.
        falling = -np.sort(-prices)
        bound = float((falling / np.maximum(small.ratios, large.ratios)).sum()) + iqs * bonus
        return small.columns + large.columns, bound
