"""Building the checklist from the facts."""

from __future__ import annotations

from dataclasses import replace

from larry.handover.checklist import Checklist, ChecklistLine, LineState
from larry.handover.device_lines import device_lines
from larry.handover.handover_notes import HandoverNotes, read_notes
from larry.handover.open_point_lines import open_point_lines
from larry.handover.owner_lines import owner_lines
from larry.handover.silent_failure_lines import silent_failure_lines
from larry.handover.site_facts import SiteFacts

# Without an owner there is nobody to hand over to: that no reason can replace.
NEVER_WAIVED = frozenset({"owner-email"})


def build_checklist(facts: SiteFacts) -> Checklist:
    """Return the checklist of a site: its lines follow from the findings and from what the devices said.

    Lines that somebody waived, and that are not worse since, are waived.
    """
    lines = (
        *device_lines(facts),
        *owner_lines(facts),
        *silent_failure_lines(facts),
        *open_point_lines(facts),
    )
    notes = read_notes(facts.site)
    return Checklist(tuple(_waived(line, notes) for line in lines))


def _waived(line: ChecklistLine, notes: HandoverNotes) -> ChecklistLine:
    waiver = notes.waivers.get(line.key)
    if waiver is None or line.key in NEVER_WAIVED or not waiver.covers(line):
        return line
    return replace(line, state=LineState.WAIVED, who=waiver.who, at=waiver.at, waiver=waiver.reason)
