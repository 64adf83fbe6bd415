"""A plan as places and parents: what the search hands back to whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

from larry.planning.floor_part import FloorPart
from larry.planning.plan_limits import PlanLimits
from larry.planning.site_grid import SiteGrid
from larry.planning.tree_column import TreeColumn, bits


@dataclass(frozen=True, slots=True)
class PlacedTree:
    """One IQ to place, with everything below it.

    Attributes:
        floor: id of the floor.
        hub: place of the IQ, x and y in metres.
        height_m: of IQ and repeaters above the floor.
        repeaters: their places; parents come before their children.
        parents: per repeater the index of its parent in `repeaters`, -1 the IQ.
        locks: ids of the doors with the index of their repeater, -1 the IQ.
    """

    floor: str | None
    hub: tuple[float, float]
    height_m: float
    repeaters: tuple[tuple[float, float], ...]
    parents: tuple[int, ...]
    locks: tuple[tuple[str, int], ...]


def placed_trees(part: FloorPart, grid: SiteGrid, trees: Sequence[TreeColumn]) -> list[PlacedTree]:
    """Return the trees of a plan from left to right, every door at its nearest repeater."""
    placed = [_placed(part, grid, tree) for tree in trees]
    return sorted(placed, key=lambda tree: (tree.hub, tree.locks))


def _placed(part: FloorPart, grid: SiteGrid, tree: TreeColumn) -> PlacedTree:
    places = [(float(x), float(y)) for x, y in grid.places]
    repeaters = tuple(places[site] for site in tree.repeaters)
    locks: list[tuple[str, int]] = []
    for door in bits(tree.doors):
        x, y, _ = part.points[door]
        nearest = min(range(len(repeaters)), key=lambda k: dist(repeaters[k], (x, y)), default=-1)
        locks.append((part.doors[door], nearest))
    return PlacedTree(part.floor, places[tree.hub], part.height_m, repeaters, tree.parents, tuple(locks))


def what_decides(trees: Sequence[PlacedTree], limits: PlanLimits) -> dict[str, int]:
    """Count where a plan stands at a limit: full IQs, IQs out of repeaters, full rows and branches."""
    full = sum(len(tree.locks) >= limits.locks for tree in trees)
    spent = sum(len(tree.repeaters) >= limits.repeaters for tree in trees)
    branches = sum(
        tree.parents.count(k) >= limits.branching for tree in trees for k in range(len(tree.repeaters))
    )
    deep = sum(_depth(tree) >= limits.depth for tree in trees)
    return {
        "iqs_full": full,
        "iqs_with_all_repeaters": spent,
        "repeaters_fully_branched": branches,
        "iqs_at_full_depth": deep,
    }


def _depth(tree: PlacedTree) -> int:
    depths: list[int] = []
    for parent in tree.parents:
        depths.append(1 if parent < 0 else depths[parent] + 1)
    return max(depths, default=0)
