"""What Larry remembers of a handover between two sessions: the last pack and the e-mail typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
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
        ticked: lines of the pack the owner has ticked, as last told by an acceptance.
        lines: lines there are to tick in it.
        accepted_by: the owner's name in the counter-signature, "" while the pack is not accepted.
        accepted_at: ISO 8601 UTC, by the owner's clock.
        owner_fingerprint: SHA-256 of the owner's certificate.
        closed_at: since when the handover is closed, "" while it is open.
        remarks: what the owner remarked, by line.
    """

    pack: str = ""
    sha256: str = ""
    made_at: str = ""
    draft: bool = False
    devices: int = 0
    plan_number: int = 0
    owner_confirmed: str = ""
    ticked: int = 0
    lines: int = 0
    accepted_by: str = ""
    accepted_at: str = ""
    owner_fingerprint: str = ""
    closed_at: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """How far it is: none, draft, waiting (for the owner), half-done (some lines ticked) or closed."""
        if self.closed_at:
            return "closed"
        if not self.pack:
            return "none"
        if self.draft:
            return "draft"
        return "half-done" if self.ticked else "waiting"


def load_handover(project: Project) -> HandoverState:
    """Return what is remembered."""
    stored: dict[str, Any] = project.jobs.load_job(JOB_ID) or {}
    known = {key: stored[key] for key in HandoverState.__dataclass_fields__ if key in stored}
    return HandoverState(**known)


def remember_pack(project: Project, made: HandedOver, plan_number: int, *, draft: bool) -> HandoverState:
    """Remember a pack that was made from the plan as it was after the edit `plan_number`."""
    # A new pack has to be accepted anew.
    state = replace(
        HandoverState(owner_confirmed=load_handover(project).owner_confirmed),
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
