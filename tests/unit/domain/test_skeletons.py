"""Every legal and every just-illegal skeleton of one IQ, judged.

A skeleton is the shape of the repeaters (a rooted, unordered tree) with the number of locks on the
IQ itself and below. At most 6 repeaters, 3 in a row, 16 locks are legal; one more of anything is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.domain.validation import validate
from larry.storage.catalogue_files import load_catalogue

Shape = tuple["Shape", ...]


@cache
def forests(size: int, largest: int | None = None) -> tuple[Shape, ...]:
    """All unordered forests of `size` repeaters; a forest is a non-increasing tuple of trees."""
    if size == 0:
        return ((),)
    found: list[Shape] = []
    for first in range(size if largest is None else min(size, largest), 0, -1):
        for tree in forests(first - 1):
            for rest in forests(size - first, first):
                # Equal-sized trees are kept in one order, so each forest comes once.
                if not rest or _size(rest[0]) < first or rest[0] <= tree:
                    found.append((tree, *rest))
    return tuple(found)


@cache
def _size(tree: Shape) -> int:
    return 1 + sum(_size(child) for child in tree)


def depth(forest: Shape) -> int:
    return max((1 + depth(tree) for tree in forest), default=0)


def too_deep(forest: Shape, above: int = 0) -> int:
    return sum((above >= 3) + too_deep(tree, above + 1) for tree in forest)


def wide(forest: Shape) -> int:
    return sum((len(tree) > 2) + wide(tree) for tree in forest)


def build(forest: Shape, direct: int, behind: int) -> Site:
    site = Site(SiteInfo("Skeleton", owner_email="owner@example.com"))
    site.set_floors([Floor("f", "Ground")])
    site.insert_node(Node("iq", Kind.IQ, "iq2-bluenet", "IQ", None, "f"))
    repeaters: list[str] = []

    def hang(trees: Shape, parent: str) -> None:
        for tree in trees:
            name = f"r{len(repeaters)}"
            repeaters.append(name)
            site.insert_node(Node(name, Kind.REPEATER, "repeater-bluenet", name, parent, "f"))
            hang(tree, name)

    hang(forest, "iq")
    for number in range(direct + behind):
        parent = "iq" if number < direct else repeaters[number % len(repeaters)]
        site.insert_node(Node(f"l{number}", Kind.LOCK, "cylinder", f"l{number}", parent, "f"))
    return site


def skeletons() -> Iterator[tuple[int, Shape]]:
    for size in range(8):  # 7 repeaters are the just-illegal ones
        for forest in forests(size):
            if depth(forest) <= 4:  # 4 in a row are the just-illegal ones
                yield size, forest


def test_the_shapes_are_complete() -> None:
    # Forests of n nodes = rooted trees of n + 1 nodes: 1, 1, 2, 4, 9, 20, 48, 115 (OEIS A000081).
    assert [len(forests(size)) for size in range(8)] == [1, 1, 2, 4, 9, 20, 48, 115]


@pytest.mark.parametrize("profile", ["default", "strict"])
def test_every_skeleton_is_judged_right(profile: str) -> None:
    catalogue = load_catalogue(profile)
    judged = 0
    for size, forest in skeletons():
        for locks in range(18):  # 17 is the just-illegal one
            for direct in range(locks + 1):
                if size == 0 and direct != locks:
                    continue
                if locks in (0, 1, 2, 15, 16, 17) or direct in (0, locks):
                    found = validate(build(forest, direct, locks - direct), catalogue)
                    assert _counted([f.code for f in found]) == _expected(size, forest, locks, direct)
                    judged += 1
    assert judged > 10_000


def _counted(codes: list[str]) -> dict[str, int]:
    return {code: codes.count(code) for code in set(codes)}


def _expected(size: int, forest: Shape, locks: int, direct: int) -> dict[str, int]:
    expected = {
        "locks-per-iq": int(locks > 16),
        "repeaters-per-iq": int(size > 6),
        "repeater-depth": too_deep(forest),
        "repeater-branching": wide(forest),
        "direct-lock-beside-repeater": direct if size else 0,
    }
    return {code: count for code, count in expected.items() if count}
