"""Checklist lines about what stays open: warnings of the rules, points people wrote down, photos."""

from __future__ import annotations

from larry.domain.finding import Finding, Severity
from larry.handover.checklist import ChecklistLine, Group, LineState
from larry.handover.handover_notes import OpenPoint, read_notes
from larry.handover.site_facts import SiteFacts

# Warnings that have a line of their own in another group.
_ELSEWHERE = {"owner-email", "time-zone-differs"}


def open_point_lines(facts: SiteFacts) -> list[ChecklistLine]:
    """Return the lines of the group Photos and open points: one line for each kind of warning."""
    by_code: dict[str, list[Finding]] = {}
    for finding in facts.findings:
        if finding.severity is Severity.WARNING and finding.code not in _ELSEWHERE:
            by_code.setdefault(finding.code, []).append(finding)
    lines = [_warning(facts, findings) for findings in by_code.values()]
    if not lines:
        lines.append(_no_warnings(facts))
    points = [_point(facts, point) for point in read_notes(facts.site).points]
    return [*lines, *points, _photos(facts)]


def _point(facts: SiteFacts, point: OpenPoint) -> ChecklistLine:
    key = f"point-{point.id}"
    if point.done_at:
        evidence = f"done, said by {point.done_by}"
        return ChecklistLine(
            key, Group.OPEN_POINTS, LineState.OK, point.text, evidence, point.done_by, point.done_at
        )
    late = bool(point.due) and point.due < facts.made_at[:10]
    until = f" until {point.due}" if point.due else ""
    return ChecklistLine(
        key,
        Group.OPEN_POINTS,
        LineState.WARNING if late else LineState.OPEN,
        point.text,
        f"to be done by {point.responsible}{until}" + (", overdue" if late else ""),
        point.who,
        point.at,
        responsible=point.responsible,
        due=point.due,
    )


def _warning(facts: SiteFacts, findings: list[Finding]) -> ChecklistLine:
    first = findings[0]
    more = f" (and {len(findings) - 1} more like it)" if len(findings) > 1 else ""
    return ChecklistLine(
        f"warning-{first.code}",
        Group.OPEN_POINTS,
        LineState.WARNING,
        first.message.rstrip(".") + more,
        f"rules: {facts.catalogue.profile}, {facts.catalogue.version}",
        "Larry",
        facts.made_at,
        first.fix,
        tuple(finding.node for finding in findings if finding.node is not None),
    )


def _no_warnings(facts: SiteFacts) -> ChecklistLine:
    return ChecklistLine(
        "warnings",
        Group.OPEN_POINTS,
        LineState.OK,
        "No warnings of the rules are open",
        f"rules: {facts.catalogue.profile}, {facts.catalogue.version}",
        "Larry",
        facts.made_at,
    )


def _photos(facts: SiteFacts) -> ChecklistLine:
    return ChecklistLine(
        "photos",
        Group.OPEN_POINTS,
        LineState.OPEN,
        "Photos are not part of this pack",
        "the project keeps none",
        "Larry",
        facts.made_at,
        "Hand them over beside the pack.",
    )
