"""What people decided about the handover: waivers and open points, kept in the plan.

They stand in the extra keys of the site, so that they are undoable, travel with the exchange file and
with a merge, and need no table of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from larry.domain.site import Site
from larry.handover.checklist import ChecklistLine, LineState

EXTRA_KEY = "larry_handover"
_GRAVITY = {LineState.OK: 0, LineState.WAIVED: 0, LineState.OPEN: 1, LineState.WARNING: 2, LineState.ERROR: 3}


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody accepted a line as it was; `title`, `state` and `nodes` say how it was."""

    key: str
    reason: str
    who: str
    at: str
    title: str
    state: str
    nodes: tuple[str, ...] = ()

    def covers(self, line: ChecklistLine) -> bool:
        """Tell whether the line is still what was accepted, or less: a worse one is not waived by it."""
        if line.key != self.key or line.state is LineState.OK:
            return False
        if _GRAVITY[line.state] > _GRAVITY.get(_state(self.state), 0):
            return False
        if line.nodes:
            return set(line.nodes) <= set(self.nodes)
        return line.title == self.title


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that remains to be done.

    Attributes:
        responsible: a person or company.
        due: a day as YYYY-MM-DD, "" when none is agreed.
        done_at: when it was done (ISO 8601 UTC), "" while it is open.
        done_by: who said that it is done.
    """

    id: str
    text: str
    responsible: str
    due: str
    who: str
    at: str
    done_at: str = ""
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class HandoverNotes:
    """All waivers by the key of their line, and all open points in their order."""

    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    points: tuple[OpenPoint, ...] = ()

    def with_waiver(self, waiver: Waiver) -> HandoverNotes:
        """Return the notes with one more waiver; an older one of the same line goes."""
        return replace(self, waivers={**self.waivers, waiver.key: waiver})

    def without_waiver(self, key: str) -> HandoverNotes:
        """Return the notes without the waiver of a line."""
        return replace(self, waivers={name: each for name, each in self.waivers.items() if name != key})

    def with_point(self, point: OpenPoint) -> HandoverNotes:
        """Return the notes with a point added, or changed where its id is known."""
        if any(each.id == point.id for each in self.points):
            points = tuple(point if each.id == point.id else each for each in self.points)
        else:
            points = (*self.points, point)
        return replace(self, points=points)

    def to_json(self) -> dict[str, Any]:
        """Return the notes as JSON values."""
        return {
            "waivers": [{**asdict(each), "nodes": list(each.nodes)} for each in self.waivers.values()],
            "open_points": [asdict(each) for each in self.points],
        }


def read_notes(site: Site) -> HandoverNotes:
    """Return the notes of a site; what another program wrote in another shape is passed over."""
    stored = site.info.extra.get(EXTRA_KEY)
    if not isinstance(stored, dict):
        return HandoverNotes()
    waivers = [_waiver(row) for row in _rows(stored.get("waivers"))]
    points = [_point(row) for row in _rows(stored.get("open_points"))]
    return HandoverNotes(
        {each.key: each for each in waivers if each is not None},
        tuple(each for each in points if each is not None),
    )


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _waiver(row: dict[str, Any]) -> Waiver | None:
    texts = _texts(row, "key", "reason", "who", "at", "title", "state")
    nodes = row.get("nodes", [])
    # A waiver without a reason is none, whoever wrote it.
    if not texts["key"] or not texts["reason"].strip() or not isinstance(nodes, list):
        return None
    return Waiver(**texts, nodes=tuple(str(each) for each in nodes))


def _point(row: dict[str, Any]) -> OpenPoint | None:
    texts = _texts(row, *OpenPoint.__dataclass_fields__)
    return OpenPoint(**texts) if texts["id"] and texts["text"] else None


def _texts(row: dict[str, Any], *names: str) -> dict[str, str]:
    return {name: value if isinstance(value := row.get(name), str) else "" for name in names}


def _state(text: str) -> LineState:
    return LineState(text) if text in set(LineState) else LineState.OK
