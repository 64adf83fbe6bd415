"""Something to tell a person: what happened, why, what next. Never a modal box."""

from __future__ import annotations

from dataclasses import dataclass

from larry.errors import LarryError


@dataclass(frozen=True, slots=True)
class Notice:
    """One message; `tone` is error, warn, ok or info."""

    tone: str
    what: str
    why: str = ""
    remedy: str = ""
    code: str = ""


def notice_of(error: LarryError) -> Notice:
    """Turn an error into what people read."""
    return Notice("error", error.what, error.why, error.remedy, error.code)
