"""How a run of the job ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from larry.services.commission.failures import UNREACHABLE_CODES
from larry.services.commission.state_book import StateBook
from larry.services.commission.step_state import StepState, StepStatus


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended.

    Attributes:
        done, total: devices.
        open_steps: what needs somebody, in the order of the job.
        reached: something answered in this run; False with open steps means: nothing could be reached.
        stopped: it was cancelled.
    """

    done: int
    total: int
    open_steps: tuple[StepState, ...]
    reached: bool
    stopped: bool


def run_result(book: StateBook, node_ids: Sequence[str], *, reached: bool, stopped: bool) -> RunResult:
    """Return the result for some devices.

    Args:
        reached: a link to any device was opened.
    """
    states = [state for node_id in node_ids for state in book.steps(node_id)]
    open_steps = tuple(state for state in states if state.state is StepStatus.OPEN)
    said_no = any(state.code not in UNREACHABLE_CODES for state in open_steps)
    return RunResult(
        done=sum(book.node_done(node_id) for node_id in node_ids),
        total=len(node_ids),
        open_steps=open_steps,
        reached=reached or said_no or not open_steps,
        stopped=stopped,
    )
