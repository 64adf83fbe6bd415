"""Checklist lines about what goes wrong without any error (issue 6 names more of them)."""

from __future__ import annotations

from collections.abc import Sequence

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.handover.checklist import ChecklistLine, Group, LineState, ids_of, names_of
from larry.handover.led_seen import led_seen
from larry.handover.site_facts import SiteFacts


def silent_failure_lines(facts: SiteFacts) -> list[ChecklistLine]:
    """Return the lines of the group Silent failures."""
    return [_half_detached(facts), _restore(facts), _red_locks(facts), _iq_lights(facts)]


def _line(
    facts: SiteFacts,
    key: str,
    state: LineState,
    title: str,
    evidence: str,
    nodes: Sequence[Node] = (),
    remedy: str = "",
    at: str | None = None,
) -> ChecklistLine:
    return ChecklistLine(
        key,
        Group.SILENT_FAILURES,
        state,
        title,
        evidence,
        "Larry",
        at or facts.made_at,
        remedy,
        ids_of(nodes),
    )


def _half_detached(facts: SiteFacts) -> ChecklistLine:
    leaving = [n for n in facts.order if facts.seen(n, "link_state") in {"detached_pending", "detached"}]
    if leaving:
        title = f"Half-finished detach: {names_of(leaving)}"
        return _line(
            facts,
            "half-detached",
            LineState.ERROR,
            title,
            "link state read back",
            leaving,
            "Present the card to finish it, or attach it again.",
        )
    evidence = "link states read back" if facts.last_read(facts.order, "link_state") else "no such reading"
    return _line(facts, "half-detached", LineState.OK, "No half-finished detach", evidence)


def _restore(facts: SiteFacts) -> ChecklistLine:
    iqs = facts.of_kind(Kind.IQ)
    waiting = [iq for iq in iqs if facts.seen(iq, "restore_required")]
    if waiting:
        title = f"Restore pending after a reset: {names_of(waiting)}"
        return _line(
            facts,
            "restore-pending",
            LineState.ERROR,
            title,
            "read back from the cloud",
            waiting,
            "Restore it; until then only Offline Access works.",
        )
    return _line(facts, "restore-pending", LineState.OK, "No IQ waits for a restore", "no such reading")


def _red_locks(facts: SiteFacts) -> ChecklistLine:
    locks = facts.of_kind(Kind.LOCK)
    red = [lock for lock in locks if _red_now(facts, lock)]
    if red:
        title = f"Red at the maintenance card: {names_of(red)}"
        return _line(
            facts,
            "locks-red",
            LineState.ERROR,
            title,
            "seen at the lock",
            red,
            "It is offline, whatever the cloud shows. Check the link and the parent.",
        )
    return _line(
        facts,
        "locks-red",
        LineState.OK,
        "No lock was seen red at the card",
        "lights noted so far",
        at=facts.last_read(locks, "led"),
    )


def _red_now(facts: SiteFacts, lock: Node) -> bool:
    """Tell whether the last light was red and nothing newer says that the lock was linked since."""
    led, light, linked = (
        led_seen(facts, lock),
        facts.reading(lock, "led"),
        facts.reading(lock, "link_state"),
    )
    if led is None or light is None or led.colour != "red":
        return False
    return linked is None or light.at >= linked.at


def _iq_lights(facts: SiteFacts) -> ChecklistLine:
    iqs = facts.of_kind(Kind.IQ)
    seen = {iq.id: led_seen(facts, iq) for iq in iqs}
    bad = [iq for iq in iqs if (led := seen[iq.id]) and not led.healthy]
    unseen = [iq for iq in iqs if seen[iq.id] is None]
    if bad:
        first = seen[bad[0].id]
        words = f"{first.colour}, {first.pattern}" if first else ""
        title = f"Light of {names_of(bad)} is not as expected: {words}"
        return _line(
            facts,
            "iq-lights",
            LineState.WARNING,
            title,
            "seen at the IQ",
            bad,
            "Look it up in the light helper; right is green blinking every 5 minutes.",
        )
    if unseen or not iqs:
        title = f"Light not looked at: {names_of(unseen)}" if unseen else "Light of the IQs not looked at"
        return _line(
            facts,
            "iq-lights",
            LineState.OPEN,
            title,
            "no reading stored",
            unseen,
            "Look: green blinking every 5 minutes is right.",
        )
    return _line(
        facts,
        "iq-lights",
        LineState.OK,
        "IQ lights as expected",
        "read at each IQ",
        at=facts.last_read(iqs, "led"),
    )
