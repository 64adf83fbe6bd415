"""How far a handover is, as the right side shows it: worked out in one place from facts, no widget in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from larry.services.handover_state import HandoverState
from larry.services.read_checklist import Checklist
from ui.stages.commission.moments import moment
from ui.stages.handover.handover_steps import HandoverStep
from ui.words import counted


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """What the view follows from.

    Attributes:
        checklist: of this moment.
        state: what is remembered of pack and owner.
        owner: the e-mail in the plan.
        devices: planned devices.
        plan_number: number of the newest edit.
        cloud: there is a cloud to release in.
        released_at: when the site was released (ISO 8601), "" before.
        busy: the sentence while something runs.
    """

    checklist: Checklist
    state: HandoverState
    owner: str
    devices: int
    plan_number: int
    cloud: bool
    released_at: str = ""
    busy: str = ""

    @property
    def owner_confirmed(self) -> bool:
        """The address of the plan was typed twice."""
        return bool(self.owner) and self.state.owner_confirmed.casefold() == self.owner.casefold()

    @property
    def pack_current(self) -> bool:
        """The last pack is no draft and holds the plan as it is."""
        return bool(self.state.pack) and not self.state.draft and not self.pack_stale

    @property
    def pack_stale(self) -> bool:
        """The plan changed after the pack."""
        return bool(self.state.pack) and self.plan_number > self.state.plan_number


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What `HandoverPane` shows."""

    chip: tuple[str, str, str]
    steps: tuple[HandoverStep, ...]
    owner: str
    owner_confirmed: bool
    locked: bool
    released: bool
    contents_title: str
    contents: tuple[tuple[str, str, str], ...]
    pack_name: str
    pack_detail: str
    pack_tone: str
    pack_there: bool
    busy: str
    primary: str = ""
    primary_icon: str = ""
    primary_key: str = ""
    primary_on: bool = False
    hint: str = ""
    hint_tone: str = "text3"
    second: str = ""
    second_key: str = ""
    elsewhere: bool = False


def handover_view(facts: HandoverFacts) -> HandoverView:
    """Return what is shown of these facts."""
    detail, tone = _pack_detail(facts)
    view = HandoverView(
        chip=_chip(facts),
        steps=_steps(facts),
        owner=facts.owner,
        owner_confirmed=facts.owner_confirmed or bool(facts.released_at),
        locked=bool(facts.released_at or facts.busy),
        released=bool(facts.released_at),
        contents_title=_tr("The pack holds") if facts.state.pack else _tr("The pack will hold"),
        contents=_contents(facts),
        pack_name=Path(facts.state.pack).name if facts.state.pack else "",
        pack_detail=detail,
        pack_tone=tone,
        pack_there=bool(facts.state.pack) and Path(facts.state.pack).is_file(),
        busy=facts.busy,
    )
    return _with_next(view, facts)


def _with_next(view: HandoverView, facts: HandoverFacts) -> HandoverView:
    """Add the one next step."""
    if facts.released_at:
        return replace(
            view,
            hint=_tr("Released {when}. The plan can be read, not changed.").format(
                when=_moment(facts.released_at)
            ),
            hint_tone="ok",
            second=_tr("Make pack again…") if facts.state.pack else _tr("Make pack…"),
            second_key="pack",
        )
    blocked = len(facts.checklist.errors)
    if blocked:
        return replace(
            view,
            primary=_tr("Make pack…"),
            primary_icon="package-check",
            hint=counted(
                blocked,
                _tr("First: {n} error of the checklist."),
                _tr("First: {n} errors of the checklist."),
            ),
            hint_tone="error",
            second=_tr("Make draft…"),
            second_key="draft",
        )
    if not facts.pack_current:
        return replace(
            view,
            primary=_tr("Make pack…"),
            primary_icon="package-check",
            primary_key="pack",
            primary_on=True,
            hint=_tr("One file with report, site data and checklist."),
        )
    return _with_release(view, facts)


def _with_release(view: HandoverView, facts: HandoverFacts) -> HandoverView:
    view = replace(
        view,
        primary=_tr("Release to the owner…"),
        primary_icon="send",
        primary_key="release",
        second=_tr("Make pack again…"),
        second_key="pack",
        elsewhere=not facts.cloud,
    )
    if not facts.owner_confirmed:
        words = _tr("First type the owner's e-mail twice.")
        return replace(view, hint=words, hint_tone="warn")
    if not facts.cloud:
        words = _tr("No cloud is chosen: the release waits. All else works.")
        return replace(view, hint=words, hint_tone="warn")
    return replace(view, primary_on=True, hint=_tr("Invites the owner. Your rights end there."))


def _chip(facts: HandoverFacts) -> tuple[str, str, str]:
    if facts.released_at:
        return _tr("released"), "ok", "circle-check"
    blocked = len(facts.checklist.errors)
    if blocked:
        return counted(blocked, _tr("{n} blocks it"), _tr("{n} block it")), "error", "octagon-x"
    if not facts.pack_current:
        return _tr("ready for the pack"), "ok", "circle-check"
    return _tr("ready to release"), "ok", "circle-check"


def _steps(facts: HandoverFacts) -> tuple[HandoverStep, ...]:
    clean = not facts.checklist.errors
    released = bool(facts.released_at)
    done = _tr("{done} of {total} lines done").format(
        done=facts.checklist.done, total=len(facts.checklist.lines)
    )
    first = "done" if clean or released else "now"
    packed = facts.pack_current or (released and bool(facts.state.pack))
    second = "done" if packed else "now" if first == "done" and not released else "waiting"
    third = "done" if released else "now" if second == "done" and clean else "waiting"
    pack = _tr("report, site data, checklist")
    if facts.state.pack and not facts.state.draft:
        pack = _tr("made {when}").format(when=_moment(facts.state.made_at))
    who = facts.owner or _tr("the owner's e-mail is missing")
    return (
        HandoverStep(_tr("Checklist without errors"), done, first),
        HandoverStep(_tr("Close-out pack"), pack, second),
        HandoverStep(_tr("Owner invited, site released"), who, third),
    )


def _contents(facts: HandoverFacts) -> tuple[tuple[str, str, str], ...]:
    devices = facts.state.devices if facts.pack_current else facts.devices
    count = counted(devices, _tr("{n} device"), _tr("{n} devices"))
    lines = counted(len(facts.checklist.lines), _tr("{n} line"), _tr("{n} lines"))
    return (
        ("file-text", _tr("Report to print and sign"), _tr("PDF/A")),
        ("list-tree", _tr("Site data, JSON"), count),
        ("table-2", _tr("Table of devices, CSV"), count),
        ("clipboard-check", _tr("This checklist"), lines),
        ("shield-check", _tr("Manifest with hashes"), "SHA-256"),
    )


def _pack_detail(facts: HandoverFacts) -> tuple[str, str]:
    if not facts.state.pack:
        return "", "text2"
    if not Path(facts.state.pack).is_file():
        return _tr("The file is not there any more. Make it again."), "warn"
    made = _tr("Made {when}").format(when=_moment(facts.state.made_at))
    if facts.pack_stale and not facts.released_at:
        return _tr("{made}; the plan changed since. Make it again.").format(made=made), "warn"
    if facts.state.draft:
        return _tr("{made}; a draft, every page says so.").format(made=made), "warn"
    return f"{made} · SHA-256 {facts.state.sha256[:16]}…", "text2"


def _moment(at: str) -> str:
    when = moment(at)
    return f"{when.day} {when:%b %Y, %H:%M}" if when else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandoverView", text)
