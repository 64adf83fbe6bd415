"""The client of the cloud: its public routes and, where a host offers them, the unpublished acts."""

from __future__ import annotations

from collections.abc import Sequence

from larry.cloud.cloud_iq import CloudIq
from larry.cloud.cloud_lock import CloudLock
from larry.cloud.cloud_site import CloudSite
from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.cloud.unpublished_acts import UnpublishedActs
from larry.cloud.unreachable import foreign_answer
from larry.errors import CloudRefusedError


class CloudClient(UnpublishedActs):
    """Async client of one cloud (domain.md 6). Use it with `async with`, or `close()` it.

    Every method raises `CloudRefusedError` (the cloud said no; `code` is the published code, why and
    remedy are its plain words) or `CloudUnreachableError` (no connection, no answer, not the cloud's
    answer). When a *writing* method ends in `CloudUnreachableError` the request may have arrived: read
    again before repeating it.

    Args:
        base_url: `https://host`; plain http only on this computer (the practice cloud).
        token: called for every request; never logged.
        transport: httpx transport, for tests.
        timeouts: limits of waiting.
        clock: for tests.
        on_wait: hears of every wait before it begins.
        api_version: prefix of the public routes.

    Raises:
        InputError: `base_url` is not an address.
    """

    async def sites(self) -> list[CloudSite]:
        """Return the sites this account may see."""
        return await self._list(CloudSite, self._url("sites"), "The sites could not be read from the cloud.")

    async def site(self, site_id: str) -> CloudSite:
        """Return one site."""
        action = "The site could not be read from the cloud."
        return await self._one(CloudSite, "GET", self._url("sites", site_id), action)

    async def iqs(self, site_id: str) -> list[CloudIq]:
        """Return the IQs of a site."""
        action = "The IQs could not be read from the cloud."
        return await self._list(CloudIq, self._url("sites", site_id, "iqs"), action)

    async def iq(self, site_id: str, iq_id: str) -> CloudIq:
        """Return one IQ."""
        action = "The IQ could not be read from the cloud."
        return await self._one(CloudIq, "GET", self._url("sites", site_id, "iqs", iq_id), action)

    async def add_iq(self, site_id: str, name: str, time_zone: str, activation_code: str) -> CloudIq:
        """Add an IQ to a site; it must be online. The code is trimmed and upper-cased, nothing else.

        Raises:
            CloudRefusedError: 1501 unknown code, 2208 already in a site, 3105 offline, 2212 no subscription …
        """
        body = {
            "customer_reference": name,
            "time_zone": time_zone,
            "activation_code": activation_code.strip().upper(),
        }
        action = f"{name} not added to the cloud."
        iq = await self._one(CloudIq, "POST", self._url("sites", site_id, "iqs"), action, body)
        self._connection.expect_new(iq.id)
        return iq

    async def tree(self, site_id: str, iq_id: str) -> list[CloudTreeItem]:
        """Return the tree of an IQ in the server's own order."""
        action = "The tree of the IQ could not be read from the cloud."
        return await self._list(CloudTreeItem, self._url("sites", site_id, "iqs", iq_id, "tree"), action)

    async def put_tree(
        self,
        site_id: str,
        iq_id: str,
        items: Sequence[CloudTreeItem],
        *,
        expected_revision: int | None = None,
    ) -> list[CloudTreeItem]:
        """Write the whole tree of an IQ, exactly in the order given, and return the server's tree.

        Keep the items the server has as they came, in their order, and append new ones (`id=None`).

        Args:
            site_id: the site.
            iq_id: the IQ.
            items: the whole tree.
            expected_revision: the IQ's revision when the tree was read; another one now means that
                somebody else changed it, and nothing is written.

        Raises:
            CloudRefusedError: 2204 tree not valid, 3105 offline, "tree-changed" for another revision …
        """
        action = "The tree of the IQ was not written to the cloud."
        if expected_revision is not None:
            await self._require_revision(site_id, iq_id, expected_revision)
        answer = await self._connection.request(
            "PUT",
            self._url("sites", site_id, "iqs", iq_id, "tree"),
            action,
            body=[item.to_json() for item in items],
            code_sent=any(item.otp is not None for item in items),
        )
        if answer is None:
            return await self.tree(site_id, iq_id)
        written = answer.get("items") if isinstance(answer, dict) else answer
        if not isinstance(written, list):
            raise foreign_answer(self.host, action)
        return self._records(CloudTreeItem, written, action)

    async def locks(self, site_id: str) -> list[CloudLock]:
        """Return the locks of a site, of all its IQs."""
        action = "The locks could not be read from the cloud."
        return await self._list(CloudLock, self._url("sites", site_id, "locks"), action)

    async def detach_lock(
        self, site_id: str, lock_id: str, iq_link_state: str = "detached_pending", otp: str | None = None
    ) -> None:
        """Begin to detach a lock; it is finished when the maintenance card was presented at the lock.

        Args:
            site_id: the site.
            lock_id: the lock.
            iq_link_state: the state to reach.
            otp: a Code of the owner's app, on a released site.
        """
        await self._connection.request(
            "PATCH",
            self._url("sites", site_id, "locks", lock_id, "detach"),
            "The lock was not detached in the cloud.",
            body={"iq_link_state": iq_link_state, "otp": otp},
            code_sent=otp is not None,
        )

    async def _require_revision(self, site_id: str, iq_id: str, expected: int) -> None:
        iq = await self.iq(site_id, iq_id)
        if iq.revision != expected:
            raise CloudRefusedError(
                "Nothing written to the cloud.",
                why=f"The tree of {iq.customer_reference or 'the IQ'} changed since it was read "
                f"({expected}, now {iq.revision}).",
                remedy="Read the tree again, compare, then write.",
                code="tree-changed",
            )
