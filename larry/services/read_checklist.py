"""The checklist of an open project as it is now, with the types a view needs."""

from __future__ import annotations

from larry.handover.build_checklist import build_checklist
from larry.handover.checklist import Checklist, ChecklistLine, Group, LineState
from larry.services.hand_over import site_facts
from larry.services.handover_state import HandoverState, load_handover
from larry.services.project import Project

__all__ = ["Checklist", "ChecklistLine", "Group", "LineState", "read_checklist"]


def read_checklist(project: Project) -> Checklist:
    """Return the checklist; nothing is asked of a device."""
    facts = site_facts(project)
    accepted = _acceptance_line(load_handover(project), facts.made_at)
    checklist = build_checklist(facts)
    return Checklist((*checklist.lines, accepted)) if accepted else checklist


def _acceptance_line(state: HandoverState, now: str) -> ChecklistLine | None:
    """Say how far the owner is with the pack; not a line of the pack itself, so only known here."""
    pack = f"pack of {state.made_at[:10]}, {state.sha256[:12]}…"
    key, group = "acceptance", Group.OWNER_AND_SITE
    if state.stage == "closed":
        title = f"{state.accepted_by} accepted the handover"
        return ChecklistLine(
            key, group, LineState.OK, title, pack, state.accepted_by, state.accepted_at or now
        )
    if state.stage == "half-done":
        title = f"Half done: the owner has ticked {state.ticked} of {state.lines} lines"
        remedy = "Wait for the owner's signed acceptance."
        return ChecklistLine(key, group, LineState.OPEN, title, pack, "Owner", now, remedy)
    if state.stage == "waiting":
        title = "Half done: the owner has not accepted the pack yet"
        remedy = "Take the owner's acceptance in when it comes back (`larry close`)."
        return ChecklistLine(key, group, LineState.OPEN, title, pack, "Larry", now, remedy)
    return None
