"""Acts whose routes are not public: a host must be known to offer them (domain.md 6)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from larry.cloud.capabilities import Capability
from larry.cloud.cloud_requests import CloudRequests, Record
from larry.cloud.cloud_site import CloudSite
from larry.cloud.site_release import SiteRelease


class UnpublishedActs(CloudRequests):
    """Base of `CloudClient`; on a host without the capability each act refuses with its printed step."""

    async def create_site(
        self,
        name: str,
        *,
        country_code: str,
        time_zone: str,
        owner_email: str = "",
        voucher: str | None = None,
    ) -> CloudSite:
        """Create a site; `owner_email` is the address the owner must use later.

        A request without answer may have arrived: look for the name in `sites()` before repeating it.
        """
        action = f"{name} not created in the cloud."
        body = {
            "customer_reference": name,
            "country_code": country_code,
            "time_zone": time_zone,
            "owner_email": owner_email,
            "voucher": voucher,
        }
        url = self.host.url("/practice/sites")
        site = await self._act(CloudSite, Capability.CREATE_SITE, "POST", url, action, body)
        self._connection.expect_new(site.id)
        return site

    async def remove_iq(self, site_id: str, iq_id: str) -> None:
        """Delete an IQ from its site; its tree must be empty (2209)."""
        action = "The IQ was not deleted in the cloud."
        (await self.capabilities()).require(Capability.REMOVE_IQ, action)
        await self._connection.request("DELETE", self._practice_url(site_id, "iqs", iq_id), action)

    async def invite_owner(self, site_id: str, email: str) -> SiteRelease:
        """Invite the owner by mail, before the release; repeating it sends the mail again.

        Raises:
            CloudRefusedError: 1101 when it is not the address of the installation, 2203 after the release …
        """
        url = self._practice_url(site_id, "owner-invitation")
        return await self._act(
            SiteRelease, Capability.INVITE_OWNER, "POST", url, f"{email} not invited.", {"email": email}
        )

    async def release(self, site_id: str) -> SiteRelease:
        """Release the site to its invited owner: from now on the installer is out (403/2203).

        Releasing again what this installer has released is answered with its state.

        Raises:
            CloudRefusedError: 4201 when the owner was not invited, 2212 without subscription …
        """
        url = self._practice_url(site_id, "release")
        released = await self._act(
            SiteRelease, Capability.RELEASE, "POST", url, "The site was not released.", {}
        )
        self._connection.expect_no_more(site_id)
        return released

    async def release_state(self, site_id: str) -> SiteRelease:
        """Return how far release and owner are; the installer may ask this also after the release."""
        action = "The state of the release could not be read."
        url = self._practice_url(site_id, "release")
        return await self._act(SiteRelease, Capability.RELEASE_STATE, "GET", url, action)

    def _practice_url(self, *segments: str) -> str:
        return self.host.url("/practice/sites/" + "/".join(quote(segment, safe="") for segment in segments))

    async def _act(
        self,
        record: type[Record],
        capability: Capability,
        method: str,
        url: str,
        action: str,
        body: Any = None,
    ) -> Record:
        (await self.capabilities()).require(capability, action)
        return await self._one(record, method, url, action, body)
