"""A site as the cloud knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CloudSite:
    """One site (domain.md 6).

    Attributes:
        id: UUID the other routes want.
        site_uid: two letters and digits, for people and support.
        customer_reference: its name.
        country_code: ISO 3166, two letters.
        time_zone: IANA name.
        owner: the owner as the cloud gives it; the shape is not public, an "email" is usual.
        installation_state: the practice cloud says "installing" or "released".
        subscription_valid: None when not told.
        active_iq_amount: IQs in the site.
        extra: everything else.
    """

    id: str
    site_uid: str = ""
    customer_reference: str = ""
    country_code: str = ""
    time_zone: str = ""
    owner: Mapping[str, Any] | None = None
    installation_state: str = ""
    subscription_valid: bool | None = None
    active_iq_amount: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def owner_email(self) -> str:
        """The owner's address, or "" when the cloud does not tell it."""
        email = (self.owner or {}).get("email", "") if isinstance(self.owner, Mapping) else ""
        return email if isinstance(email, str) else ""
