"""Moments of the job (ISO 8601, UTC) as a person reads them: on the laptop's own clock."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(at: str | None) -> datetime | None:
    """Return a moment in local time, None when there is none or it cannot be read."""
    if not at:
        return None
    try:
        return datetime.fromisoformat(at).astimezone()
    except ValueError:
        return None


def clock(at: str | None) -> str:
    """Return `10:44:31`, "" when there is no moment."""
    when = moment(at)
    return when.strftime("%H:%M:%S") if when else ""


def rest_s(at: str | None) -> float:
    """Return the seconds until a moment, 0 when it is past or there is none."""
    when = moment(at)
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when else 0.0
