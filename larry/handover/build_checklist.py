"""Building the checklist from the facts."""

from __future__ import annotations

from larry.handover.checklist import Checklist
from larry.handover.device_lines import device_lines
from larry.handover.open_point_lines import open_point_lines
from larry.handover.owner_lines import owner_lines
from larry.handover.silent_failure_lines import silent_failure_lines
from larry.handover.site_facts import SiteFacts


def build_checklist(facts: SiteFacts) -> Checklist:
    """Return the checklist of a site: its lines follow from the findings and from what the devices said."""
    return Checklist(
        (*device_lines(facts), *owner_lines(facts), *silent_failure_lines(facts), *open_point_lines(facts))
    )
