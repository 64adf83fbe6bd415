"""Positions of nodes among their siblings: numbers with gaps, so that a move rewrites one row."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

from larry.domain.site import Site

GAP = 1 << 20
_FEW = 4  # up to here looking each one up is cheaper than walking the whole list


class SiblingPositions:
    """Knows the stored position of each node and finds new ones between the neighbours."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}

    def __getitem__(self, node_id: str) -> int:
        return self._of[node_id]

    def load(self, positions: Iterable[tuple[str, int]]) -> None:
        """Remember what the file says, by node id."""
        self._of.update(positions)

    def adopt(self, new: dict[str, int], gone: Iterable[str]) -> None:
        """Take over positions that were committed."""
        self._of.update(new)
        for node_id in gone:
            self._of.pop(node_id, None)

    def plan(self, site: Site, placed: set[str]) -> dict[str, int]:
        """Return new positions for inserted or moved nodes, and for siblings that must make room."""
        by_parent: dict[str | None, set[str]] = {}
        for node_id in placed:
            by_parent.setdefault(site.nodes[node_id].parent, set()).add(node_id)
        new: dict[str, int] = {}
        for parent, ids in by_parent.items():
            new.update(self._plan_list(site.children(parent), ids))
        return new

    def _plan_list(self, siblings: Sequence[str], ids: set[str]) -> dict[str, int]:
        new: dict[str, int] = {}
        for start, end in _runs(siblings, ids):
            low = self._of[siblings[start - 1]] if start else None
            high = self._of[siblings[end]] if end < len(siblings) else None
            positions = spread(low, high, end - start)
            if positions is None:
                return {node_id: GAP * (place + 1) for place, node_id in enumerate(siblings)}
            for node_id, position in zip(siblings[start:end], positions, strict=True):
                new[node_id] = position + _shift(node_id, positions, low, high)
        return new


def _shift(node_id: str, positions: list[int], low: int | None, high: int | None) -> int:
    """Return a little of the gap, by the id: on two laptops two new siblings never get one position."""
    edges = [*([] if low is None else [low]), *positions, *([] if high is None else [high])]
    room = min((b - a for a, b in pairwise(edges)), default=GAP) // 3
    return zlib.crc32(node_id.encode()) % room if room else 0


def _runs(siblings: Sequence[str], ids: set[str]) -> list[tuple[int, int]]:
    """Return the stretches (start, end) of siblings that need a position."""
    if len(ids) <= _FEW:
        places = sorted(siblings.index(node_id) for node_id in ids)
    else:
        places = [place for place, node_id in enumerate(siblings) if node_id in ids]
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def spread(low: int | None, high: int | None, count: int) -> list[int] | None:
    """Return `count` rising numbers strictly between two neighbours, or None when there is no room."""
    if low is None and high is None:
        low = 0
    if high is None:
        assert low is not None
        return [low + GAP * step for step in range(1, count + 1)]
    if low is None:
        return [high - GAP * step for step in range(count, 0, -1)]
    step = (high - low) // (count + 1)
    return [low + step * each for each in range(1, count + 1)] if step else None
