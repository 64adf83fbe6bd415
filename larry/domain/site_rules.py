"""Rules about the site as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from larry.domain.device_rules import time_zone_finding
from larry.domain.finding import Finding
from larry.domain.ids import is_site_uid
from larry.domain.rule_context import RuleContext


def check_site(context: RuleContext) -> Iterator[Finding | None]:
    """Yield what the rules say about the site itself."""
    info = context.site.info
    yield time_zone_finding(context, None, info.time_zone)
    if not info.owner_email:
        yield context.finding("owner-email", None, {}, problem="is not given yet")
    elif not is_email(info.owner_email):
        yield context.finding("owner-email", None, {}, problem=f"{info.owner_email} is not an e-mail address")
    if info.site_uid and not is_site_uid(info.site_uid):
        yield context.finding("site-uid-form", None, {}, site_uid=info.site_uid)


def is_email(text: str) -> bool:
    """Tell whether a text has the form of an e-mail address; nothing is looked up."""
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
