"""The checklist of the handover: is the site ready for its owner? (ux.md, issue 2)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from larry.domain.hardware import Node
from larry.domain.rule_context import display_name

NAMES_SHOWN = 3


class LineState(StrEnum):
    """State of a line: an error blocks the handover; open means nobody has said yet.

    Waived: it is not as it should be, and somebody accepted that and said why.
    """

    OK = "ok"
    ERROR = "error"
    WARNING = "warning"
    OPEN = "open"
    WAIVED = "waived"


class Group(StrEnum):
    """The groups of lines, in their order."""

    DEVICES = "Devices"
    OWNER_AND_SITE = "Owner and site"
    SILENT_FAILURES = "Silent failures"
    OPEN_POINTS = "Photos and open points"


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One line.

    Attributes:
        key: stable name, such as `locks-attached`.
        title: what is the case, in one sentence without a full stop.
        evidence: how that is known.
        who: who says so.
        at: when it was said or read (ISO 8601 UTC).
        remedy: the next step, "" when nothing is to be done.
        nodes: the devices it is about, for "Go to".
        waiver: why a waived line was accepted, "" for others; `who` and `at` then are those of the waiver.
        responsible: who has an open point to do, "" for others.
        due: the day an open point is to be done (YYYY-MM-DD), "" for none.
    """

    key: str
    group: Group
    state: LineState
    title: str
    evidence: str
    who: str
    at: str
    remedy: str = ""
    nodes: tuple[str, ...] = ()
    waiver: str = ""
    responsible: str = ""
    due: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON values."""
        return {
            "key": self.key,
            "group": self.group.value,
            "state": self.state.value,
            "title": self.title,
            "evidence": self.evidence,
            "who": self.who,
            "at": self.at,
            "remedy": self.remedy,
            "nodes": list(self.nodes),
            "waiver": self.waiver or None,
            "responsible": self.responsible or None,
            "due": self.due or None,
        }


@dataclass(frozen=True, slots=True)
class Checklist:
    """All lines, in the order they are shown."""

    lines: tuple[ChecklistLine, ...] = field(default=())

    def in_state(self, state: LineState) -> list[ChecklistLine]:
        """Return the lines in one state."""
        return [line for line in self.lines if line.state is state]

    @property
    def errors(self) -> list[ChecklistLine]:
        """The lines that block the handover."""
        return self.in_state(LineState.ERROR)

    @property
    def done(self) -> int:
        """How many lines are done."""
        return len(self.in_state(LineState.OK))

    def groups(self) -> list[tuple[Group, list[ChecklistLine]]]:
        """Return the lines by group, empty groups left out."""
        by_group = [(group, [line for line in self.lines if line.group is group]) for group in Group]
        return [(group, lines) for group, lines in by_group if lines]

    def summary(self) -> str:
        """Say in a sentence or two how far it is."""
        parts = [f"{self.done} of {len(self.lines)} lines are done."]
        counts = [
            (LineState.ERROR, "{} block the handover", "1 blocks the handover"),
            (LineState.WARNING, "{} are warnings", "1 is a warning"),
            (LineState.OPEN, "{} are open", "1 is open"),
            (LineState.WAIVED, "{} are waived", "1 is waived"),
        ]
        said = []
        for state, many, one in counts:
            count = len(self.in_state(state))
            if count:
                said.append(one if count == 1 else many.format(count))
        if said:
            parts.append(", ".join(said) + ".")
        return " ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """Return the checklist as JSON values."""
        return {
            "done": self.done,
            "total": len(self.lines),
            "blocks": [line.key for line in self.errors],
            "waived": [line.key for line in self.in_state(LineState.WAIVED)],
            "summary": self.summary(),
            "lines": [line.to_json() for line in self.lines],
        }


def names_of(nodes: Sequence[Node]) -> str:
    """List the first names and how many more there are."""
    names = [display_name(node) for node in nodes[:NAMES_SHOWN]]
    more = len(nodes) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def ids_of(nodes: Iterable[Node]) -> tuple[str, ...]:
    """Return the ids of nodes."""
    return tuple(node.id for node in nodes)


def all_of(count: int, word: str) -> str:
    """Return `The lock is`, `Both locks are`, `All 3 locks are`."""
    if count == 1:
        return f"The {word} is"
    return f"{'Both' if count == 2 else f'All {count}'} {word}s are"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return `1 lock`, `2 locks`, `3 batteries`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
