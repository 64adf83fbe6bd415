"""Growing a tree of repeaters from each of many hubs, one best site after the other (compiled)."""

from __future__ import annotations

import numpy as np

from larry.planning.compiled import compiled
from larry.planning.site_grid import Floats, Ints
from larry.planning.top_ranks import Ranks, merge_ranks, merged_value, value_of

MAX_REPEATERS = 6


@compiled
def _best_site(
    hub: int,
    count: int,
    sites: Ints,
    depth: Ints,
    children: Ints,
    so_far: Ranks,
    value: float,
    near_from: Ints,
    near: Ints,
    top: Ranks,
    single: Floats,
    weights: Floats,
    limits: Ints,
    stamp: Ints,
    mark: int,
) -> tuple[int, int, float]:
    """Return the site to add, its parent (-1 the hub) and the new value; site -1 when nothing gains."""
    last = len(weights) - 1
    best = value + 1e-9
    best_site = -1
    best_parent = -1
    for level in range(limits[0]):
        for parent in range(-1, count):
            if (parent == -1) != (level == 0):
                continue
            if parent >= 0 and (depth[parent] != level or children[parent] >= limits[1]):
                continue
            root = hub if parent == -1 else sites[parent]
            for k in range(near_from[root], near_from[root + 1]):
                site = near[k]
                if stamp[site] == mark:
                    continue
                stamp[site] = mark
                if value + single[site] <= best:
                    continue
                new = merged_value(so_far, top[site], weights, last)
                if new > best:
                    best = new
                    best_site = site
                    best_parent = parent
    return best_site, best_parent, best


@compiled
def _drop(count: int, which: int, sites: Ints, parents: Ints, depth: Ints, children: Ints) -> None:
    """Take repeater `which`, a leaf, out of the lists; `count` is the number before."""
    if parents[which] >= 0:
        children[parents[which]] -= 1
    for k in range(which, count - 1):
        sites[k] = sites[k + 1]
        parents[k] = parents[k + 1]
        depth[k] = depth[k + 1]
        children[k] = children[k + 1]
    for k in range(count - 1):
        if parents[k] > which:
            parents[k] -= 1


@compiled
def grow_from_hubs(  # noqa: C901 - one compiled loop
    hubs: Ints,
    near_from: Ints,
    near: Ints,
    top: Ranks,
    weights: Floats,
    limits: Ints,
    most: int,
    values: Floats,
    sites_out: Ints,
    parents_out: Ints,
) -> None:
    """Grow trees with up to `most` repeaters; after each step every leaf is moved to its best place.

    Args:
        hubs: sites of the IQs to grow from.
        top: best ranks per site.
        weights: of the doors by rank, ended by 0.
        limits: depth and branching.
        values: receives per hub and number of repeaters the value; 0 repeaters is the hub alone.
        sites_out: receives the repeaters of each.
        parents_out: receives their parents.
    """
    last = len(weights) - 1
    size = top.shape[1]
    single = np.empty(len(top))
    for site in range(len(top)):
        single[site] = value_of(top[site], weights)
    stamp = np.zeros(len(top), dtype=np.int32)
    mark = 0
    sites = np.zeros(MAX_REPEATERS, dtype=np.int32)
    parents = np.zeros(MAX_REPEATERS, dtype=np.int32)
    depth = np.zeros(MAX_REPEATERS, dtype=np.int32)
    children = np.zeros(MAX_REPEATERS, dtype=np.int32)
    ranks = np.empty((2, size), dtype=np.int32)
    for row in range(len(hubs)):
        hub = hubs[row]
        values[row, 0] = single[hub]
        count = 0
        value = 0.0
        ranks[0, :] = last
        now = 0
        while count < most:
            mark += 1
            site, parent, new = _best_site(
                hub, count, sites, depth, children, ranks[now], value, near_from, near, top, single,
                weights, limits, stamp, mark,
            )  # fmt: skip
            if site < 0:
                break
            sites[count] = site
            parents[count] = parent
            depth[count] = 1 if parent == -1 else depth[parent] + 1
            children[count] = 0
            if parent >= 0:
                children[parent] += 1
            count += 1
            merge_ranks(ranks[now], top[site], ranks[1 - now], last)
            now = 1 - now
            value = new
            moves = count if count > 1 else 0
            for _ in range(moves):
                # The oldest leaf leaves and the best site comes, possibly the same.
                which = 0
                while children[which] > 0:
                    which += 1
                _drop(count, which, sites, parents, depth, children)
                ranks[now, :] = last
                for k in range(count - 1):
                    merge_ranks(ranks[now], top[sites[k]], ranks[1 - now], last)
                    now = 1 - now
                left = value_of(ranks[now], weights)
                mark += 1
                site, parent, new = _best_site(
                    hub, count - 1, sites, depth, children, ranks[now], left, near_from, near, top, single,
                    weights, limits, stamp, mark,
                )  # fmt: skip
                if site < 0:
                    count -= 1
                    value = left
                    break
                sites[count - 1] = site
                parents[count - 1] = parent
                depth[count - 1] = 1 if parent == -1 else depth[parent] + 1
                children[count - 1] = 0
                if parent >= 0:
                    children[parent] += 1
                merge_ranks(ranks[now], top[site], ranks[1 - now], last)
                now = 1 - now
                value = new
            values[row, count] = value
            for k in range(count):
                sites_out[row, count, k] = sites[k]
                parents_out[row, count, k] = parents[k]
            if moves and site < 0:
                break
