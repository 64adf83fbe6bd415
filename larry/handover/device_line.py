"""How a line of the group Devices is made."""

from __future__ import annotations

from collections.abc import Sequence

from larry.domain.hardware import Node
from larry.handover.checklist import ChecklistLine, Group, LineState, ids_of
from larry.handover.site_facts import SiteFacts


def device_line(
    facts: SiteFacts,
    key: str,
    state: LineState,
    title: str,
    evidence: str,
    *,
    nodes: Sequence[Node] = (),
    remedy: str = "",
    at: str | None = None,
) -> ChecklistLine:
    """Make a line of the group Devices; `at` is when its evidence was read, now when not given."""
    return ChecklistLine(
        key, Group.DEVICES, state, title, evidence, "Larry", at or facts.made_at, remedy, ids_of(nodes)
    )
