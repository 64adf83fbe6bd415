"""The project's site in the cloud: found again by its id, its UID or its name, made when there is none."""

from __future__ import annotations

from typing import Any, Protocol

from larry.cloud.cloud_site import CloudSite
from larry.domain.edits import SetSite
from larry.domain.site import Site
from larry.errors import CloudRefusedError

SITE_OWNER = "site"


class SiteCloud(Protocol):
    """What is asked of the cloud."""

    async def sites(self) -> list[CloudSite]: ...
    async def create_site(
        self, name: str, *, country_code: str, time_zone: str, owner_email: str = ""
    ) -> CloudSite: ...


class SiteProject(Protocol):
    """What is asked of the project."""

    @property
    def site(self) -> Site: ...
    def cloud_id(self, owner: str) -> str | None: ...
    def set_cloud_id(self, owner: str, cloud_id: str | None) -> None: ...
    def do(self, edit: Any, label: str, source: str = ...) -> Any: ...


async def cloud_site_id(project: SiteProject, cloud: SiteCloud, *, create: bool = True) -> str:
    """Return the cloud's id of the project's site.

    The id is remembered in the project at once; the UID the cloud gives becomes part of the plan.

    Args:
        create: make the site when the cloud has none of this UID or name.

    Raises:
        CloudRefusedError: there is none and it may not or cannot be made (code "not-offered": the remedy
            is the step for a person), or two sites carry the name (code "site-ambiguous").
        CloudUnreachableError: no answer.
    """
    known = project.cloud_id(SITE_OWNER)
    sites = await cloud.sites()
    if known and any(site.id == known for site in sites):
        return known
    found = _match(project.site, sites)
    if found is None:
        if not create:
            raise CloudRefusedError(
                f"{project.site.info.name} is not in the cloud.",
                why="No site there has its UID or name.",
                remedy="Commission the site first.",
                code="site-missing",
            )
        info = project.site.info
        found = await cloud.create_site(
            info.name,
            country_code=info.country_code or "",
            time_zone=info.time_zone or "",
            owner_email=info.owner_email or "",
        )
    project.set_cloud_id(SITE_OWNER, found.id)
    if found.site_uid and project.site.info.site_uid != found.site_uid:
        project.do(SetSite("site_uid", found.site_uid), "Take over the site UID from the cloud", "device")
    return found.id


def _match(site: Site, sites: list[CloudSite]) -> CloudSite | None:
    by_uid = [each for each in sites if site.info.site_uid and each.site_uid == site.info.site_uid]
    named = by_uid or [
        each
        for each in sites
        if each.customer_reference == site.info.name and each.installation_state != "released"
    ]
    if len(named) > 1:
        raise CloudRefusedError(
            f"The cloud has {len(named)} sites named {site.info.name}.",
            why="Larry cannot know which one is meant.",
            remedy="Enter the site UID in the project.",
            code="site-ambiguous",
        )
    return named[0] if named else None
