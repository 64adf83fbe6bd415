"""The served practice cloud: real sockets, cut connections, delays."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.cloud.timeouts import CloudTimeouts
from larry.errors import CloudUnreachableError
from larry.simulator.practice_cloud.cloud_faults import CloudFaults
from larry.simulator.practice_cloud.server import PracticeCloudServer


@pytest.fixture
async def served(app: Starlette) -> AsyncIterator[PracticeCloudServer]:
    async with PracticeCloudServer(app) as server:
        yield server


@pytest.fixture
async def installer(served: PracticeCloudServer) -> AsyncIterator[CloudClient]:
    timeouts = CloudTimeouts(connect_s=5, answer_s=0.5)
    async with CloudClient(served.url, PracticeSignIn(served.url), timeouts=timeouts) as client:
        yield client


async def test_capabilities_and_sites(installer: CloudClient) -> None:
    names = {capability.value for capability in (await installer.capabilities()).known}
    assert {"create_site", "invite_owner", "release", "read_tree"} <= names
    assert "replace_iq" not in names
    site = await installer.create_site("Hotel Adler", country_code="AT", time_zone="UTC")
    assert await installer.sites() == [site]


async def test_offline_cuts_the_connection_without_an_answer(
    installer: CloudClient, faults: CloudFaults, caplog: pytest.LogCaptureFixture
) -> None:
    await installer.sites()
    faults.offline = True
    with caplog.at_level(logging.ERROR), pytest.raises(CloudUnreachableError, match="cut the connection"):
        await installer.sites()
    faults.offline = False
    assert await installer.sites() == []
    assert caplog.text == ""  # the server did what it was told: no traceback in the simulator's log


async def test_half_an_answer_after_the_work_was_done(installer: CloudClient, faults: CloudFaults) -> None:
    await installer.capabilities()
    faults.half_answer = True
    with pytest.raises(CloudUnreachableError, match="may have arrived"):
        await installer.create_site("Hotel Adler", country_code="AT", time_zone="UTC")
    assert [site.customer_reference for site in await installer.sites()] == ["Hotel Adler"]


async def test_slow(installer: CloudClient, faults: CloudFaults) -> None:
    await installer.sites()
    faults.delay_s = 5.0
    with pytest.raises(CloudUnreachableError, match=r"did not answer within 0\.5 s"):
        await installer.sites()


async def test_captive_portal_and_busy(installer: CloudClient, faults: CloudFaults) -> None:
    faults.captive_portal = True
    with pytest.raises(CloudUnreachableError, match="asks for a sign-in first"):
        await installer.sites()
    faults.captive_portal = False
    faults.too_many_s = 3600
    with pytest.raises(CloudUnreachableError, match="asks to wait 3600 s"):
        await installer.sites()
    assert await installer.sites() == []


async def test_signals_stay_with_the_program_and_the_port_is_given_back(app: Starlette) -> None:
    before = signal.getsignal(signal.SIGINT)
    async with PracticeCloudServer(app) as server:
        assert signal.getsignal(signal.SIGINT) is before
        assert server.url.startswith("http://127.0.0.1:")
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient() as client:
            await client.get(f"{server.url}/practice/capabilities")


async def test_a_taken_port(app: Starlette) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="in use"):
            async with PracticeCloudServer(app, other.getsockname()[1]):
                pass
