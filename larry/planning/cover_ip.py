"""The covering problem in whole trees: choose columns of least price (branch and bound by HiGHS)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from larry.planning.cover_lp import quiet_highs
from larry.planning.tree_column import bits


@dataclass(frozen=True, slots=True)
class IpEffort:
    """How long to search: nodes decide, so that runs repeat; seconds only cut."""

    nodes: int = 2000
    seconds: float = 20.0


def choose_columns(
    columns: Sequence[tuple[float, int]], doors: Sequence[int], iqs: int, most: float, effort: IpEffort
) -> list[int] | None:
    """Return so many columns that cover the doors for no more than a price, None when none were found.

    The number of trees and the price are rows of their own: with both fixed the solver decides in a
    fraction of the time the free problem takes.

    Args:
        columns: price and doors (bits) of each.
        doors: numbers of the doors to cover.
        iqs: number of columns to choose.
        most: highest price.
        effort: limits of the search.
    """
    row_of = {door: row for row, door in enumerate(doors)}
    count, last = len(columns), len(doors)
    index: list[int] = []
    values: list[float] = []
    starts: list[int] = []
    for price, mask in columns:
        rows = [row_of[door] for door in bits(mask) if door in row_of]
        starts.append(len(index))
        index += [*rows, last, last + 1]
        values += [*([1.0] * len(rows)), 1.0, price]
    highs = quiet_highs()
    highs.setOptionValue("mip_max_nodes", effort.nodes)
    highs.setOptionValue("time_limit", max(effort.seconds, 0.1))
    highs.setOptionValue("mip_max_improving_sols", 1)
    highs.setOptionValue("mip_detect_symmetry", False)
    none = np.zeros(0, np.int32), np.zeros(0)
    for _ in doors:
        highs.addRow(1.0, highspy.kHighsInf, 0, *none)
    highs.addRow(float(iqs), float(iqs), 0, *none)
    highs.addRow(0.0, most + 1e-6, 0, *none)
    prices = np.array([price for price, _ in columns])
    matrix = np.array(starts, np.int32), np.array(index, np.int32), np.array(values)
    highs.addCols(count, prices, np.zeros(count), np.ones(count), len(index), *matrix)
    kinds = np.array([highspy.HighsVarType.kInteger] * count)
    highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
    highs.run()
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    chosen = np.flatnonzero(np.array(highs.getSolution().col_value) > 0.5)
    return [int(which) for which in chosen]
