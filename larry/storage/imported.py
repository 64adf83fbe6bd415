"""What a foreign file held."""

from __future__ import annotations

from dataclasses import dataclass, field

from larry.domain.site import Site

SecretKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """A site from a file, the secrets that stood in it, and what could not be carried (sentences).

    `secrets` are by (owner, name), as in `SecretStore`, and never shown.
    """

    site: Site
    secrets: dict[SecretKey, str] = field(default_factory=dict, repr=False)
    not_carried: list[str] = field(default_factory=list)
