"""How far the release of a site is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class SiteRelease:
    """State of release and owner, readable by the installer even after the release.

    Attributes:
        installation_state: "installing" or "released".
        owner_email: the invited owner, or "".
        owner_state: none, invited, or accepted.
        released_at_s: virtual seconds of the practice site, or None.
        extra: everything else.
    """

    installation_state: str
    owner_email: str = ""
    owner_state: Literal["none", "invited", "accepted"] = "none"
    released_at_s: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def released(self) -> bool:
        """Tell whether the site belongs to its owner now."""
        return self.installation_state == "released"
