"""Releasing a site to its owner: invitation, release, and from then on the project can only be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from larry.cloud.site_release import SiteRelease
from larry.errors import AnswerIsNoError, CloudRefusedError
from larry.handover.build_checklist import build_checklist
from larry.services.cloud_site import SITE_OWNER, SiteCloud, cloud_site_id
from larry.services.hand_over import HandoverBlockedError, site_facts
from larry.services.project import Project


class ReleaseCloud(SiteCloud, Protocol):
    """What a release asks of the cloud."""

    async def release_state(self, site_id: str) -> SiteRelease: ...
    async def invite_owner(self, site_id: str, email: str) -> SiteRelease: ...
    async def release(self, site_id: str) -> SiteRelease: ...


@dataclass(frozen=True, slots=True)
class Released:
    """How the release ended."""

    owner_email: str
    owner_state: str
    site_id: str
    resumed: bool
    """The site had been released before; this run only finished what was left."""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "released": True,
            "owner_email": self.owner_email,
            "owner_state": self.owner_state,
            "site_id": self.site_id,
            "resumed": self.resumed,
        }


async def release_site(
    project: Project, cloud: ReleaseCloud, *, say: Callable[[str], None] = lambda _: None
) -> Released:
    """Invite the owner, release the site in the cloud, then mark the project as released.

    Each step is asked for only when the cloud does not have it yet, so a release that broke off is
    finished by doing it again.

    Args:
        say: hears a sentence before each step.

    Raises:
        HandoverBlockedError: lines of the checklist block it; nothing was sent.
        AnswerIsNoError: the cloud knows another owner.
        CloudRefusedError, CloudUnreachableError: what was done before stays; do it again to go on.
    """
    email = _owner_email(project)
    site_id, state = await _site_and_state(project, cloud)
    resumed = state.released
    if not resumed:
        _require_ready(project)
        if state.owner_state == "none" or not _same(state.owner_email, email):
            say(f"Inviting {email} …")
            await cloud.invite_owner(site_id, email)
        say("Releasing the site …")
        state = await cloud.release(site_id)
    elif state.owner_email and not _same(state.owner_email, email):
        raise AnswerIsNoError(
            "The site was released to another owner.",
            why=f"The cloud names {state.owner_email}, the project {email}.",
            remedy="Correct the e-mail in the project when the cloud is right; else ask support.",
        )
    if not project.released:
        project.mark_released()
    return Released(state.owner_email or email, state.owner_state, site_id, resumed)


def mark_released_elsewhere(project: Project) -> None:
    """Mark a project whose site a person released in the maker's own tool.

    Raises:
        HandoverBlockedError: lines of the checklist block it.
        AnswerIsNoError: the owner's e-mail is not given.
    """
    _owner_email(project)
    if not project.released:
        _require_ready(project)
        project.mark_released()


async def _site_and_state(project: Project, cloud: ReleaseCloud) -> tuple[str, SiteRelease]:
    """Ask by the id the project remembers: a released site is not in the installer's list any more."""
    known = project.cloud_id(SITE_OWNER)
    if known:
        try:
            return known, await cloud.release_state(known)
        except CloudRefusedError as refusal:
            if refusal.code == "not-offered":
                raise
    site_id = await cloud_site_id(project, cloud, create=False)
    return site_id, await cloud.release_state(site_id)


def _owner_email(project: Project) -> str:
    email = project.site.info.owner_email
    if not email:
        raise AnswerIsNoError(
            "The site has no owner to be released to.",
            why="The owner's e-mail is not given.",
            remedy="Type the address the owner will use.",
        )
    return email


def _require_ready(project: Project) -> None:
    checklist = build_checklist(site_facts(project))
    if checklist.errors:
        raise HandoverBlockedError(
            checklist,
            f"{project.site.info.name or 'The site'} cannot be released yet.",
            "Mend what blocks; `larry handover` lists it.",
        )


def _same(one: str, two: str) -> bool:
    return one.strip().casefold() == two.strip().casefold()
