"""All trees found so far, the cheapest for each set of doors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from larry.planning.tree_column import TreeColumn


class TreePool:
    """Keeps trees by the doors they serve."""

    def __init__(self, trees: Iterable[TreeColumn] = ()) -> None:
        self._by_doors: dict[int, TreeColumn] = {}
        self.add(trees)

    def __len__(self) -> int:
        return len(self._by_doors)

    def __iter__(self) -> Iterator[TreeColumn]:
        return iter(self._by_doors.values())

    def add(self, trees: Iterable[TreeColumn]) -> list[TreeColumn]:
        """Take in trees; return those that are new or cheaper than what was known."""
        news: list[TreeColumn] = []
        for tree in trees:
            known = self._by_doors.get(tree.doors)
            if known is None or tree.price < known.price:
                self._by_doors[tree.doors] = tree
                news.append(tree)
        return news

    def serving(self, free: int, most: int) -> list[TreeColumn]:
        """Return the trees cut down to some doors, the cheapest for each set that is left.

        Args:
            free: the doors that count, as bits.
            most: doors one tree may serve.
        """
        cut: dict[int, TreeColumn] = {}
        for tree in self._by_doors.values():
            doors = tree.reachable & free
            if doors.bit_count() > most:
                doors = tree.doors & free
            if not doors:
                continue
            known = cut.get(doors)
            if known is None or tree.price < known.price:
                cut[doors] = tree
        return [tree.serving(doors) for doors, tree in cut.items()]
