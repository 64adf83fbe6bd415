"""Plans of generated floors, judged independently, and what the search promises."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from judges.plan_judge import judge_plan
from judges.plan_layouts import LAYOUTS, site_of

from larry.domain.edits import Composite
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.node_json import to_json
from larry.domain.site import Site
from larry.planning.attainable import Attainable
from larry.planning.first_plan import first_plan
from larry.planning.floor_part import floor_parts
from larry.planning.part_solver import PartSolver
from larry.planning.plan_limits import PlanLimits
from larry.planning.plan_result import placed_trees
from larry.planning.site_grid import choose_step, make_grid
from larry.planning.tree_column import TreeColumn
from larry.services.apply_plan import edit_of_plan
from larry.services.plan_outcome import PlanOutcome

LIMITS = PlanLimits()


def planned(site: Site, solvers: list[PartSolver], trees: list[list[TreeColumn]]) -> Site:
    """The site with the plan carried out."""
    placed = tuple(
        each
        for solver, some in zip(solvers, trees, strict=True)
        for each in placed_trees(solver.part, solver.grid, some)
    )
    cost = sum(tree.price for some in trees for tree in some)
    edit_of_plan(site, PlanOutcome(placed, (), cost, 0.0, "", (), LIMITS, 1.0, 0.0, "work")).apply(site)
    return site


def judged(site: Site) -> int:
    """The price of a plan that has no fault."""
    nodes = [to_json(node) for node in site.walk()]
    doors = [node.id for node in site.walk() if node.kind is Kind.LOCK]
    price, faults = judge_plan(nodes, doors)
    assert not faults
    return price


@pytest.mark.parametrize("kind", LAYOUTS)
@pytest.mark.parametrize("count", [1, 17, 60, 300])
def test_the_first_plan_is_valid(kind: str, count: int) -> None:
    """It is there at once and keeps every rule."""
    site = site_of(LAYOUTS[kind](count, 7))
    solvers = [PartSolver(part, LIMITS, 1, lambda: 60.0) for part in floor_parts(list(site.walk()), LIMITS)]
    trees = [solver.search.trees for solver in solvers]
    assert judged(planned(site, solvers, trees)) == sum(t.price for some in trees for t in some)


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_search_improves_and_stays_valid(kind: str) -> None:
    """Better than the first plan, the same for the same seed, above the bound."""
    site = site_of(LAYOUTS[kind](30, 3))
    (part,) = floor_parts(list(site.walk()), LIMITS)
    prices: list[list[TreeColumn]] = []
    for _ in range(2):
        solver = PartSolver(part, LIMITS, 5, lambda: 60.0)
        first = solver.search.price
        for _, _ in zip(range(3), solver.plans(), strict=False):
            pass
        prices.append(solver.search.trees)
    assert prices[0] == prices[1]
    assert judged(planned(site, [solver], [solver.search.trees])) <= first
    for _, _ in zip(range(4), solver.proofs(), strict=False):
        assert solver.bound <= solver.search.price + 1e-6
    assert solver.bound > LIMITS.iq_price


def test_the_first_plan_does_not_follow_numbers() -> None:
    """Doors far apart on one floor and on two floors are planned apart."""
    site = site_of([(0.0, 0.0), (0.0, 0.0), (500.0, 0.0), (500.0, 0.0)], floors=2)
    parts = floor_parts(list(site.walk()), LIMITS)
    assert sorted(part.doors for part in parts) == [("l0",), ("l1",), ("l2",), ("l3",)]


def test_doors_above_the_devices_count_their_height() -> None:
    """A door 9 m up is reached only from nearly below it."""
    nodes = [Node(f"l{k}", Kind.LOCK, floor="f0", x_m=10.0 * k, y_m=0.0, z_m=0.0) for k in range(3)]
    nodes[2].z_m = 9.0
    (part,) = floor_parts(nodes, LIMITS)
    grid = make_grid(part, LIMITS.reach_m, choose_step(part))
    high = [float(x) for (x, _), mask in zip(grid.places, grid.masks, strict=True) if mask >> 2 & 1]
    assert min(high) == 16.0  # 20 m less the 4.36 m that are left of the reach
    assert {tree.price for tree in first_plan(grid, LIMITS)} <= {10.0, 16.0, 19.0}


def test_totals_round_up_to_what_a_plan_can_cost() -> None:
    """Ten for an IQ, three for a repeater, never a single repeater."""
    totals = Attainable(LIMITS)
    assert totals.next_from(9.2) == 10
    assert totals.next_from(10.5) == 16
    assert totals.next_from(54.44) == 55
    assert totals.with_iqs(5, 50.5) == 56
    assert totals.with_iqs(1, 29.0) == float("inf")
    assert totals.step == 1.0


def test_one_edit_and_one_undo() -> None:
    """The plan is one composite; taking it back leaves the site as it was."""
    site = site_of(LAYOUTS["hotel"](20, 1))
    before = site_of(LAYOUTS["hotel"](20, 1))
    (part,) = floor_parts(list(site.walk()), LIMITS)
    solver = PartSolver(part, LIMITS, 1, lambda: 60.0)
    placed = tuple(placed_trees(part, solver.grid, solver.search.trees))
    outcome = PlanOutcome(placed, (), solver.search.price, 0.0, "", (), LIMITS, 1.0, 0.0, "work")
    edit = edit_of_plan(site, outcome)
    assert isinstance(edit, Composite)
    inverse = edit.apply(site)
    assert site != before
    inverse.apply(site)
    assert site == before


PLAIN = """
import sys, json
sys.modules["numba"] = None
from judges.plan_layouts import LAYOUTS, site_of
from larry.planning.compiled import HAS_COMPILER
from larry.planning.floor_part import floor_parts
from larry.planning.part_solver import PartSolver
from larry.planning.plan_limits import PlanLimits
assert not HAS_COMPILER
limits = PlanLimits()
(part,) = floor_parts(list(site_of([(0, 0), (24, 0), (24, 6), (0, 6)]).walk()), limits)
solver = PartSolver(part, limits, 1, lambda: 60.0, 6.0)
for _, _ in zip(range(3), solver.plans()): pass
for _ in solver.proofs(): pass
print(json.dumps([solver.search.price, solver.bound]))
"""


def test_without_a_compiler_the_answer_is_the_same() -> None:
    """numba is a convenience: where it is missing everything still works, slower."""
    code = f"import sys; sys.path[:0] = {sys.path!r}\n{PLAIN}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=100, check=False
    )
    assert not done.stderr
    assert json.loads(done.stdout) == [16.0, 16.0]
