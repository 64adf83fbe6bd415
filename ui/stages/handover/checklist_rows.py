"""The rows of the checklist: headings that fold, lines, in one of two orders."""

from __future__ import annotations

from dataclasses import dataclass

from larry.services.read_checklist import Checklist, ChecklistLine, Group, LineState

_URGENCY = {
    LineState.ERROR: 0,
    LineState.WARNING: 1,
    LineState.OPEN: 2,
    LineState.WAIVED: 3,
    LineState.OK: 4,
}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The heading of a group."""

    group: Group
    done: int
    total: int
    folded: bool

    @property
    def complete(self) -> bool:
        """True when every line is done."""
        return self.done == self.total


Row = GroupRow | ChecklistLine


def rows_of(checklist: Checklist, *, open_first: bool, folded: frozenset[Group]) -> list[Row]:
    """Return what the list shows; with `open_first` the group and the line that blocks most stand on top."""
    groups = checklist.groups()
    if open_first:
        groups = sorted(groups, key=lambda each: min(_URGENCY[line.state] for line in each[1]))
    rows: list[Row] = []
    for group, lines in groups:
        done = sum(line.state is LineState.OK for line in lines)
        rows.append(GroupRow(group, done, len(lines), group in folded))
        if group not in folded:
            rows.extend(sorted(lines, key=lambda line: _URGENCY[line.state]) if open_first else lines)
    return rows
