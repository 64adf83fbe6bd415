"""Whether a set of classes hides a real tree, and the best one (compiled).

The branching limit is ignored here, so more than the real trees counts: a bound stays a bound.
"""

from __future__ import annotations

import numpy as np

from larry.planning.compiled import compiled
from larry.planning.site_classes import Bools, Words
from larry.planning.site_grid import Floats, Ints
from larry.planning.top_ranks import Ranks, merge_ranks, merged_value, value_of


@compiled
def tree_exists(  # noqa: C901 - one compiled loop
    members: Ints, count: int, linked: Bools, words: Words, depth: int
) -> bool:
    """Tell whether an IQ somewhere reaches some members at once and the others over these.

    Args:
        members: rows of `words`.
        count: number of members.
        linked: which members are one hop apart.
        words: sites within one hop of each row, as bits.
        depth: repeaters in a row.
    """
    everyone = (1 << count) - 1
    for roots in range(1, everyone + 1):
        reached = roots
        for _ in range(depth - 1):
            more = reached
            for a in range(count):
                if reached >> a & 1:
                    for b in range(count):
                        if linked[a, b]:
                            more |= 1 << b
            reached = more
        if reached != everyone:
            continue
        for word in range(words.shape[1]):
            shared = ~np.uint64(0)
            for a in range(count):
                if roots >> a & 1:
                    shared &= words[members[a], word]
            if shared != np.uint64(0):
                return True
    return False


@compiled
def _promising_sites(
    chosen: Ints, count: int, threshold: float, class_top: Ranks, site_top: Ranks, weights: Floats,
    cell_from: Ints, cell: Ints, lists: Ints, lengths: Ints,
) -> None:  # fmt: skip
    """List the sites of each cell that, with the other classes whole, are worth more than the threshold."""
    last = len(weights) - 1
    size = class_top.shape[1]
    others = np.empty((2, size), dtype=np.int32)
    for k in range(count):
        now = 0
        others[0, :] = last
        for other in range(count):
            if other != k:
                merge_ranks(others[now], class_top[chosen[other]], others[1 - now], last)
                now = 1 - now
        filled = 0
        for position in range(cell_from[chosen[k]], cell_from[chosen[k] + 1]):
            if merged_value(others[now], site_top[cell[position]], weights, last) > threshold:
                lists[k, filled] = cell[position]
                filled += 1
        lengths[k] = filled


@compiled
def _link(
    level: int, site: int, order: Ints, sites: Ints, chosen: Ints, count: int, places: Floats,
    reach_m: float, words: Words, first_class: int, linked: Bools,
) -> None:  # fmt: skip
    """Note which members the new site is one hop from: exactly for sites, by the cell for open ones."""
    here = order[level]
    for k in range(count):
        other = order[k]
        if k < level:
            dx = places[site, 0] - places[sites[other], 0]
            dy = places[site, 1] - places[sites[other], 1]
            near = dx * dx + dy * dy <= (reach_m + 1e-9) ** 2
        elif k > level:
            word = words[first_class + chosen[other], site >> 6]
            near = (word >> np.uint64(site & 63)) & np.uint64(1) != np.uint64(0)
        else:
            near = True
        linked[here, other] = near
        linked[other, here] = near


@compiled
def best_real_tree(  # noqa: C901 - one compiled loop
    chosen: Ints,
    count: int,
    threshold: float,
    class_top: Ranks,
    site_top: Ranks,
    weights: Floats,
    cell_from: Ints,
    cell: Ints,
    places: Floats,
    reach_m: float,
    depth: int,
    words: Words,
    hops: Ints,
    step_limit: int,
    best_sites: Ints,
) -> tuple[float, int]:
    """Return the value of the best tree with one site of each cell, and the steps taken.

    Only trees of more than `threshold` are looked for; the value is `threshold` when there is none. A
    search of more than `step_limit` steps is unfinished and proves nothing: the caller must then use the
    value of the classes.

    Args:
        chosen: the classes.
        count: their number.
        words: per site, then per class, the sites within one hop as bits.
        step_limit: sites looked at before giving up.
        best_sites: receives the sites of the best tree.
    """
    last = len(weights) - 1
    size = class_top.shape[1]
    first_class = len(places)
    widest = 0
    for k in range(count):
        widest = max(widest, cell_from[chosen[k] + 1] - cell_from[chosen[k]])
    lists = np.empty((count, widest), dtype=np.int32)
    lengths = np.zeros(count, dtype=np.int32)
    _promising_sites(chosen, count, threshold, class_top, site_top, weights, cell_from, cell, lists, lengths)
    order = np.arange(count).astype(np.int32)
    for k in range(1, count):  # the cell with the fewest sites first
        place = k
        while place > 0 and lengths[order[place - 1]] > lengths[k]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = k
    if lengths[order[0]] == 0:
        return threshold, count
    # rest[k]: the classes from k on together; what is still open can bring no more than they do.
    rest = np.full((count + 1, size), last, dtype=np.int32)
    for k in range(count - 1, -1, -1):
        merge_ranks(rest[k + 1], class_top[chosen[order[k]]], rest[k], last)
    so_far = np.full((count + 1, size), last, dtype=np.int32)
    joined = np.empty(size, dtype=np.int32)
    position = np.zeros(count + 1, dtype=np.int32)
    sites = np.zeros(count, dtype=np.int32)
    members = np.empty(count, dtype=np.int32)
    linked = np.zeros((count + 1, count, count), dtype=np.bool_)
    for a in range(count):
        members[a] = first_class + chosen[a]
        for b in range(count):
            linked[0, a, b] = hops[chosen[a], chosen[b]] <= 1
    best = threshold
    steps = 0
    level = 0
    while level >= 0:
        here = order[level]
        if position[level] >= lengths[here]:
            members[here] = first_class + chosen[here]
            level -= 1
            continue
        site = lists[here, position[level]]
        position[level] += 1
        steps += 1
        if steps > step_limit:
            return best, steps
        merge_ranks(so_far[level], site_top[site], joined, last)
        if merged_value(joined, rest[level + 1], weights, last) <= best + 1e-9:
            continue
        linked[level + 1] = linked[level]
        _link(
            level, site, order, sites, chosen, count, places, reach_m, words, first_class, linked[level + 1]
        )
        members[here] = site
        if not tree_exists(members, count, linked[level + 1], words, depth):
            continue
        sites[here] = site
        if level + 1 < count:
            so_far[level + 1, :] = joined
            level += 1
            position[level] = 0
        else:
            best = value_of(joined, weights)
            for k in range(count):
                best_sites[k] = sites[k]
    return best, steps
