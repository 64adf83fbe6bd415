"""The value of a set of doors: the sum of its largest weights, as many as an IQ carries.

Doors are ranked by falling weight. The value of a union depends only on the best ranks of its members,
so a set is kept as its best ranks in ascending order, filled up with the number of doors (weight 0).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from larry.planning.compiled import compiled
from larry.planning.site_grid import Floats, Ints

Ranks = npt.NDArray[np.int32]


@compiled
def merge_ranks(one: Ranks, two: Ranks, out: Ranks, last: int) -> None:
    """Write the best ranks of both sets into `out`; all three are of one length, `last` fills up."""
    i = 0
    j = 0
    size = len(out)
    for k in range(size):
        a = one[i] if i < size else last
        b = two[j] if j < size else last
        if a <= b:
            out[k] = a
            i += 1
            if a == b:
                j += 1
        else:
            out[k] = b
            j += 1


@compiled
def merged_value(one: Ranks, two: Ranks, weights: Floats, last: int) -> float:
    """Return the value of the union; `weights` are by rank and end with 0."""
    i = 0
    j = 0
    size = len(one)
    value = 0.0
    for _ in range(size):
        a = one[i] if i < size else last
        b = two[j] if j < size else last
        if a <= b:
            value += weights[a]
            i += 1
            if a == b:
                j += 1
            if a == last:
                break
        else:
            value += weights[b]
            j += 1
    return value


@compiled
def value_of(ranks: Ranks, weights: Floats) -> float:
    """Return the value of one set."""
    value = 0.0
    for k in range(len(ranks)):
        value += weights[ranks[k]]
    return value


@compiled
def best_ranks(cover_from: Ints, cover: Ints, rank_of: Ints, size: int, last: int) -> Ranks:
    """Return for every set its best ranks; the sets are given as lists of doors."""
    count = len(cover_from) - 1
    out = np.full((count, size), last, dtype=np.int32)
    for row in range(count):
        filled = 0
        for k in range(cover_from[row], cover_from[row + 1]):
            rank = rank_of[cover[k]]
            if filled == size and rank >= out[row, size - 1]:
                continue
            place = filled if filled < size else size - 1
            while place > 0 and out[row, place - 1] > rank:
                out[row, place] = out[row, place - 1]
                place -= 1
            out[row, place] = rank
            if filled < size:
                filled += 1
    return out


def rank_doors(weights: Floats) -> tuple[Ints, Ints, Floats]:
    """Return the doors by falling weight, the rank of each door, and the weights by rank with a final 0."""
    order = np.argsort(-weights, kind="stable").astype(np.int32)
    rank_of = np.empty(len(order), dtype=np.int32)
    rank_of[order] = np.arange(len(order), dtype=np.int32)
    return order, rank_of, np.append(weights[order], 0.0)
