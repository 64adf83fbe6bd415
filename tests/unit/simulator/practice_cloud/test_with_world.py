"""The practice cloud over the hotel itself: what the cloud orders happens in the building."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from larry.cloud.client import CloudClient
from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.errors import CloudRefusedError
from larry.simulator.build_world import build_world
from larry.simulator.estate_view import EstateView
from larry.simulator.practice_cloud.app import create_app
from larry.simulator.practice_cloud.cloud_faults import CloudFaults
from larry.simulator.scenario import load_scenario
from larry.simulator.world import World
from larry.simulator.world.acts import do_act
from larry.simulator.world.clock import ManualClock

URL = "http://127.0.0.1:9"


@pytest.fixture
def hotel() -> World:
    return build_world(load_scenario(None), ManualClock(), 0)


@pytest.fixture
async def installer(hotel: World) -> AsyncIterator[CloudClient]:
    app = create_app(EstateView(hotel), CloudFaults(), hotel.timers.clock, hotel.seed)
    transport = httpx.ASGITransport(app)
    async with CloudClient(URL, PracticeSignIn(URL, transport=transport), transport=transport) as client:
        yield client


def bring_online(hotel: World) -> None:
    """Give the first IQ its Wi-Fi over the cable."""
    hotel.iqs[0].wifi.provision_by_cable("Adler-Staff", "practice-Edelweiss")
    hotel.advance(30)
    assert hotel.iqs[0].online


async def test_from_purple_to_an_attached_lock(hotel: World, installer: CloudClient) -> None:
    iq = hotel.iqs[0]
    site = await installer.create_site("Hotel Adler", country_code="AT", time_zone="Europe/Vienna")
    with pytest.raises(CloudRefusedError) as caught:
        await installer.add_iq(site.id, "IQ Lobby", "Europe/Vienna", iq.activation_code)
    assert caught.value.code == "3105"
    bring_online(hotel)
    assert iq.led.colour == "purple"
    added = await installer.add_iq(site.id, "IQ Lobby", "Europe/Vienna", iq.activation_code)
    assert (iq.led.colour, iq.time_zone) == ("green", "Europe/Vienna")

    lock = hotel.find("Luggage room")
    items = [CloudTreeItem("lock", None, None, lock.device_id, lock.name)]
    await installer.put_tree(site.id, added.id, items)
    assert [each.iq_link_state for each in await installer.locks(site.id)] == ["attached_pending"]
    do_act(lock, "maintenance-card")
    hotel.advance(60)
    (seen,) = await installer.locks(site.id)
    assert (seen.iq_link_state, seen.online, seen.mac) == ("attached", True, lock.device_id)

    await installer.detach_lock(site.id, seen.id)
    assert len(await installer.tree(site.id, added.id)) == 1
    do_act(lock, "maintenance-card")
    hotel.advance(60)
    assert await installer.tree(site.id, added.id) == []
    await installer.remove_iq(site.id, added.id)
    assert iq.led.colour == "purple"


async def test_a_reset_iq_takes_no_tree(hotel: World, installer: CloudClient) -> None:
    bring_online(hotel)
    site = await installer.create_site("Hotel Adler", country_code="AT", time_zone="UTC")
    iq = await installer.add_iq(site.id, "IQ Lobby", "UTC", hotel.iqs[0].activation_code)
    do_act(hotel.iqs[0], "reset-8s")
    hotel.advance(600)
    seen = await installer.iq(site.id, iq.id)
    assert (seen.restore_required, seen.online) == (True, True)
    with pytest.raises(CloudRefusedError) as caught:
        await installer.put_tree(site.id, iq.id, [])
    assert caught.value.code == "3103"
