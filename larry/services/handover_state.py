"""What Larry remembers of a handover between two sessions: the last pack and the e-mail typed twice."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from larry.services.hand_over import HandedOver
from larry.services.project import Project

JOB_ID = "handover"
_NEWEST = 20


@dataclass(frozen=True, slots=True)
class HandoverState:
    """How far a handover is, beside what the checklist and the project say.

    Attributes:
        pack: the last pack that was made, "" when there is none.
        sha256: of that pack.
        made_at: ISO 8601 UTC.
        draft: it is a draft.
        devices: devices in it.
        plan_number: the newest edit it contains, by its number in the history.
        owner_confirmed: the owner's e-mail that was typed twice, "" for none.
    """

    pack: str = ""
    sha256: str = ""
    made_at: str = ""
    draft: bool = False
    devices: int = 0
    plan_number: int = 0
    owner_confirmed: str = ""


def load_handover(project: Project) -> HandoverState:
    """Return what is remembered."""
    stored: dict[str, Any] = project.jobs.load_job(JOB_ID) or {}
    known = {key: stored[key] for key in HandoverState.__dataclass_fields__ if key in stored}
    return HandoverState(**known)


def remember_pack(project: Project, made: HandedOver, plan_number: int, *, draft: bool) -> HandoverState:
    """Remember a pack that was made from the plan as it was after the edit `plan_number`."""
    state = replace(
        load_handover(project),
        pack=str(Path(made.path).absolute()),
        sha256=made.pack.sha256,
        made_at=str(made.pack.manifest["made_at"]),
        draft=draft,
        devices=int(made.pack.manifest["site"]["devices"]),
        plan_number=plan_number,
    )
    project.jobs.save_job(JOB_ID, asdict(state))
    return state


def remember_owner(project: Project, email: str) -> HandoverState:
    """Remember that this e-mail was typed twice."""
    state = replace(load_handover(project), owner_confirmed=email)
    project.jobs.save_job(JOB_ID, asdict(state))
    return state


def newest_edit(project: Project) -> int:
    """Return the number of the newest change of the plan, 0 when there is none."""
    for limit in (_NEWEST, None):  # notes on top are few: the whole history is seldom needed
        for entry in project.history(limit):
            if entry.what != "note":
                return entry.number
    return 0
