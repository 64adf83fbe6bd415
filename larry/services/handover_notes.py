"""Waivers and open points of a project: each change is one undoable step in the history."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from larry.domain.edits import SetSite
from larry.errors import InputError
from larry.handover.build_checklist import NEVER_WAIVED, build_checklist
from larry.handover.checklist import ChecklistLine, LineState
from larry.handover.handover_notes import EXTRA_KEY, HandoverNotes, OpenPoint, Waiver, read_notes
from larry.services.hand_over import site_facts
from larry.services.project import Project

Now = Callable[[], datetime]


def waive_line(project: Project, key: str, reason: str, who: str, *, now: Now | None = None) -> Waiver:
    """Accept a line of the checklist as it is.

    It holds while the line does not get worse: another device or a graver state needs a new reason.

    Raises:
        InputError: no reason or name is given, or the line is done, unknown or cannot be waived.
        ReadOnlySiteError: the site was released.
    """
    reason, who = _given(reason, "reason"), _given(who, "name")
    line = _line(project, key)
    waiver = Waiver(key, reason, who, _at(now), line.title, line.state.value, line.nodes)
    _store(project, read_notes(project.site).with_waiver(waiver), f"Waive “{line.title}”: {reason}")
    return waiver


def withdraw_waiver(project: Project, key: str) -> None:
    """Take a waiver back.

    Raises:
        InputError: the line is not waived.
        ReadOnlySiteError: the site was released.
    """
    notes = read_notes(project.site)
    if key not in notes.waivers:
        raise InputError(f"The line {key} is not waived.", remedy="`larry checklist FILE` lists all lines.")
    _store(project, notes.without_waiver(key), f"Withdraw the waiver of {key}")


def add_open_point(
    project: Project, text: str, responsible: str, who: str, *, due: str = "", now: Now | None = None
) -> OpenPoint:
    """Write down what remains to be done.

    Args:
        due: a day as YYYY-MM-DD, "" for none.

    Raises:
        InputError: text or responsible is missing, or `due` is no day.
        ReadOnlySiteError: the site was released.
    """
    text, responsible = _given(text, "text"), _given(responsible, "responsible person")
    if due:
        _require_day(due)
    # Not a running number: two laptops may each add a point before their copies are joined.
    point = OpenPoint(uuid.uuid4().hex[:8], text, responsible, due, _given(who, "name"), _at(now))
    _store(project, read_notes(project.site).with_point(point), f"Note the open point “{text}”")
    return point


def close_open_point(project: Project, point_id: str, who: str, *, now: Now | None = None) -> OpenPoint:
    """Say that an open point is done.

    Raises:
        InputError: there is no such open point.
        ReadOnlySiteError: the site was released.
    """
    notes = read_notes(project.site)
    point = next((each for each in notes.points if each.id == point_id and not each.done_at), None)
    if point is None:
        raise InputError(f"There is no open point {point_id}.", remedy="`larry checklist FILE` lists them.")
    done = replace(point, done_at=_at(now), done_by=_given(who, "name"))
    _store(project, notes.with_point(done), f"Close the open point “{point.text}”")
    return done


def _line(project: Project, key: str) -> ChecklistLine:
    lines = {line.key: line for line in build_checklist(site_facts(project)).lines}
    if key not in lines:
        raise InputError(
            f"The checklist has no line {key}.", remedy="`larry checklist FILE` lists all lines."
        )
    if key in NEVER_WAIVED:
        raise InputError(
            f"The line {key} cannot be waived.", why="Without it there is nobody to hand over to."
        )
    if lines[key].state is LineState.OK:
        raise InputError(f"The line {key} is done: there is nothing to waive.")
    if key.startswith("point-"):
        raise InputError("An open point is not waived.", remedy="Say that it is done when it is.")
    return lines[key]


def _store(project: Project, notes: HandoverNotes, label: str) -> None:
    project.do(SetSite("extra", {**project.site.info.extra, EXTRA_KEY: notes.to_json()}), label)


def _given(text: str, what: str) -> str:
    if not text.strip():
        raise InputError(f"The {what} is missing.", remedy="Say it in a few words; it stands in the report.")
    return " ".join(text.split())


def _require_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text}” is no day.", remedy="Write it as 2026-12-24.") from None


def _at(now: Now | None) -> str:
    moment = now() if now else datetime.now(UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
