"""Everything the practice cloud remembers, and who may touch it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from larry.simulator.practice_cloud.accounts import Account, Accounts
from larry.simulator.practice_cloud.api_error import ApiError
from larry.simulator.practice_cloud.cloud_faults import CloudFaults
from larry.simulator.practice_cloud.estate import CloudIq, Estate, PracticeClock
from larry.simulator.practice_cloud.mailbox import Mailbox
from larry.simulator.practice_cloud.site_record import IqRecord, SiteRecord

_NAMESPACE = uuid.UUID("8a0d7f1e-0c53-5c3b-9f0e-1a2b3c4d5e6f")
EXPIRED_VOUCHER = "PRACTICE-EXPIRED"
"""A site created with this voucher has no valid subscription; with any other, or none, it has."""


class CloudState:
    """Sites, accounts and mails of one practice cloud; ids depend on seed and order of events alone."""

    def __init__(self, estate: Estate, faults: CloudFaults, clock: PracticeClock, seed: int) -> None:
        self.estate = estate
        self.faults = faults
        self.accounts = Accounts()
        self.mailbox = Mailbox()
        self.sites: dict[str, SiteRecord] = {}
        self._clock = clock
        self._seed = seed

    @property
    def now_s(self) -> float:
        """Virtual seconds."""
        return self._clock.now_s()

    def id_of(self, *what: str) -> str:
        """Return the id of a thing, always the same for the same seed."""
        return str(uuid.uuid5(_NAMESPACE, ":".join([str(self._seed), *what])))

    def create_site(
        self, name: str, country_code: str, time_zone: str, owner_email: str, voucher: str
    ) -> SiteRecord:
        """Create a site for the installer."""
        site_id = self.id_of("site", str(len(self.sites) + 1))
        digits = f"{uuid.UUID(site_id).int % 10**9:09d}"
        site = SiteRecord(
            id=site_id,
            site_uid=f"{country_code}{digits}",
            name=name,
            country_code=country_code,
            time_zone=time_zone,
            owner_email=owner_email,
            subscription_valid=voucher != EXPIRED_VOUCHER,
            created_at_s=self.now_s,
        )
        self.sites[site_id] = site
        return site

    def sites_of(self, account: Account) -> list[SiteRecord]:
        """Return the sites in somebody's list: the installer's until release, the owner's after it."""
        if account.role == "installer":
            return [site for site in self.sites.values() if not site.released]
        return [
            site
            for site in self.sites.values()
            if site.released and site.owner_email.lower() == account.email
        ]

    def site_for(self, account: Account, site_id: str) -> SiteRecord:
        """Return a site that somebody may work on now.

        Raises:
            ApiError: 404/2202 unknown; 403/2203 released (installer), settling, or somebody else's; 2210 not
                released (owner).
        """
        site = self.sites.get(site_id)
        if site is None:
            raise ApiError(2202, "Site not found")
        if account.role == "owner":
            if site.owner_email.lower() != account.email:
                raise ApiError(2203)
            if not site.released:
                raise ApiError(2210)
        elif site.released or self.settling(site.created_at_s):
            raise ApiError(2203)
        return site

    def iq_for(self, site: SiteRecord, iq_id: str, *, settling_code: int = 2203) -> IqRecord:
        """Return an IQ of a site, freshly heard.

        Raises:
            ApiError: 404/2202 unknown; `settling_code` when it was added a moment ago.
        """
        record = site.iqs.get(iq_id)
        if record is None:
            raise ApiError(2202, "IQ not found")
        if self.settling(record.added_at_s):
            raise ApiError(settling_code)
        record.refresh()
        return record

    def settling(self, since_s: float) -> bool:
        """Tell whether a thing is too new to be known everywhere."""
        return self.now_s < since_s + self.faults.settle_s

    def subscribed(self, site: SiteRecord) -> bool:
        """Tell whether the site has a valid subscription."""
        return site.subscription_valid and not self.faults.subscription_expired

    def all_iqs(self) -> Iterator[IqRecord]:
        """Yield every IQ that is in a site."""
        for site in self.sites.values():
            yield from site.iqs.values()

    def is_in_a_site(self, iq: CloudIq) -> bool:
        """Tell whether an IQ is in any site of this cloud."""
        return any(record.iq.device_id == iq.device_id for record in self.all_iqs())

    def check_code(self, site: SiteRecord, code: object) -> None:
        """Accept a Code of the owner's app: only on a released site, about 3 minutes, reusable inside them.

        Raises:
            ApiError: 404/2202.
        """
        if not (site.released and isinstance(code, str) and site.codes.get(code, 0.0) > self.now_s):
            raise ApiError(2202, "Code invalid")
