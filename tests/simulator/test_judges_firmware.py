"""smpclient's own upload, states and statistics against a practice IQ, by its own serial transport."""

from __future__ import annotations

import asyncio

import pytest
from firmware_images import mcuboot_image
from smp.image_management import IMG_MGMT_ERR
from smpclient import SMPClient
from smpclient.generics import error_v2, success
from smpclient.requests.image_management import (
    ImageErase,
    ImageStatesRead,
    ImageStatesWrite,
    ImageUploadWrite,
)
from smpclient.requests.os_management import ResetWrite
from smpclient.requests.statistics_management import GroupData, ListOfGroups
from smpclient.transport.serial import SMPSerialTransport

from larry.devices.protocol.firmware_image import read_firmware_image
from larry.simulator.practice_site import PracticeSite

pytestmark = pytest.mark.timeout(60)


async def test_smpclient_updates_an_iq(practice_site: PracticeSite) -> None:
    cable = practice_site.serial[0]
    iq = practice_site.world.find(cable["device_id"])
    image = read_firmware_image(mcuboot_image((3, 5, 0, 0), 60_000))
    async with SMPClient(SMPSerialTransport(), cable["path"], timeout_s=10) as client:
        offsets = [offset async for offset in client.upload(image.data, first_timeout_s=5)]
        assert offsets[-1] == len(image.data)
        states = await client.request(ImageStatesRead())
        assert success(states)
        assert [(state.slot, state.version) for state in states.images] == [(0, "3.4.1"), (1, "3.5.0")]
        marked = await client.request(ImageStatesWrite(hash=image.image_hash))
        assert success(marked)
        assert marked.images[1].pending
        refused = await client.request(ImageErase())
        assert error_v2(refused)
        assert refused.err.rc == IMG_MGMT_ERR.IMAGE_ALREADY_PENDING
        assert success(await client.request(ResetWrite()))
    while iq.identity.firmware != "3.5.0":
        await practice_site_moves(practice_site)
    assert not iq.slots.running.confirmed


async def practice_site_moves(site: PracticeSite) -> None:
    """Wait for the next event of the world."""
    moved = asyncio.Event()
    unsubscribe = site.world.events.subscribe(lambda event: moved.set())
    try:
        async with asyncio.timeout(10):
            await moved.wait()
    finally:
        unsubscribe()


async def test_what_is_no_image_is_refused(practice_site: PracticeSite) -> None:
    async with SMPClient(SMPSerialTransport(), practice_site.serial[0]["path"], timeout_s=10) as client:
        answer = await client.request(ImageUploadWrite(off=0, data=b"no image", len=100, image=0))
        assert error_v2(answer)
        assert answer.err.rc == IMG_MGMT_ERR.INVALID_IMAGE_HEADER_MAGIC


async def test_statistics_are_listed_and_read(practice_site: PracticeSite) -> None:
    async with SMPClient(SMPSerialTransport(), practice_site.serial[0]["path"], timeout_s=10) as client:
        groups = await client.request(ListOfGroups())
        assert success(groups)
        for name in groups.stat_list:
            data = await client.request(GroupData(name=name))
            assert success(data)
            assert data.name == name
        assert error_v2(await client.request(GroupData(name="nothing")))
