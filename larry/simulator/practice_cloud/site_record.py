"""What the practice cloud keeps about a site and its IQs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from larry.simulator.practice_cloud.estate import CloudIq, TreeRow

Profile = tuple[str, str]


@dataclass
class IqRecord:
    """An IQ in a site.

    Attributes:
        id: UUID of the cloud.
        iq: the IQ itself.
        name: as the installer calls it.
        time_zone: IANA name.
        added_at_s: virtual second.
        tree: last tree heard; the cloud cannot know what happens while the IQ is offline.
        revision: last revision heard.
        synced: the last tree the cloud knows is the IQ's.
    """

    id: str
    iq: CloudIq
    name: str
    time_zone: str
    added_at_s: float
    tree: tuple[TreeRow, ...] = ()
    revision: int = 0
    synced: bool = True

    def refresh(self) -> None:
        """Hear from the IQ, if it is online."""
        self.synced = self.iq.online
        if self.synced:
            self.tree = tuple(TreeRow(*row) for row in self.iq.tree_items())
            self.revision = self.iq.tree_revision

    @property
    def live_tree(self) -> tuple[TreeRow, ...]:
        """The tree without what was detached for good."""
        return tuple(row for row in self.tree if row.link_state != "detached")


@dataclass
class SiteRecord:
    """A site.

    Attributes:
        id: UUID.
        site_uid: two letters and nine digits.
        name, country_code, time_zone: as the installer gave them.
        owner_email: of the installation; the invitation must use the same.
        subscription_valid: by its voucher.
        created_at_s: virtual second.
        owner_state: none, invited, accepted.
        owner_token: of the invitation link.
        owner_profile: first and last name, after acceptance.
        released_at_s: virtual second, None before.
        codes: Codes of the owner's app and until when they are valid.
        iqs: by id, in the order they were added.
    """

    id: str
    site_uid: str
    name: str
    country_code: str
    time_zone: str
    owner_email: str
    subscription_valid: bool
    created_at_s: float
    owner_state: Literal["none", "invited", "accepted"] = "none"
    owner_token: str = ""
    owner_profile: Profile = ("", "")
    released_at_s: float | None = None
    codes: dict[str, float] = field(default_factory=dict, repr=False)
    iqs: dict[str, IqRecord] = field(default_factory=dict)

    @property
    def released(self) -> bool:
        """It belongs to its owner."""
        return self.released_at_s is not None
