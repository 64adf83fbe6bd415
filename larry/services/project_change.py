"""The one event of a project: what changed, so that views can refresh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from larry.domain.edits import Edit


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was saved.

    Attributes:
        touched: ids of the nodes concerned; empty for the site itself.
        label: the name of the edit ("Move Room 101"), or of what happened.
        source: hand, plan, import, device or merge.
        what: `edit`, `undo` and `redo` changed the plan; `record` a reading of a device; `note` the history.
        edit: what was applied to the plan, None for record and note.
        number: its number in the history, None for record.
    """

    touched: frozenset[str]
    label: str
    source: str
    what: Literal["edit", "undo", "redo", "record", "note"] = "edit"
    edit: Edit | None = None
    number: int | None = None
