"""Step states in the project file, one row per device."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

from larry.services.commission.step_state import StepState

JOB_ID = "commission"
_log = logging.getLogger(__name__)


class JobRows(Protocol):
    """Where jobs are kept: `larry.storage.job_store.JobStore` fits."""

    def load_job(self, job_id: str) -> dict[str, Any] | None: ...
    def save_job(self, job_id: str, state: dict[str, Any]) -> None: ...
    def load_steps(self, job_id: str) -> dict[str, dict[str, Any]]: ...
    def save_step(self, job_id: str, key: str, state: dict[str, Any]) -> None: ...


class StepArchive:
    """Saves and loads the steps of the commissioning job; never holds a secret."""

    def __init__(self, rows: JobRows) -> None:
        self._rows = rows
        self._saved: dict[str, dict[str, Any]] | None = None

    def load(self, node_id: str) -> tuple[list[StepState], str]:
        """Return the saved steps of a device and what was planned then; an unreadable row counts as none."""
        if self._saved is None:
            self._saved = self._rows.load_steps(JOB_ID)
        row = self._saved.get(node_id, {})
        try:
            steps = [StepState.from_json(node_id, step) for step in row.get("steps", ())]
        except (KeyError, TypeError, ValueError):
            _log.warning("the saved steps of %s cannot be read, they start anew", node_id)
            return [], ""
        return steps, str(row.get("planned", ""))

    def save(self, node_id: str, planned: str, steps: Sequence[StepState]) -> None:
        """Save the steps of a device in one transaction."""
        row = {"planned": planned, "steps": [step.to_json() for step in steps]}
        self._rows.save_step(JOB_ID, node_id, row)
        if self._saved is not None:
            self._saved[node_id] = row

    def setting(self, name: str) -> Any:
        """Return a setting of the job, None when it was never made."""
        return (self._rows.load_job(JOB_ID) or {}).get(name)

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting of the job."""
        self._rows.save_job(JOB_ID, {**(self._rows.load_job(JOB_ID) or {}), name: value})
