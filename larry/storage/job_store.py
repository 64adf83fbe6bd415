"""State of jobs and their steps, as JSON: what a job needs to go on after the program was killed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from larry.domain.hardware import Json
from larry.errors import DamagedFileError
from larry.storage.database import Database
from larry.storage.row_codec import json_text

_SAVE_JOB = "INSERT INTO job (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state"
_SAVE_STEP = (
    "INSERT INTO step (job, key, state) VALUES (?, ?, ?)"
    " ON CONFLICT (job, key) DO UPDATE SET state = excluded.state"
)


class JobStore:
    """Saves each call in one transaction; never holds a secret (its owner's duty)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def job_ids(self) -> list[str]:
        """Return the ids of all saved jobs."""
        return [row[0] for row in self._database.rows("SELECT id FROM job ORDER BY id")]

    def load_job(self, job_id: str) -> Json | None:
        """Return the state of a job, or None when there is none."""
        row = self._database.row("SELECT state FROM job WHERE id = ?", (job_id,))
        return self._parse(row[0]) if row else None

    def save_job(self, job_id: str, state: Json, steps: Mapping[str, Json] | None = None) -> None:
        """Save the state of a job and, in the same transaction, of any of its steps."""
        with self._database.transaction():
            self._database.write(_SAVE_JOB, (job_id, json_text(state)))
            self._write_steps(job_id, steps or {})

    def load_steps(self, job_id: str) -> dict[str, Json]:
        """Return the states of a job's steps by key, in the order they were first saved."""
        rows = self._database.rows("SELECT key, state FROM step WHERE job = ? ORDER BY number", (job_id,))
        return {key: self._parse(state) for key, state in rows}

    def save_step(self, job_id: str, key: str, state: Json) -> None:
        """Save the state of one step; the job appears with an empty state when it is new."""
        self.save_steps(job_id, {key: state})

    def save_steps(self, job_id: str, steps: Mapping[str, Json]) -> None:
        """Save several steps in one transaction."""
        with self._database.transaction():
            self._database.write("INSERT OR IGNORE INTO job (id, state) VALUES (?, '{}')", (job_id,))
            self._write_steps(job_id, steps)

    def delete_job(self, job_id: str) -> None:
        """Forget a job with its steps."""
        with self._database.transaction():
            self._database.write("DELETE FROM job WHERE id = ?", (job_id,))

    def _write_steps(self, job_id: str, steps: Mapping[str, Json]) -> None:
        rows = [(job_id, key, json_text(state)) for key, state in steps.items()]
        self._database.write_many(_SAVE_STEP, rows)

    def _parse(self, text: str) -> Json:
        try:
            state = json.loads(text)
        except (ValueError, RecursionError):
            state = None
        if not isinstance(state, dict):
            raise DamagedFileError(
                f"A job in {self._database.path.name} cannot be read.",
                why="Its state was changed by another program.",
                remedy="Start the job anew; the plan is whole.",
            )
        return state
