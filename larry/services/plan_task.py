"""What a planning process is told, and what it sends back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from larry.planning.floor_part import FloorPart
from larry.planning.plan_limits import PlanLimits
from larry.planning.plan_result import PlacedTree


@dataclass(frozen=True, slots=True)
class PlanTask:
    """The work of one process.

    Attributes:
        aim: search plans, or bounds (which meets plans too).
        seconds: the time it has.
        work: steps for each door of a part: the same seed and work give the same plan on any computer.
    """

    parts: tuple[FloorPart, ...]
    limits: PlanLimits
    seed: int
    seconds: float
    aim: Literal["plans", "proofs"]
    work: int


@dataclass(frozen=True, slots=True)
class PartNews:
    """The state of one part: its best plan of this process, None when that did not change.

    `finished` tells that this process has nothing more to try for the part.
    """

    part: int
    aim: Literal["plans", "proofs"]
    price: float
    bound: float
    grid_m: float
    trees: list[PlacedTree] | None = field(default=None)
    finished: bool = False
