"""Create a site, add IQs, write trees, attach, invite, accept, release: client against practice cloud."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from larry.cloud.client import CloudClient
from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.errors import CloudRefusedError
from larry.simulator.practice_cloud.app import create_app
from larry.simulator.practice_cloud.cloud_faults import CloudFaults

ANSWERS = {
    "first_name": "Ada",
    "last_name": "Adler",
    "password": "Adler-2026",
    "password_again": "Adler-2026",
    "accept": "yes",
}
LOCKS = [f"AA0000000000{number:02X}" for number in range(20)]


async def new_site(client: CloudClient, **options: Any) -> str:
    site = await client.create_site(
        "Hotel Adler",
        country_code="AT",
        time_zone="Europe/Vienna",
        owner_email="owner@example.com",
        **options,
    )
    return site.id


def new(kind: str, mac: str, name: str, parent_id: str | None = None) -> CloudTreeItem:
    return CloudTreeItem(kind, None, parent_id, mac, name)


async def test_the_whole_job(
    client: CloudClient, raw: httpx.AsyncClient, estate: Any, clock: Any, faults: CloudFaults
) -> None:
    faults.settle_s = 5.0
    site_id = await new_site(client)
    assert (await client.site(site_id)).installation_state == "installing"

    lobby = await client.add_iq(site_id, "IQ Lobby", "Europe/Vienna", " code-1 ")
    assert estate.lobby.joined == ("Europe/Vienna", "IQ Lobby")
    assert (lobby.mac, lobby.online, lobby.otp_enabled) == ("00.11.01", True, False)
    assert await client.tree(site_id, lobby.id) == []
    assert clock.at_s >= 10.0  # both new things were waited for

    tree = await client.put_tree(site_id, lobby.id, [new("repeater", "BB00000000000A", "Rep 1")])
    tree = await client.put_tree(
        site_id,
        lobby.id,
        [*tree, new("lock", LOCKS[9], "Room 101", tree[0].id), new("lock", LOCKS[1], "Room 102")],
    )
    assert [item.mac for item in tree] == ["BB00000000000A", LOCKS[9], LOCKS[1]]
    assert [row.device_id for row in estate.lobby.tree_items()] == ["BB00000000000A", LOCKS[9], LOCKS[1]]
    assert await client.tree(site_id, lobby.id) == tree

    assert [lock.iq_link_state for lock in await client.locks(site_id)] == ["attached_pending"] * 2
    estate.lobby.card(LOCKS[9])
    first, second = await client.locks(site_id)
    assert (first.customer_reference, first.iq_link_state, first.online) == ("Room 101", "attached", True)
    assert (first.iq_id, first.repeater_id, second.repeater_id) == (lobby.id, tree[0].id, "")
    assert (second.iq_link_state, second.online, second.battery_level) == ("attached_pending", False, 96)

    assert (await client.invite_owner(site_id, "Owner@example.com")).owner_state == "invited"
    mail = (await raw.get("/practice/mailbox", params={"to": "owner@example.com"})).json()["mails"][0]
    assert mail["subject"] == "Your invitation to Hotel Adler"
    page = await raw.get(mail["link"])
    assert "Accept" in page.text
    assert (await raw.post(mail["link"], data=ANSWERS)).status_code == 200
    assert (await client.release_state(site_id)).owner_state == "accepted"

    released = await client.release(site_id)
    assert released.released
    assert released.owner_email.lower() == "owner@example.com"
    with pytest.raises(CloudRefusedError) as caught:
        await client.tree(site_id, lobby.id)
    assert caught.value.code == "2203"
    assert "installer access" in caught.value.remedy
    assert await client.sites() == []
    assert (await client.release(site_id)).released  # a repeated release is the same release
    assert (await client.release_state(site_id)).released

    token = (
        await raw.post(
            "/practice/token",
            json={"role": "owner", "email": "owner@example.com"} | {"password": "Adler-2026"},
        )
    ).json()["access_token"]
    owned = await raw.get("/v1.2/sites", headers={"Authorization": f"Bearer {token}"})
    assert [site["owner"]["first_name"] for site in owned.json()["items"]] == ["Ada"]


async def test_activation_codes(client: CloudClient, estate: Any) -> None:
    site_id = await new_site(client)
    estate.upper.online = False
    cases = [("NO-SUCH", "1501"), ("CODE-2", "3105")]
    for code, expected in cases:
        with pytest.raises(CloudRefusedError) as caught:
            await client.add_iq(site_id, "IQ", "Europe/Vienna", code)
        assert caught.value.code == expected
    await client.add_iq(site_id, "IQ Lobby", "Europe/Vienna", "CODE-1")
    with pytest.raises(CloudRefusedError) as caught:
        await client.add_iq(site_id, "IQ Lobby again", "Europe/Vienna", "CODE-1")
    assert caught.value.code == "2208"
    assert [iq.customer_reference for iq in await client.iqs(site_id)] == ["IQ Lobby"]
    with pytest.raises(CloudRefusedError) as caught:
        await client.add_iq(site_id, "IQ", "Mars/Olympus", "CODE-1")
    assert caught.value.code == "1101"


async def test_trees_an_iq_cannot_hold(client: CloudClient, estate: Any) -> None:
    site_id = await new_site(client)
    lobby = await client.add_iq(site_id, "IQ Lobby", "UTC", "CODE-1")
    upper = await client.add_iq(site_id, "IQ Upper", "UTC", "CODE-2")
    sixteen = [new("lock", mac, f"Room {mac[-2:]}") for mac in LOCKS[:16]]
    for items in (
        [*sixteen, new("lock", LOCKS[16], "Room 17")],
        [new("repeater", f"BB{mac[2:]}", "Rep") for mac in LOCKS[:7]],
        [new("lock", LOCKS[0], "Room"), new("lock", LOCKS[0], "Room again")],
        [new("lock", LOCKS[0], "Room", parent_id="nowhere")],
    ):
        with pytest.raises(CloudRefusedError) as caught:
            await client.put_tree(site_id, lobby.id, items)
        assert caught.value.code == "2204"
        assert estate.lobby.tree.items == []
    held = await client.put_tree(site_id, lobby.id, sixteen)
    with pytest.raises(CloudRefusedError) as caught:
        await client.put_tree(site_id, upper.id, [new("lock", LOCKS[0], "Room")])
    assert caught.value.code == "2204"  # it is in the tree of the other IQ
    revision = (await client.iq(site_id, lobby.id)).revision
    estate.lobby.card(LOCKS[0])
    with pytest.raises(CloudRefusedError) as caught:
        await client.put_tree(site_id, lobby.id, held, expected_revision=revision)
    assert caught.value.code == "tree-changed"
    with pytest.raises(CloudRefusedError) as caught:
        await client.put_tree(site_id, lobby.id, held[1:])
    assert caught.value.code == "2204"  # attached: detach it first, with the card
    assert await client.put_tree(site_id, lobby.id, held[:1]) == held[:1]  # the others never linked


async def test_four_repeaters_in_a_row(client: CloudClient) -> None:
    site_id = await new_site(client)
    iq = await client.add_iq(site_id, "IQ Lobby", "UTC", "CODE-1")
    tree: list[CloudTreeItem] = []
    for number in range(3):
        parent = tree[-1].id if tree else None
        tree = await client.put_tree(site_id, iq.id, [*tree, new("repeater", f"BB{number}", "Rep", parent)])
    with pytest.raises(CloudRefusedError) as caught:
        await client.put_tree(site_id, iq.id, [*tree, new("repeater", "BB9", "Rep", tree[-1].id)])
    assert caught.value.code == "2204"


async def test_an_offline_iq(client: CloudClient, estate: Any) -> None:
    site_id = await new_site(client)
    iq = await client.add_iq(site_id, "IQ Lobby", "UTC", "CODE-1")
    tree = await client.put_tree(site_id, iq.id, [new("lock", LOCKS[0], "Room 1")])
    lock = (await client.locks(site_id))[0]
    estate.lobby.online = False
    estate.lobby.card(LOCKS[0])
    with pytest.raises(CloudRefusedError) as caught:
        await client.put_tree(site_id, iq.id, tree)
    assert caught.value.code == "3105"
    with pytest.raises(CloudRefusedError) as caught:
        await client.detach_lock(site_id, lock.id)
    assert caught.value.code == "3105"
    seen = await client.iq(site_id, iq.id)
    assert (seen.online, seen.data_sync_state) == (False, "not_synced")
    assert (await client.locks(site_id))[0].iq_link_state == "attached_pending"  # it cannot know better
    estate.lobby.online = True
    assert (await client.locks(site_id))[0].iq_link_state == "attached"
    estate.lobby.restore_required = True
    with pytest.raises(CloudRefusedError) as caught:
        await client.put_tree(site_id, iq.id, tree)
    assert caught.value.code == "3103"


async def test_detach_and_delete(client: CloudClient, estate: Any) -> None:
    site_id = await new_site(client)
    iq = await client.add_iq(site_id, "IQ Lobby", "UTC", "CODE-1")
    await client.put_tree(site_id, iq.id, [new("lock", LOCKS[0], "Room 1"), new("lock", LOCKS[1], "Room 2")])
    for mac in LOCKS[:2]:
        estate.lobby.card(mac)
    with pytest.raises(CloudRefusedError) as caught:
        await client.remove_iq(site_id, iq.id)
    assert caught.value.code == "2209"
    for lock in await client.locks(site_id):
        await client.detach_lock(site_id, lock.id)
    assert {lock.iq_link_state for lock in await client.locks(site_id)} == {"detached_pending"}
    assert len(await client.tree(site_id, iq.id)) == 2  # nothing leaves without proof
    for mac in LOCKS[:2]:
        estate.lobby.card(mac)
    assert await client.tree(site_id, iq.id) == []
    await client.remove_iq(site_id, iq.id)
    assert (await client.iqs(site_id), estate.lobby.joined) == ([], None)
    with pytest.raises(CloudRefusedError) as caught:
        await client.iq(site_id, iq.id)
    assert caught.value.code == "2202"


async def test_release_needs_an_invited_owner_of_the_same_address(client: CloudClient) -> None:
    site_id = await new_site(client)
    with pytest.raises(CloudRefusedError) as caught:
        await client.release(site_id)
    assert caught.value.code == "4201"
    for email in ("other@example.com", "no address"):
        with pytest.raises(CloudRefusedError) as caught:
            await client.invite_owner(site_id, email)
        assert caught.value.code == "1101"
        assert caught.value.what == f"{email} not invited."
    await client.invite_owner(site_id, "owner@example.com")
    assert (await client.release(site_id)).owner_state == "invited"


async def test_no_subscription(client: CloudClient, faults: CloudFaults) -> None:
    expired = await new_site(client, voucher="PRACTICE-EXPIRED")
    assert (await client.site(expired)).subscription_valid is False
    with pytest.raises(CloudRefusedError) as caught:
        await client.add_iq(expired, "IQ", "UTC", "CODE-1")
    assert caught.value.code == "2212"
    good = await new_site(client)
    iq = await client.add_iq(good, "IQ", "UTC", "CODE-1")
    faults.subscription_expired = True
    with pytest.raises(CloudRefusedError) as caught:
        await client.put_tree(good, iq.id, [])
    assert caught.value.code == "2212"


async def test_a_code_counts_only_after_the_release(
    client: CloudClient, raw: httpx.AsyncClient, estate: Any, clock: Any
) -> None:
    site_id = await new_site(client)
    iq = await client.add_iq(site_id, "IQ Lobby", "UTC", "CODE-1")
    await client.put_tree(site_id, iq.id, [new("lock", LOCKS[0], "Room 1")])
    estate.lobby.card(LOCKS[0])
    lock = (await client.locks(site_id))[0]
    with pytest.raises(CloudRefusedError, match="Code was refused") as caught:
        await client.detach_lock(site_id, lock.id, otp="AB12C")
    assert caught.value.code == "2202"

    await client.invite_owner(site_id, "owner@example.com")
    link = (await raw.get("/practice/mailbox")).json()["mails"][0]["link"]
    await raw.post(link, data=ANSWERS)
    sign_in = {"role": "owner", "email": "owner@example.com", "password": "Adler-2026"}
    owner = {
        "Authorization": f"Bearer {(await raw.post('/practice/token', json=sign_in)).json()['access_token']}"
    }
    refused = await raw.post(f"/practice/sites/{site_id}/code", headers=owner)
    assert refused.json()["type"].endswith("/2210")  # the owner has to wait for the release
    await client.release(site_id)

    url = f"/v1.2/sites/{site_id}/locks/{lock.id}/detach"
    body = {"iq_link_state": "detached_pending", "otp": None}
    assert (await raw.patch(url, headers=owner, json=body)).json()["ErrorCode"] == 2202
    body["otp"] = (await raw.post(f"/practice/sites/{site_id}/code", headers=owner)).json()["code"]
    assert len(body["otp"]) == 5
    clock.at_s += 181
    assert (await raw.patch(url, headers=owner, json=body)).json()["ErrorCode"] == 2202
    body["otp"] = (await raw.post(f"/practice/sites/{site_id}/code", headers=owner)).json()["code"]
    assert (await raw.patch(url, headers=owner, json=body)).status_code == 204
    assert estate.lobby.tree_items()[0].link_state == "detached_pending"


async def test_ids_follow_the_seed(client: CloudClient, estate: Any, clock: Any) -> None:
    """The ids of 2026-11-20 with the seed of the fixture: recorded practice sites stay readable."""
    site = await client.site(await new_site(client))
    assert (site.id, site.site_uid) == ("d15b5a97-8030-5fc8-bf19-57230be54eeb", "AT363834603")
    transport = httpx.ASGITransport(create_app(estate, CloudFaults(), clock, seed=8))
    sign_in = PracticeSignIn("http://127.0.0.1:9", transport=transport)
    async with CloudClient("http://127.0.0.1:9", sign_in, transport=transport) as other:
        assert await new_site(other) != site.id


async def test_forty_sites_come_in_pages(client: CloudClient) -> None:
    ids = [await new_site(client) for _ in range(45)]
    assert [site.id for site in await client.sites()] == ids
