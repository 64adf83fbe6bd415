"""Reading the Retry-After header."""

from __future__ import annotations

from email.utils import parsedate_to_datetime


def retry_after_s(header: str | None, now_utc_s: float) -> float | None:
    """Return the seconds to wait that a Retry-After header asks for (RFC 9110, 10.2.3), or None.

    Both forms: seconds, or an HTTP date that is compared with `now_utc_s`.
    """
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now_utc_s)
    except (ValueError, TypeError, OverflowError):
        return None
