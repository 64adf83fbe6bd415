"""Everything for one part: plans from one search, bounds and exact trees from the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from larry.planning.floor_bound import FloorBound
from larry.planning.floor_part import FloorPart
from larry.planning.plan_limits import PlanLimits
from larry.planning.plan_search import PlanSearch
from larry.planning.site_grid import SiteGrid, choose_step, make_grid


class PartSolver:
    """Plans one part; the first plan is there at once, the rest comes by `plans` or `proofs`.

    The two can run in two processes: what either does depends on the seed alone, never on the other.

    Args:
        part: the doors.
        limits: what a plan must keep.
        seed: decides every choice.
        seconds_left: how long there is; it ends the steps and does not change their order.
        step_m: of the grid; None: fine where the floor is small enough.
    """

    def __init__(
        self,
        part: FloorPart,
        limits: PlanLimits,
        seed: int,
        seconds_left: Callable[[], float],
        step_m: float | None = None,
    ) -> None:
        self.part = part
        self.grid: SiteGrid = make_grid(part, limits.reach_m, step_m or choose_step(part))
        self.search = PlanSearch(self.grid, limits, seed, seconds_left)
        self._bound = FloorBound(self.grid, limits, seed, seconds_left, self.search.pool)

    @property
    def bound(self) -> float:
        """No plan on this grid is cheaper."""
        return self._bound.value

    def plans(self) -> Iterator[bool]:
        """Improve the plan for ever; yield whether it became cheaper."""
        yield from self.search.steps()

    def proofs(self) -> Iterator[bool]:
        """Raise the bound while possible, plan with the trees met; yield whether the plan got cheaper."""
        for number, _ in enumerate(self._bound.steps(lambda: self.search.price)):
            yield number % 20 == 19 and self.search.choose_from_pool()
        yield self.search.choose_from_pool()
