"""Releasing a site against the real practice cloud: order, refusals, and going on after a break."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from finished_site import finished_site, observed_by

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.domain.edits import SetNode, SetSite
from larry.errors import AnswerIsNoError, CloudRefusedError, CloudUnreachableError, ReadOnlySiteError
from larry.services.hand_over import HandoverBlockedError
from larry.services.project import Project
from larry.services.release_site import release_site
from larry.simulator.practice_cloud.app import create_app
from larry.simulator.practice_cloud.cloud_faults import CloudFaults

URL = "http://127.0.0.1:9"


class NoHardware:
    """An estate without any IQ: a release asks for none."""

    def iqs(self) -> list[Any]:
        return []

    def iq_by_activation_code(self, code: str) -> None:
        return None


class StillClock:
    """A clock that waiting moves."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def now_s(self) -> float:
        return self.at_s

    def monotonic_s(self) -> float:
        return self.at_s

    def utc_s(self) -> float:
        return self.at_s

    async def sleep(self, seconds: float) -> None:
        self.at_s += seconds


class CuttingTransport(httpx.AsyncBaseTransport):
    """Passes requests on; breaks the line before or after the ones that are named."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.before: Callable[[httpx.Request], bool] = lambda request: False
        self.after: Callable[[httpx.Request], bool] = lambda request: False
        self.seen: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(f"{request.method} {request.url.path}")
        if self.before(request):
            raise httpx.ConnectError("cut before", request=request)
        response = await self.inner.handle_async_request(request)
        if self.after(request):
            await response.aread()
            raise httpx.ReadError("cut after", request=request)
        return response

    def mend(self) -> None:
        self.before = self.after = lambda request: False


@pytest.fixture
def project(tmp_path: Path):
    site = finished_site()
    with Project.create(tmp_path / "hotel.larry", site) as made:
        for node in list(site.walk()):
            made.record_observed(node.id, observed_by(node))
        yield made


@pytest.fixture
def line() -> CuttingTransport:
    return CuttingTransport(
        httpx.ASGITransport(create_app(NoHardware(), CloudFaults(), StillClock(), seed=7))
    )


@pytest.fixture
async def cloud(line: CuttingTransport, project: Project) -> AsyncIterator[CloudClient]:
    """A client of a practice cloud that knows the hotel."""
    async with CloudClient(
        URL, PracticeSignIn(URL, transport=line), transport=line, clock=StillClock()
    ) as client:
        site = await client.create_site(
            "Hotel Adler", country_code="AT", time_zone="Europe/Vienna", owner_email="owner@example.com"
        )
        project.set_cloud_id("site", site.id)
        line.seen.clear()
        yield client


def acts(line: CuttingTransport) -> list[str]:
    return [each.rpartition("/")[2] for each in line.seen if each.startswith("POST") and "/sites/" in each]


async def test_invite_then_release_then_read_only(
    project: Project, cloud: CloudClient, line: CuttingTransport
) -> None:
    heard: list[str] = []
    result = await release_site(project, cloud, say=heard.append)
    assert acts(line) == ["owner-invitation", "release"]
    assert result.owner_email == "owner@example.com"
    assert not result.resumed
    assert len(heard) == 2
    assert project.released
    with pytest.raises(ReadOnlySiteError):
        project.do(SetNode("l10", "name", "Mine"), "Rename")


async def test_errors_block_before_anything_is_sent(
    project: Project, cloud: CloudClient, line: CuttingTransport
) -> None:
    project.record_observed("l10", {"online": False})
    with pytest.raises(HandoverBlockedError):
        await release_site(project, cloud)
    assert acts(line) == []
    assert not project.released


async def test_the_owner_must_be_known(project: Project, cloud: CloudClient, line: CuttingTransport) -> None:
    project.do(SetSite("owner_email", None), "Forget the owner")
    with pytest.raises(AnswerIsNoError, match="owner"):
        await release_site(project, cloud)
    assert line.seen == []


@pytest.mark.parametrize("act", ["owner-invitation", "release"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_broken_line_leaves_it_resumable(
    project: Project, cloud: CloudClient, line: CuttingTransport, act: str, when: str
) -> None:
    setattr(line, when, lambda request: request.method == "POST" and request.url.path.endswith(act))
    with pytest.raises(CloudUnreachableError) as told:
        await release_site(project, cloud)
    assert told.value.exit_code == 3
    assert not project.released
    line.mend()
    line.seen.clear()
    result = await release_site(project, cloud)
    assert project.released
    assert result.owner_email == "owner@example.com"
    expected = {
        ("owner-invitation", "before"): ["owner-invitation", "release"],
        ("owner-invitation", "after"): ["release"],
        ("release", "before"): ["release"],
        ("release", "after"): [],
    }
    assert acts(line) == expected[act, when]
    assert result.resumed is ((act, when) == ("release", "after"))


async def test_a_killed_program_only_has_to_mark_the_project(
    project: Project, cloud: CloudClient, line: CuttingTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: Project) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Project, "mark_released", killed)
        with pytest.raises(KeyboardInterrupt):
            await release_site(project, cloud)
    assert not project.released
    line.seen.clear()
    assert (await release_site(project, cloud)).resumed
    assert project.released
    assert acts(line) == []


async def test_releasing_twice_changes_nothing(
    project: Project, cloud: CloudClient, line: CuttingTransport
) -> None:
    await release_site(project, cloud)
    line.seen.clear()
    assert (await release_site(project, cloud)).resumed
    assert acts(line) == []
    assert sum("released" in entry.label for entry in project.history()) == 1


async def test_another_owner_in_the_cloud_is_told(project: Project, cloud: CloudClient) -> None:
    site_id = project.cloud_id("site")
    assert site_id
    await cloud.invite_owner(site_id, "owner@example.com")
    await cloud.release(site_id)
    project.do(SetSite("owner_email", "other@example.com"), "Another owner")
    with pytest.raises(AnswerIsNoError, match="another owner"):
        await release_site(project, cloud)
    assert not project.released


async def test_a_site_the_cloud_does_not_know_is_told(
    project: Project, cloud: CloudClient, line: CuttingTransport
) -> None:
    project.set_cloud_id("site", None)
    for name, value in (("name", "Nowhere"), ("site_uid", None)):
        project.do(SetSite(name, value), "Change")
    with pytest.raises(CloudRefusedError) as told:
        await release_site(project, cloud)
    assert told.value.exit_code == 1
    assert acts(line) == []


async def test_a_refusal_of_the_cloud_leaves_the_project_open(project: Project, cloud: CloudClient) -> None:
    project.do(SetSite("owner_email", "someone@example.com"), "Not the address of the installation")
    with pytest.raises(CloudRefusedError) as told:
        await release_site(project, cloud)
    assert told.value.code
    assert not project.released
