"""Checklist lines about the owner and the site: e-mail, time zones, subscription."""

from __future__ import annotations

from larry.domain.kind import Kind
from larry.domain.site_rules import is_email
from larry.handover.checklist import ChecklistLine, Group, LineState, counted, ids_of, names_of
from larry.handover.site_facts import SiteFacts


def owner_lines(facts: SiteFacts) -> list[ChecklistLine]:
    """Return the lines of the group Owner and site."""
    return [_email(facts), _time_zone(facts), _read_back(facts), _subscription(facts)]


def _line(
    facts: SiteFacts,
    key: str,
    state: LineState,
    title: str,
    evidence: str,
    *,
    remedy: str = "",
    nodes: tuple[str, ...] = (),
    at: str | None = None,
) -> ChecklistLine:
    return ChecklistLine(
        key, Group.OWNER_AND_SITE, state, title, evidence, "Larry", at or facts.made_at, remedy, nodes
    )


def _email(facts: SiteFacts) -> ChecklistLine:
    email = facts.site.info.owner_email
    if not email:
        return _line(
            facts,
            "owner-email",
            LineState.ERROR,
            "The owner's e-mail is not given",
            "site data",
            remedy="Type the address the owner will use; the invitation goes there.",
        )
    if not is_email(email):
        return _line(
            facts,
            "owner-email",
            LineState.ERROR,
            "The owner's e-mail is not an address",
            email,
            remedy="Type it again.",
        )
    twice = facts.owner_confirmed.casefold() == email.casefold()
    evidence = f"{email}, typed twice" if twice else f"{email}, typed once"
    return _line(facts, "owner-email", LineState.OK, "Owner's e-mail given", evidence)


def _time_zone(facts: SiteFacts) -> ChecklistLine:
    site_zone = facts.site.info.time_zone
    known = facts.catalogue.time_zones
    iqs = facts.of_kind(Kind.IQ)
    if not site_zone:
        return _line(
            facts,
            "time-zone",
            LineState.ERROR,
            "The site has no time zone",
            "site data",
            remedy="Choose it; a wrong one silently gives wrong logs and schedules.",
        )
    zones = {None: site_zone} | {iq.id: iq.time_zone for iq in iqs if iq.time_zone}
    unknown = sorted({zone for zone in zones.values() if known and zone not in known})
    if unknown:
        return _line(
            facts,
            "time-zone",
            LineState.ERROR,
            f"Unknown time zone: {', '.join(unknown)}",
            "compared with the IANA list",
            remedy="Choose one such as Europe/Vienna.",
        )
    differs = [iq for iq in iqs if iq.time_zone and iq.time_zone != site_zone]
    if differs:
        title = f"Another time zone than the site's {site_zone}: {names_of(differs)}"
        return _line(
            facts,
            "time-zone",
            LineState.WARNING,
            title,
            "planned",
            nodes=ids_of(differs),
            remedy="Use the site's zone unless the IQ really stands in another.",
        )
    return _line(facts, "time-zone", LineState.OK, f"Time zone {site_zone} on site and IQs", "planned")


def _read_back(facts: SiteFacts) -> ChecklistLine:
    iqs = facts.of_kind(Kind.IQ)
    wrong = [
        iq
        for iq in iqs
        if (seen := facts.seen(iq, "time_zone")) and seen != (iq.time_zone or facts.site.info.time_zone)
    ]
    if wrong:
        return _line(
            facts,
            "time-zone-read",
            LineState.ERROR,
            f"The cloud has another time zone for {names_of(wrong)}",
            "read back from the cloud",
            nodes=ids_of(wrong),
            remedy="Correct it in the cloud.",
        )
    unread = [iq for iq in iqs if not facts.seen(iq, "time_zone")]
    if unread or not iqs:
        return _line(
            facts,
            "time-zone-read",
            LineState.OPEN,
            "Time zone of the IQs not read back",
            f"{counted(len(unread), 'IQ')} without a reading",
            nodes=ids_of(unread),
            remedy="Finish commissioning.",
        )
    return _line(
        facts,
        "time-zone-read",
        LineState.OK,
        "The cloud has the same time zones",
        "read back",
        at=facts.last_read(iqs, "time_zone"),
    )


def _subscription(facts: SiteFacts) -> ChecklistLine:
    return _line(
        facts,
        "subscription",
        LineState.OPEN,
        "Subscription: the owner enters the voucher",
        "belongs to the owner; not read by Larry",
        remedy="Without it the IQs are suspended: purple light.",
    )
