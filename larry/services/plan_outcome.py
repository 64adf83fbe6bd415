"""The answer of the planner: the plan, what it costs, what is proven, and why it is not cheaper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from larry.planning.plan_limits import PlanLimits
from larry.planning.plan_result import PlacedTree, what_decides


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """A plan of the doors that had no place.

    Attributes:
        trees: IQs to place, with repeaters and locks.
        attached: locks that fit to what the project has already: (lock, parent).
        cost: price of what is new.
        lower_bound: no plan of the same problem is cheaper (see `proof`).
        proof: for what the bound holds.
        impossible: ids of doors that cannot be planned, the smallest set that has to change.
        limits: limits and prices of the run.
        grid_m: coarsest grid used.
        seconds: how long it took.
        stopped: time, work, proven, or cancelled.
    """

    trees: tuple[PlacedTree, ...]
    attached: tuple[tuple[str, str], ...]
    cost: float
    lower_bound: float
    proof: str
    impossible: tuple[str, ...]
    limits: PlanLimits
    grid_m: float
    seconds: float
    stopped: str

    @property
    def gap(self) -> float:
        """How much of the price is not proven necessary, 0 to 1."""
        return (self.cost - self.lower_bound) / self.cost if self.cost else 0.0

    @property
    def doors(self) -> int:
        """Locks that get a new IQ."""
        return sum(len(tree.locks) for tree in self.trees)

    def why(self) -> dict[str, Any]:
        """Say what decides the price: capacity, reach or branching, with the counts that show it."""
        counts = what_decides(self.trees, self.limits)
        fewest = -(-self.doors // self.limits.locks)
        words, decides = _decides(counts, len(self.trees), fewest, self.cost, self.limits)
        return {"decides": decides, "text": words, "fewest_iqs_by_capacity": fewest, **counts}

    def to_json(self) -> dict[str, Any]:
        """Return the contract's JSON object."""
        repeaters = sum(len(tree.repeaters) for tree in self.trees)
        return {
            "cost": _number(self.cost),
            "lower_bound": _number(self.lower_bound),
            "gap": round(self.gap, 4),
            "counts": {
                "iqs": len(self.trees),
                "repeaters": repeaters,
                "locks": self.doors + len(self.attached),
                "locks_on_existing": len(self.attached),
            },
            "why": self.why(),
            "proof": self.proof,
            "grid_m": self.grid_m,
            "seconds": round(self.seconds, 2),
            "stopped": self.stopped,
            "conflict": {"doors": list(self.impossible), "rule": "position"} if self.impossible else None,
        }


def _decides(
    counts: dict[str, int], iqs: int, fewest: int, cost: float, limits: PlanLimits
) -> tuple[str, str]:
    if not iqs:
        return "No new IQ is needed.", "nothing"
    if cost <= fewest * limits.iq_price + 1e-6:
        return f"{fewest} IQs are the fewest for so many doors, and they reach all.", "capacity"
    if iqs == fewest:
        words = "The IQs are as few as their capacity allows; the repeaters carry their reach."
        return words, "capacity and reach"
    if 2 * counts["repeaters_fully_branched"] > sum(counts.values()) - counts["iqs_full"]:
        return "Doors lie around repeaters that may carry no further repeater.", "branching"
    words = f"Capacity alone would need {fewest} IQs; the distance between doors needs more hardware."
    return words, "reach"


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 2)
