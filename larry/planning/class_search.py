"""All sets of classes worth more than a tree costs: exact pricing by depth-first search (compiled).

Sets are *multisets*: a mere relay may belong to the class of another repeater. They are built in greedy
order, the next class being the one that adds most; by submodularity what a class adds only falls.
"""

from __future__ import annotations

import numpy as np

from larry.planning.compiled import compiled
from larry.planning.leaf_search import best_real_tree, tree_exists
from larry.planning.site_classes import Bools, Words
from larry.planning.site_grid import Floats, Ints
from larry.planning.top_ranks import Ranks, merge_ranks, merged_value, value_of

LEAF_STEPS = 3000


@compiled
def _bounded(
    count: int, left: int, value: float, threshold: float, so_far: Ranks, ranks: Ranks, adds: Floats,
    classes: Ints, weights: Floats, scratch: Ranks,
) -> int:  # fmt: skip
    """Return how many of the sorted candidates can still start a set worth more than the threshold."""
    last = len(weights) - 1
    total = 0.0
    keep = 0
    for i in range(count):
        total = value
        for k in range(i, min(i + left, count)):
            total += adds[k]
        if total <= threshold:
            break
        keep = i + 1
    # The same by all remaining candidates together, from the end.
    now = 0
    scratch[0, :] = so_far
    for i in range(count - 1, -1, -1):
        merge_ranks(scratch[now], ranks[classes[i]], scratch[1 - now], last)
        now = 1 - now
        if value_of(scratch[now], weights) > threshold:
            return min(keep, i + 1)
    return 0


@compiled
def _sort_falling(classes: Ints, adds: Floats, count: int) -> None:
    """Sort candidates by what they add, in place (Shell's sort: little to compile)."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for k in range(gap, count):
            one = classes[k]
            gain = adds[k]
            place = k
            while place >= gap and adds[place - gap] < gain:
                classes[place] = classes[place - gap]
                adds[place] = adds[place - gap]
                place -= gap
            classes[place] = one
            adds[place] = gain
        gap //= 3


@compiled
def _compatible(level: int, chosen: Ints, one: int, hops: Ints, size: int) -> bool:
    """Tell whether a class fits to those chosen: pairs and triples need no more hops than a tree has."""
    for a in range(level + 1):
        first = hops[chosen[a], one]
        if first > size:
            return False
        for b in range(a):
            if first + hops[chosen[b], one] + hops[chosen[a], chosen[b]] > 2 * size:
                return False
    return True


@compiled
def _leaf_possible(chosen: Ints, size: int, hops: Ints, share_hub: Bools, words: Words, depth: int) -> bool:
    if size == 1:
        return True
    if size == 2 and depth >= 1:
        return bool(share_hub[chosen[0], chosen[1]])
    linked = np.zeros((size, size), dtype=np.bool_)
    for a in range(size):
        for b in range(size):
            linked[a, b] = hops[chosen[a], chosen[b]] <= 1
    return tree_exists(chosen, size, linked, words, depth)


@compiled
def search_classes(  # noqa: C901 - one compiled loop
    size: int,
    threshold: float,
    class_top: Ranks,
    site_top: Ranks,
    weights: Floats,
    hops: Ints,
    share_hub: Bools,
    words: Words,
    cell_from: Ints,
    cell: Ints,
    cover_from: Ints,
    cover: Ints,
    places: Floats,
    reach_m: float,
    depth: int,
    node_limit: int,
    leaf_steps: int,
    ratio: Floats,
    found: Ints,
    found_value: Floats,
) -> tuple[int, int]:
    """Search trees with `size` repeaters worth more than `threshold`, the price of such a tree.

    Args:
        size: number of repeaters; 1 stands for the IQ alone, which serves like one repeater.
        node_limit: candidates looked at before giving up.
        leaf_steps: see `best_real_tree`.
        ratio: raised, for every door of a class set found, to value / threshold.
        found: receives class sets and sites: `found[k, 0]` classes, `found[k, 1]` sites (-1: none known).
        found_value: receives their values.

    Returns:
        How many were found (not more are stored than fit), and the nodes used; nodes over the limit
        mean that the search is incomplete and `ratio` of no use.
    """
    last = len(weights) - 1
    classes = len(cover_from) - 1
    width = class_top.shape[1]
    cand = np.empty((size, classes), dtype=np.int32)
    adds = np.empty((size, classes))
    number = np.zeros(size, dtype=np.int32)
    position = np.zeros(size, dtype=np.int32)
    value = np.zeros(size + 1)
    ranks = np.full((size + 1, width), last, dtype=np.int32)
    scratch = np.empty((2, width), dtype=np.int32)
    chosen = np.zeros(size, dtype=np.int32)
    sites = np.zeros(size, dtype=np.int32)
    start = np.empty(classes)
    for k in range(classes):
        start[k] = value_of(class_top[k], weights)
    for k in range(classes):
        cand[0, k] = k
        adds[0, k] = start[k]
    _sort_falling(cand[0], adds[0], classes)
    number[0] = _bounded(
        classes, size, 0.0, threshold, ranks[0], class_top, adds[0], cand[0], weights, scratch
    )
    total = classes  # candidates behind number[0] cannot start a set but may follow in it
    full = np.zeros(size, dtype=np.int32)
    full[0] = total
    nodes = 0
    hits = 0
    level = 0
    while level >= 0:
        if position[level] >= number[level]:
            level -= 1
            continue
        here = position[level]
        position[level] += 1
        one = cand[level, here]
        chosen[level] = one
        merge_ranks(ranks[level], class_top[one], ranks[level + 1], last)
        value[level + 1] = value[level] + adds[level, here]
        if level + 1 < size:
            count = 0
            for k in range(here, full[level]):
                other = cand[level, k]
                if not _compatible(level, chosen, other, hops, size):
                    continue
                cand[level + 1, count] = other
                adds[level + 1, count] = (
                    merged_value(ranks[level + 1], class_top[other], weights, last) - value[level + 1]
                )
                count += 1
            nodes += full[level] - here
            if nodes > node_limit:
                return hits, nodes
            _sort_falling(cand[level + 1], adds[level + 1], count)
            full[level + 1] = count
            number[level + 1] = _bounded(
                count, size - level - 1, value[level + 1], threshold, ranks[level + 1], class_top,
                adds[level + 1], cand[level + 1], weights, scratch,
            )  # fmt: skip
            position[level + 1] = 0
            level += 1
            continue
        worth = value[size]
        if worth <= threshold or not _leaf_possible(
            chosen, size, hops, share_hub, words[len(places) :], depth
        ):
            continue
        sites[:] = -1
        real, steps = best_real_tree(
            chosen, size, threshold, class_top, site_top, weights, cell_from, cell, places, reach_m, depth,
            words, hops, leaf_steps, sites,
        )  # fmt: skip
        nodes += 20 * steps
        if steps <= leaf_steps:
            worth = real
        if worth <= threshold:
            continue
        for k in range(size):
            for door in range(cover_from[chosen[k]], cover_from[chosen[k] + 1]):
                ratio[cover[door]] = max(ratio[cover[door]], worth / threshold)
        if hits < len(found):
            for k in range(size):
                found[hits, 0, k] = chosen[k]
                found[hits, 1, k] = sites[k]
            found_value[hits] = worth
            hits += 1
    return hits, nodes
