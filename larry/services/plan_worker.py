"""The planning process: solves the parts one after the other and sends every better plan and bound."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

from larry.services.plan_task import PartNews, PlanTask


def run_plan_worker(task: PlanTask, pipe: Connection) -> None:
    """Work on a task until it is done or its time is over; the pipe is closed then.

    Args:
        task: what to do.
        pipe: receives `PartNews`.
    """
    with pipe:
        for news in plan_news(task):
            pipe.send(news)


def plan_news(task: PlanTask) -> Iterator[PartNews]:
    """Yield first plans of all parts, then what gets better, part by part; see `run_plan_worker`."""
    from larry.planning.part_solver import PartSolver
    from larry.planning.plan_result import placed_trees

    end = time.monotonic() + task.seconds
    deadline = [end]

    def seconds_left() -> float:
        return deadline[0] - time.monotonic()

    solvers = [PartSolver(part, task.limits, task.seed, seconds_left) for part in task.parts]

    def news(number: int, better: bool, finished: bool = False) -> PartNews:
        solver = solvers[number]
        trees = placed_trees(solver.part, solver.grid, solver.search.trees) if better else None
        step_m = solver.grid.step_m
        return PartNews(number, task.aim, solver.search.price, solver.bound, step_m, trees, finished)

    for number in range(len(solvers)):
        yield news(number, True)
    doors_left = sum(len(part.doors) for part in task.parts)
    for number, solver in enumerate(solvers):
        # Each part has its share of what is left, by its doors.
        share = len(solver.part.doors) / doors_left
        doors_left -= len(solver.part.doors)
        deadline[0] = time.monotonic() + share * max(0.0, end - time.monotonic())
        steps = solver.plans() if task.aim == "plans" else solver.proofs()
        best = solver.bound
        for done, better in enumerate(steps):
            if better or solver.bound > best:
                best = solver.bound
                yield news(number, better)
            if seconds_left() <= 0 or (task.aim == "plans" and done >= task.work):
                break
        yield news(number, False, finished=True)
