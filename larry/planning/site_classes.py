"""Sites gathered into few classes, so that pricing can be exact.

A class is a set of doors that some site reaches and no other site reaches more than; every site belongs
to one class whose doors include its own (the nearest such class). The sites of a class are its cell. Hops
between cells are counted by the nearest pair of their sites, so whatever real hardware can do, classes can.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from larry.planning.site_grid import Floats, Ints, SiteGrid

Words = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

_EPSILON_M = 1e-9  # hops of classes may only be counted too short, never too long


@dataclass(frozen=True, slots=True, eq=False)
class SiteClasses:
    """The classes of a grid.

    Attributes:
        cover_from: with `cover` the doors of each class, as in `SiteGrid`.
        cell_from: with `cell` the sites of each class.
        hops: least number of hops between two cells.
        share_hub: whether one IQ reaches both cells.
        words: per site, then per class, the sites within one hop of it, as bits.
    """

    cover_from: Ints
    cover: Ints
    cell_from: Ints
    cell: Ints
    hops: Ints
    share_hub: Bools
    words: Words

    def __len__(self) -> int:
        return len(self.cover_from) - 1


def make_classes(grid: SiteGrid, reach_m: float) -> SiteClasses:
    """Gather the sites of a grid."""
    covers = np.zeros((len(grid), grid.door_count), dtype=bool)
    rows = np.repeat(np.arange(len(grid)), np.diff(grid.cover_from))
    covers[rows, grid.cover] = True
    different, kind = np.unique(covers, axis=0, return_inverse=True)
    widest = _widest(different)
    classes = different[widest]
    owner = _owners(grid, covers, classes, np.flatnonzero(widest), kind.ravel().astype(np.int32))
    order = np.argsort(owner, kind="stable").astype(np.int32)
    cell_from = np.searchsorted(owner[order], np.arange(len(classes) + 1)).astype(np.int32)
    away = np.stack([_nearest(grid.places, grid.places[order[a:b]]) for a, b in pairwise(cell_from)])
    between = np.minimum.reduceat(away[:, order], cell_from[:-1], axis=1)
    near = away <= reach_m + _EPSILON_M
    hops = np.ceil((between - _EPSILON_M) / reach_m).clip(0).astype(np.int32)
    together = near.astype(np.float32) @ near.T.astype(np.float32) > 0.5
    cover_rows, cover = np.nonzero(classes)
    cover_from = np.searchsorted(cover_rows, np.arange(len(classes) + 1)).astype(np.int32)
    site_near = np.zeros((len(grid), len(grid)), dtype=bool)
    site_near[np.repeat(np.arange(len(grid)), np.diff(grid.near_from)), grid.near] = True
    return SiteClasses(
        cover_from,
        cover.astype(np.int32),
        cell_from,
        order,
        hops,
        together,
        _words(np.vstack([site_near, near])),
    )


def _widest(different: Bools) -> Bools:
    """Tell which sets are contained in no other."""
    ones = different.astype(np.float32)
    size = ones.sum(axis=1)
    widest = np.zeros(len(different), dtype=bool)
    for first in range(0, len(different), 500):
        block = ones[first : first + 500]
        inside = block @ ones.T >= size[first : first + 500, None] - 0.5
        widest[first : first + 500] = inside.sum(axis=1) == 1
    widest &= size > 0
    return widest


def _owners(grid: SiteGrid, covers: Bools, classes: Bools, kinds: npt.NDArray[np.intp], kind: Ints) -> Ints:
    """Return for every site the nearest class that includes what it reaches."""
    size = covers.sum(axis=1)
    best = np.full(len(grid), np.inf)
    owner = np.zeros(len(grid), dtype=np.int32)
    for number, (doors, which) in enumerate(zip(classes, kinds, strict=True)):
        included = covers[:, doors].sum(axis=1) == size
        away = np.where(included, _nearest(grid.places, grid.places[kind == which]), np.inf)
        nearer = away < best
        best[nearer] = away[nearer]
        owner[nearer] = number
    return owner


def _nearest(places: Floats, others: Floats) -> Floats:
    """Return how far each place is from the nearest of the others."""
    if not len(others):
        return np.full(len(places), np.inf)
    best = np.full(len(places), np.inf)
    for first in range(0, len(others), 64):
        block = others[first : first + 64]
        squares = ((places[:, None, :] - block[None, :, :]) ** 2).sum(axis=2)
        best = np.minimum(best, squares.min(axis=1))
    nearest: Floats = np.sqrt(best)
    return nearest


def _words(rows: Bools) -> Words:
    """Return rows of truth values as bits of 64-bit words."""
    wide = -rows.shape[1] % 64
    padded = np.pad(rows, ((0, 0), (0, wide)))
    packed = np.packbits(padded, axis=1, bitorder="little")
    return packed.view(np.uint64)
