"""Planning a site: the doors without a place get IQs and repeaters, in processes of their own.

What the project has is pinned: nothing that stands or hangs is moved. Doors without a parent are first put
on existing parents that take them without any finding; new IQs serve the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from larry.domain.catalogue import Catalogue
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.placement import Verdict, can_place
from larry.domain.site import Site
from larry.planning.floor_part import FloorPart, floor_parts
from larry.planning.plan_limits import PlanLimits
from larry.planning.plan_result import PlacedTree
from larry.services.plan_outcome import PlanOutcome
from larry.services.plan_processes import PlanProcesses
from larry.services.plan_task import PartNews

_ON_GRID = "on a grid of {grid_m:g} m over the doors of each floor; every floor has its own IQs"
_BESIDE_PINNED = "beside what the project has; doors near it count as served"


@dataclass(slots=True)
class PlanState:
    """The best of each part so far; a listener is given it after every change."""

    parts: list[FloorPart]
    trees: dict[int, list[PlacedTree]] = field(default_factory=dict)
    prices: dict[int, float] = field(default_factory=dict)
    bounds: dict[int, float] = field(default_factory=dict)
    grid_m: float = 1.0

    @property
    def cost(self) -> float:
        """Price of the plan so far."""
        return sum(self.prices.values())

    @property
    def bound(self) -> float:
        """Proven lower bound so far."""
        return sum(self.bounds.values())

    @property
    def proven(self) -> bool:
        """True when every part has a plan at its bound."""
        return all(
            number in self.prices and self.bounds.get(number, 0.0) > self.prices[number] - 1e-6
            for number in range(len(self.parts))
        )

    def take(self, news: PartNews) -> bool:
        """Take in news and tell whether anything became better."""
        self.grid_m = max(self.grid_m, news.grid_m)
        better = news.trees is not None and news.price < self.prices.get(news.part, float("inf")) - 1e-6
        if better and news.trees is not None:
            self.trees[news.part], self.prices[news.part] = news.trees, news.price
        tighter = news.bound > self.bounds.get(news.part, 0.0) + 1e-6
        if tighter:
            self.bounds[news.part] = news.bound
        return better or tighter


def plan_site(
    site: Site,
    catalogue: Catalogue,
    limits: PlanLimits,
    time_limit_s: float = 30.0,
    seed: int = 1,
    on_news: Callable[[PlanState], None] = lambda state: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PlanOutcome:
    """Plan the doors that have no parent.

    Args:
        site: the site, which is not changed; `edit_of_plan` makes the edit.
        catalogue: rules of the profile, for doors on existing parents.
        limits: limits and prices.
        time_limit_s: the time for everything; the search also ends when its share of work is done.
        seed: the same seed and work give the same plan.
        on_news: called with every better plan or bound.
        cancelled: asked a few times a second; True ends the search with what there is.
    """
    start = time.monotonic()
    doors = [node for node in site.walk() if node.kind is Kind.LOCK and node.parent is None]
    impossible = tuple(node.id for node in doors if node.x_m is None or node.y_m is None)
    doors = [node for node in doors if node.id not in set(impossible)]
    attached = _attach(site, catalogue, doors)
    taken = dict(attached)
    state = PlanState(floor_parts([node for node in doors if node.id not in taken], limits))
    stopped = "proven"
    if state.parts:
        left_s = time_limit_s - (time.monotonic() - start)
        with PlanProcesses(state.parts, limits, seed, left_s) as processes:
            stopped = _listen(processes, state, on_news, cancelled)
    pinned = any(node.kind is not Kind.LOCK for node in site.nodes.values())
    proof = _ON_GRID.format(grid_m=state.grid_m)
    return PlanOutcome(
        tuple(tree for number in sorted(state.trees) for tree in state.trees[number]),
        tuple(attached),
        state.cost,
        _bound_beside_pinned(site, limits, state) if pinned else state.bound,
        f"{proof}; {_BESIDE_PINNED}" if pinned else proof,
        impossible,
        limits,
        state.grid_m,
        time.monotonic() - start,
        stopped,
    )


def _listen(
    processes: PlanProcesses,
    state: PlanState,
    on_news: Callable[[PlanState], None],
    cancelled: Callable[[], bool],
) -> str:
    for news in processes.news():
        if news is not None and state.take(news):
            on_news(state)
        if state.proven:
            return "proven"
        if cancelled():
            return "cancelled"
    return "time" if processes.out_of_time else "work"


def _attach(site: Site, catalogue: Catalogue, doors: list[Node]) -> list[tuple[str, str]]:
    """Return doors with the nearest existing parent that takes them without a word of the rules."""
    parents = [node for node in site.walk() if node.kind is not Kind.LOCK and site.iq_of(node.id)]
    if not parents:
        return []
    copy = _copy(site)
    attached: list[tuple[str, str]] = []
    for door in doors:
        near = ((site.distance_m(door.id, parent.id), parent.id) for parent in parents)
        for _, parent_id in sorted((d, p) for d, p in near if d is not None):
            if can_place(copy, catalogue, door.id, parent_id).verdict is Verdict.YES:
                copy.move_node(door.id, parent_id)
                attached.append((door.id, parent_id))
                break
    return attached


def _copy(site: Site) -> Site:
    copy = Site(site.info)
    copy.set_floors(site.floors.values())
    for node in site.walk():
        copy.insert_node(node.copy())
    return copy


def _bound_beside_pinned(site: Site, limits: PlanLimits, state: PlanState) -> float:
    """Return a bound that holds even if existing IQs were extended: doors near them count nothing."""
    span_m = (limits.depth + 1) * limits.reach_m
    hubs = [node.id for node in site.walk() if node.kind is Kind.IQ]
    bound = 0.0
    for number, part in enumerate(state.parts):
        far = [
            all((d := site.distance_m(door, hub)) is not None and d > span_m for hub in hubs)
            for door in part.doors
        ]
        if all(far):
            bound += state.bounds.get(number, 0.0)
        else:
            bound += limits.iq_price * -(-sum(far) // limits.locks)
    return bound
