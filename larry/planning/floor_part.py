"""The doors that can share hardware: those of one floor, split where no tree reaches across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

from larry.domain.hardware import Node
from larry.planning.plan_limits import PlanLimits


@dataclass(frozen=True, slots=True)
class FloorPart:
    """Doors to be planned together.

    Attributes:
        floor: id of the floor.
        doors: ids of the locks.
        points: their places in metres, x y z, in the order of `doors`.
        height_m: height of what will be placed: the middle one of the doors' heights.
    """

    floor: str | None
    doors: tuple[str, ...]
    points: tuple[tuple[float, float, float], ...]
    height_m: float = 0.0


def floor_parts(locks: Sequence[Node], limits: PlanLimits) -> list[FloorPart]:
    """Split locks with positions by floor, and a floor where the gap is wider than any tree.

    Two locks of one tree are at most `2 (depth + 1)` hops apart, so parts that far from each other
    are planned apart without loss; bounds add up.
    """
    by_floor: dict[str | None, list[Node]] = {}
    for lock in locks:
        by_floor.setdefault(lock.floor, []).append(lock)
    span_m = 2 * (limits.depth + 1) * limits.reach_m
    return [_part(group) for nodes in by_floor.values() for group in _groups(nodes, span_m)]


def _groups(nodes: list[Node], span_m: float) -> list[list[Node]]:
    left = dict(enumerate(nodes))
    groups: list[list[Node]] = []
    while left:
        first = next(iter(left))
        members = [first]
        del left[first]
        for member in members:
            near = [other for other, node in left.items() if dist(_xy(node), _xy(nodes[member])) <= span_m]
            for other in near:
                del left[other]
            members += near
        groups.append([nodes[member] for member in sorted(members)])
    return groups


def _xy(node: Node) -> tuple[float, float]:
    return node.x_m or 0.0, node.y_m or 0.0


def _part(nodes: list[Node]) -> FloorPart:
    heights = sorted(node.z_m or 0.0 for node in nodes)
    points = tuple((*_xy(node), node.z_m or 0.0) for node in nodes)
    return FloorPart(
        nodes[0].floor, tuple(node.id for node in nodes), points, heights[(len(heights) - 1) // 2]
    )
