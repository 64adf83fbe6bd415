"""The checklist of an open project as it is now, with the types a view needs."""

from __future__ import annotations

from larry.handover.build_checklist import build_checklist
from larry.handover.checklist import Checklist, ChecklistLine, Group, LineState
from larry.services.hand_over import site_facts
from larry.services.project import Project

__all__ = ["Checklist", "ChecklistLine", "Group", "LineState", "read_checklist"]


def read_checklist(project: Project) -> Checklist:
    """Return the checklist; nothing is asked of a device."""
    return build_checklist(site_facts(project))
