"""The practice mailbox: mails the cloud would have sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail; `link` is a path on the practice cloud, or ""."""

    number: int
    at_s: float
    to: str
    subject: str
    text: str
    link: str


class Mailbox:
    """All mails, oldest first."""

    def __init__(self) -> None:
        self._mails: list[Mail] = []

    def send(self, at_s: float, to: str, subject: str, text: str, link: str = "") -> None:
        """Add a mail."""
        self._mails.append(Mail(len(self._mails) + 1, at_s, to, subject, text, link))

    def to_json(self, to: str | None = None) -> list[dict[str, Any]]:
        """Return the mails to one address, or all."""
        return [asdict(mail) for mail in self._mails if to is None or mail.to.lower() == to.lower()]
