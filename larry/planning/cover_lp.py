"""The covering problem as a linear program: the cheapest mix of trees, and what each door costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import highspy
import numpy as np

from larry.planning.site_grid import Floats
from larry.planning.tree_column import bits


def quiet_highs() -> highspy.Highs:
    """Return a solver that prints nothing and uses one thread, so that runs repeat exactly."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    return highs


class CoverLp:
    """Minimises the price of columns so that every door is covered once or more; columns come warm.

    Args:
        doors: the doors to cover, by number; others in a column are ignored.
        slack: price of serving one door by itself.
        hub_count: the exact number of trees, None: any.
        slack_trees: whether a slack column counts as a tree.
    """

    def __init__(self, doors: Sequence[int], slack: float, hub_count: int | None = None) -> None:
        self._row_of = {door: row for row, door in enumerate(doors)}
        self._highs = quiet_highs()
        for _ in doors:
            self._highs.addRow(1.0, highspy.kHighsInf, 0, np.zeros(0, np.int32), np.zeros(0))
        self._count_row = len(doors) if hub_count is not None else -1
        if hub_count is not None:
            self._highs.addRow(float(hub_count), float(hub_count), 0, np.zeros(0, np.int32), np.zeros(0))
        self._add([(slack, [row], False) for row in range(len(doors))])
        self.objective = slack * len(doors)
        self.count_dual = 0.0

    def add(self, columns: Iterable[tuple[float, int]]) -> None:
        """Add trees, each a price and its doors as bits."""
        rows = self._row_of
        self._add([(price, [rows[d] for d in bits(mask) if d in rows], True) for price, mask in columns])

    def _add(self, columns: list[tuple[float, list[int], bool]]) -> None:
        if not columns:
            return
        if self._count_row >= 0:
            columns = [(p, [*rows, self._count_row] if tree else rows, tree) for p, rows, tree in columns]
        count = len(columns)
        starts = np.cumsum([0, *(len(rows) for _, rows, _ in columns[:-1])]).astype(np.int32)
        index = np.array([row for _, rows, _ in columns for row in rows], dtype=np.int32)
        prices = np.array([price for price, _, _ in columns])
        upper = np.full(count, highspy.kHighsInf)
        self._highs.addCols(
            count, prices, np.zeros(count), upper, len(index), starts, index, np.ones(len(index))
        )

    def solve(self) -> Floats:
        """Solve again and return the price of each door; `objective` and `count_dual` are set anew."""
        self._highs.run()
        self.objective = float(self._highs.getInfo().objective_function_value)
        duals = np.array(self._highs.getSolution().row_dual)
        if self._count_row >= 0:
            self.count_dual = float(duals[-1])
            duals = duals[:-1]
        prices: Floats = np.maximum(duals, 0.0)
        return prices
