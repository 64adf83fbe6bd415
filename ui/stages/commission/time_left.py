"""How long the job may still take, from how long its devices took so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from PySide6.QtCore import QCoreApplication

from larry.services.commission.board import Board
from larry.services.commission.step_state import StepState, StepStatus
from ui.stages.commission.moments import moment
from ui.words import counted

LEAST_MEASURED = 2
"""With fewer finished devices nothing is said: a guess would look like knowledge."""
LONGEST_S = 900.0
"""A device that took longer was interrupted and tells nothing."""


def time_left(board: Board, steps: Callable[[str], Sequence[StepState]]) -> str:
    """Return the line below the progress bar."""
    if not board.total or board.done == board.total:
        return ""
    order = _tr("Walking order, as the plan has it.")
    took_s = [_took_s(steps(row.node_id)) for row in board.queue if row.state is StepStatus.DONE]
    known = [each for each in took_s if each is not None]
    if not board.running or len(known) < LEAST_MEASURED:
        return order
    left = sum(row.state in (StepStatus.TODO, StepStatus.RUNNING, StepStatus.WAITING) for row in board.queue)
    minutes = max(1, round(median(known) * left / 60))
    about = counted(minutes, _tr("About {n} minute left."), _tr("About {n} minutes left."))
    return f"{order} {about}"


def _took_s(steps: Sequence[StepState]) -> float | None:
    begun = [moment(line.at) for step in steps for line in step.log]
    ended = [moment(step.changed_at) for step in steps]
    first = min((each for each in begun if each), default=None)
    last = max((each for each in ended if each), default=None)
    if first is None or last is None:
        return None
    seconds = (last - first).total_seconds()
    return seconds if 0 < seconds < LONGEST_S else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommissionTime", text)
