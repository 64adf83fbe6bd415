"""Making a plan cheaper: free some neighbouring trees, find new ones for their doors, choose anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from larry.planning.attainable import Attainable
from larry.planning.column_search import ColumnSearch
from larry.planning.cover_ip import IpEffort, choose_columns
from larry.planning.cover_lp import CoverLp
from larry.planning.site_grid import Floats, Ints
from larry.planning.tree_column import TreeColumn, bits
from larry.planning.tree_pool import TreePool

_CHOICE_S = 4.0  # cuts a choice short that its nodes did not end


@dataclass(frozen=True, slots=True)
class SearchEffort:
    """How much one improvement may work.

    Attributes:
        rounds: of finding trees.
        hubs: grown from in each round.
        columns: offered to the choice at most.
        nodes: of the choice by branch and bound.
    """

    rounds: int = 8
    hubs: int = 100
    columns: int = 1500
    nodes: int = 40


class Neighbourhood:
    """Improves parts of a plan; it keeps every tree it meets in the pool.

    Args:
        search: finds trees.
        pool: trees known so far, added to.
        rng: decides where to grow from.
        seconds_left: how long the whole run still has.
    """

    def __init__(
        self,
        search: ColumnSearch,
        pool: TreePool,
        rng: np.random.Generator,
        seconds_left: Callable[[], float],
    ) -> None:
        self._search, self._pool, self._rng = search, pool, rng
        self._left = seconds_left
        self._attainable = Attainable(search.limits)

    def improve(
        self, trees: Sequence[TreeColumn], effort: SearchEffort, sideways: bool = False
    ) -> list[TreeColumn] | None:
        """Return cheaper trees for the same doors, None when none were found.

        Args:
            trees: those to replace.
            effort: how hard to try.
            sideways: when nothing cheaper is found, return others of the same price.
        """
        free = 0
        for tree in trees:
            free |= tree.doors
        doors = bits(free)
        price = sum(tree.price for tree in trees)
        columns = TreePool(self._pool.serving(free, self._search.limits.locks))
        columns.add(tree.serving(tree.doors) for tree in trees)
        bound, _, _ = self._find(columns, doors, free, effort, None)
        step = self._attainable.step
        for iqs in self._counts(bound, price - step, len(doors)):
            found = self._with_count(columns, doors, free, effort, iqs, price - step)
            if found is not None:
                return self._once_each(found)
        if sideways:
            current = {tree.doors for tree in trees[:1]}
            others = TreePool(tree for tree in columns if tree.doors not in current)
            found = self._with_count(others, doors, free, effort, len(trees), price)
            if found is not None:
                return self._once_each(found)
        return None

    def _counts(self, bound: float, most: float, doors: int) -> list[int]:
        """Return the numbers of IQs with which a price is possible; many first, they leave more room."""
        limits = self._search.limits
        counts: list[int] = []
        iqs = -(-doors // limits.locks)
        while iqs * limits.iq_price <= most:
            total = self._attainable.with_iqs(iqs, bound - 1e-6)
            if total <= most + 1e-6:
                counts.append(iqs)
            iqs += 1
        return counts[::-1]

    def _with_count(
        self, columns: TreePool, doors: Sequence[int], free: int, effort: SearchEffort, iqs: int, most: float
    ) -> list[TreeColumn] | None:
        short = replace(effort, rounds=-(-effort.rounds // 3))
        bound, prices, bonus = self._find(columns, doors, free, short, iqs)
        if self._attainable.with_iqs(iqs, bound - 1e-6) > most + 1e-6:
            return None
        offered = self._offered(columns, dict(zip(doors, prices, strict=True)), bonus, most - bound)
        offered = offered[: effort.columns]
        ip = IpEffort(effort.nodes, min(_CHOICE_S, self._left()))
        chosen = choose_columns([(t.price, t.doors) for t in offered], doors, iqs, most, ip)
        return None if chosen is None else [offered[which] for which in chosen]

    def _find(
        self, columns: TreePool, doors: Sequence[int], free: int, effort: SearchEffort, iqs: int | None
    ) -> tuple[float, Floats, float]:
        """Add trees worth having; return the value of the program, the doors' prices and a tree's bonus."""
        lp = CoverLp(doors, self._slack(iqs), iqs)
        lp.add((tree.price, tree.doors) for tree in columns)
        grid = self._search.grid
        sites = np.array([site for site, mask in enumerate(grid.masks) if mask & free], dtype=np.int32)
        prices = lp.solve()
        smooth = prices
        for _ in range(effort.rounds):
            weights = np.zeros(grid.door_count)
            weights[doors] = smooth
            hubs = self._some(sites, effort.hubs)
            found, _ = self._search.worth_taking(weights, hubs, 2 * len(doors), lp.count_dual)
            self._pool.add(found)
            news = columns.add(tree.serving(tree.doors & free) for tree in found if tree.doors & free)
            lp.add((tree.price, tree.doors) for tree in news)
            prices = lp.solve()
            smooth = 0.5 * (smooth + prices)
            if self._left() <= 0:
                break
        return lp.objective, prices, lp.count_dual

    def _slack(self, iqs: int | None) -> float:
        """Return what an uncovered door costs: dear where the number of IQs is fixed."""
        return self._search.limits.iq_price * (1.0 if iqs is None else 6.0)

    def _some(self, sites: Ints, most: int) -> Ints:
        picked: Ints = np.sort(self._rng.choice(sites, min(most, len(sites)), replace=False))
        return picked

    @staticmethod
    def _offered(columns: TreePool, worth: dict[int, float], bonus: float, slack: float) -> list[TreeColumn]:
        """Return the trees that can be part of a plan within the slack, best first."""
        rated = [(tree.price - bonus - sum(worth[d] for d in bits(tree.doors)), tree) for tree in columns]
        rated = [each for each in rated if each[0] <= slack + 1e-6]
        rated.sort(key=lambda each: each[0])
        return [tree for _, tree in rated]

    @staticmethod
    def _once_each(trees: list[TreeColumn]) -> list[TreeColumn]:
        left = 0
        for tree in trees:
            left |= tree.doors
        served: list[TreeColumn] = []
        for tree in sorted(trees, key=lambda each: each.doors.bit_count()):
            doors = tree.doors & left
            left &= ~doors
            if doors:
                served.append(tree.serving(doors))
        return served
