"""All step states of the job: the one place that changes, saves and tells them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from larry.services.commission.job_clock import JobClock
from larry.services.commission.step_archive import StepArchive
from larry.services.commission.step_open import StepOpenError
from larry.services.commission.step_state import LogLevel, StepState, StepStatus
from larry.services.commission.words import Situation

Listener = Callable[[StepState], None]
_log = logging.getLogger(__name__)


class StateBook:
    """Step states by device and step, in the order of the job.

    Every change of a state is saved before it is told, so what a person has seen survives a kill.
    """

    def __init__(self, archive: StepArchive, clock: JobClock) -> None:
        self._archive = archive
        self._clock = clock
        self._states: dict[str, dict[str, StepState]] = {}
        self._planned: dict[str, str] = {}
        self._listeners: list[Listener] = []

    def plan(self, node_id: str, steps: Sequence[StepState], planned: str) -> None:
        """Take the steps of a device: saved ones as they were, unless what is planned has changed.

        Args:
            node_id: the device.
            steps: fresh steps, in order.
            planned: what the steps depend on, as text; another text makes all of them fresh.
        """
        saved, saved_plan = self._archive.load(node_id)
        by_name = {state.step: state for state in saved} if saved_plan == planned else {}
        self._states[node_id] = {fresh.step: by_name.get(fresh.step, fresh) for fresh in steps}
        self._planned[node_id] = planned

    def forget_others(self, node_ids: Sequence[str]) -> None:
        """Keep the steps of these devices only, in this order."""
        self._states = {node_id: self._states[node_id] for node_id in node_ids if node_id in self._states}

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` every changed step; the result ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # --- reading -----------------------------------------------------------------------

    def get(self, node_id: str, step: str) -> StepState:
        """Return a step."""
        return self._states[node_id][step]

    def steps(self, node_id: str) -> tuple[StepState, ...]:
        """Return the steps of a device in order."""
        return tuple(self._states.get(node_id, {}).values())

    def node_ids(self) -> tuple[str, ...]:
        """Return the devices of the job in order."""
        return tuple(self._states)

    def __iter__(self) -> Iterator[StepState]:
        for steps in self._states.values():
            yield from steps.values()

    def node_done(self, node_id: str) -> bool:
        """Tell whether nothing is left to do at a device."""
        return all(state.state.settled for state in self.steps(node_id))

    # --- changing ----------------------------------------------------------------------

    def move(self, node_id: str, step: str, state: StepStatus, **texts: Any) -> None:
        """Put a step into another state."""
        self._change(self.get(node_id, step).moved(state, self._clock.utc_iso(), **texts))

    def open(self, node_id: str, step: str, problem: StepOpenError) -> None:
        """Leave a step open with its cause and next step."""
        changed = self.get(node_id, step).logged(self._clock.utc_iso(), "warn", problem.headline)
        self._change(
            changed.moved(
                StepStatus.OPEN,
                self._clock.utc_iso(),
                headline=problem.headline,
                cause=problem.cause,
                next_step=problem.next_step,
                code=problem.code,
                words=problem.words,
            )
        )

    def wait(self, node_id: str, step: str, situation: Situation, **more: Any) -> None:
        """Show a wait."""
        self.move(
            node_id,
            step,
            StepStatus.WAITING,
            headline=situation.headline,
            cause=situation.cause,
            then=situation.then,
            next_step=situation.next_step,
            words=situation.words,
            **more,
        )

    def log(self, node_id: str, step: str, level: LogLevel, text: str) -> None:
        """Add a line to the log of a step; it is saved with the step's next change of state."""
        self._tell(self.get(node_id, step).logged(self._clock.utc_iso(), level, text))

    def _change(self, state: StepState) -> None:
        self._states[state.node_id][state.step] = state
        self._archive.save(state.node_id, self._planned[state.node_id], self.steps(state.node_id))
        self._tell(state)

    def _tell(self, state: StepState) -> None:
        self._states[state.node_id][state.step] = state
        for listener in list(self._listeners):
            try:
                listener(state)
            except Exception:  # a broken view must not stop the job
                _log.exception("a listener of the job broke")
