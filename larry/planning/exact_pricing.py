"""Exact pricing: at given prices of the doors, every tree worth more than it costs, and what that proves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from larry.planning.class_search import LEAF_STEPS, search_classes
from larry.planning.grow_trees import MAX_REPEATERS
from larry.planning.plan_limits import PlanLimits
from larry.planning.site_classes import make_classes
from larry.planning.site_grid import Floats, Ints, SiteGrid
from larry.planning.top_ranks import best_ranks, rank_doors
from larry.planning.tree_column import TreeColumn, bits
from larry.planning.tree_of_sites import tree_of_sites

_STORED = 20_000
_PER_DOOR = 8


@dataclass(frozen=True, slots=True)
class Priced:
    """What one pricing found.

    Attributes:
        columns: price and doors (bits) of sets worth more than their price; a set may be better than any
            real tree where a search was cut short.
        ratios: per door the largest worth / price of a set with it, at least 1.
        complete: False: the search was cut, `ratios` prove nothing.
        trees: the real trees among the sets.
    """

    columns: list[tuple[float, int]]
    ratios: Floats
    complete: bool
    trees: list[TreeColumn]


class ExactPricing:
    """Prices all trees of one floor at once.

    Args:
        grid: where hardware may stand.
        limits: what a tree must keep.
        leaf_steps: effort for one set of classes; less is faster and gives a weaker bound.
    """

    def __init__(self, grid: SiteGrid, limits: PlanLimits, leaf_steps: int = LEAF_STEPS) -> None:
        self._grid, self._limits, self._steps = grid, limits, leaf_steps
        self._classes = make_classes(grid, limits.reach_m)
        self._cover = _masks(self._classes.cover_from, self._classes.cover)

    def price(self, prices: Floats, sizes: Sequence[int], bonus: float, node_limit: int) -> Priced:
        """Search trees of some sizes.

        Args:
            prices: what each door is worth.
            sizes: numbers of repeaters; 0 the IQ alone.
            bonus: taken off the price of every tree; less than the price of an IQ.
            node_limit: effort for one size.
        """
        order, rank_of, weights = rank_doors(prices)
        by_rank = np.ones(len(order))
        columns: list[tuple[float, int]] = []
        trees: list[TreeColumn] = []
        complete = True
        for repeaters in sizes:
            price = self._limits.tree_price(repeaters)
            found, done = self._search(
                max(repeaters, 1), price - bonus, order, rank_of, weights, by_rank, node_limit
            )
            columns += [(price, mask) for mask, _ in found]
            trees += [tree for mask, sites in found if (tree := self._tree(repeaters, sites, mask))]
            complete &= done
            if not done:
                break
        return Priced(columns, by_rank, complete, trees)

    def _search(
        self,
        size: int,
        threshold: float,
        order: Ints,
        rank_of: Ints,
        weights: Floats,
        ratios: Floats,
        node_limit: int,
    ) -> tuple[list[tuple[int, list[int]]], bool]:
        grid, classes, limits = self._grid, self._classes, self._limits
        last = len(order)
        found = np.zeros((_STORED, 2, MAX_REPEATERS), dtype=np.int32)
        values = np.zeros(_STORED)
        hits, nodes = search_classes(
            size, threshold + 1e-7,
            best_ranks(classes.cover_from, classes.cover, rank_of, limits.locks, last),
            best_ranks(grid.cover_from, grid.cover, rank_of, limits.locks, last),
            weights, classes.hops, classes.share_hub, classes.words,
            classes.cell_from, classes.cell, classes.cover_from, classes.cover, grid.places,
            limits.reach_m, limits.depth, node_limit, self._steps, ratios, found, values,
        )  # fmt: skip
        picked = np.argsort(-values[:hits], kind="stable")
        return self._columns(found[picked], values[picked], size, rank_of, weights), nodes <= node_limit

    def _columns(
        self, found: Ints, values: Floats, size: int, rank_of: Ints, weights: Floats
    ) -> list[tuple[int, list[int]]]:
        """Return the doors (bits) of each set, with the sites of the real tree where that is one."""
        masks: list[tuple[int, list[int]]] = []
        used: dict[int, int] = {}
        for (chosen, sites), value in zip(found, values, strict=True):
            ranks, real = self._ranks(chosen[:size], sites[:size], float(value), rank_of, weights)
            if all(used.get(rank, 0) >= _PER_DOOR for rank in ranks):
                continue
            for rank in ranks:
                used[rank] = used.get(rank, 0) + 1
            masks.append((ranks_to_mask(ranks, rank_of), sites[:size].tolist() if real else []))
        return masks

    def _ranks(
        self, chosen: Ints, sites: Ints, value: float, rank_of: Ints, weights: Floats
    ) -> tuple[list[int], bool]:
        """Return the best doors of the real tree if that is what has the value, else of the classes."""
        if sites[0] >= 0:
            ranks = self._best(sites, self._grid.masks, rank_of)
            if sum(weights[rank] for rank in ranks) >= value - 1e-7:
                return ranks, True
        return self._best(chosen, self._cover, rank_of), False

    def _tree(self, repeaters: int, sites: list[int], doors: int) -> TreeColumn | None:
        if not sites:
            return None
        if repeaters:
            return tree_of_sites(self._grid, self._limits, sites, doors)
        return TreeColumn(sites[0], (), (), doors, self._grid.masks[sites[0]], self._limits.iq_price)

    def _best(self, which: Ints, masks: Sequence[int], rank_of: Ints) -> list[int]:
        union = 0
        for each in which:
            union |= masks[int(each)]
        ranks: list[int] = sorted(int(rank_of[door]) for door in bits(union))
        return ranks[: self._limits.locks]


def ranks_to_mask(ranks: Sequence[int], rank_of: Ints) -> int:
    """Return doors as bits from their ranks."""
    doors = np.flatnonzero(np.isin(rank_of, np.array(ranks, dtype=np.int32)))
    return sum(1 << int(door) for door in doors)


def _masks(starts: Ints, doors: Ints) -> list[int]:
    return [sum(1 << int(door) for door in doors[a:b]) for a, b in pairwise(starts)]
