"""Larry's own upload to a practice IQ by both ways, broken off and gone on with."""

from __future__ import annotations

import asyncio

import pytest
from firmware_images import mcuboot_image

from larry.devices.protocol.firmware_image import read_firmware_image
from larry.devices.service import DeviceService
from larry.errors import DeviceError, DeviceRefusedError
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq

pytestmark = pytest.mark.timeout(60)
IMAGE = read_firmware_image(mcuboot_image((3, 5, 0, 0), 200_000))


def iq_upper(site: PracticeSite) -> SimulatedIq:
    iq = site.world.find("IQ Upper")
    assert isinstance(iq, SimulatedIq)
    return iq


async def test_upload_test_and_confirm_by_cable(
    practice_site: PracticeSite, cable_only: DeviceService
) -> None:
    iq = iq_upper(practice_site)
    async with await cable_only.open(iq.device_id) as link:
        offsets: list[int] = []
        await link.upload_image(IMAGE, on_offset=offsets.append)
        await link.test_image(IMAGE.image_hash)
        images = await link.images()
        assert [(image.slot, image.version, image.pending) for image in images] == [
            (0, "3.4.1", False),
            (1, "3.5.0", True),
        ]
        with pytest.raises(DeviceRefusedError) as refused:
            await link.erase_image()
        assert refused.value.code == "smp-1-image-already-pending"
        assert (await link.statistics())["smp_svr_stats"]["answered"] > 3
    assert offsets[-1] == len(IMAGE.data)


async def test_over_bluetooth_a_lost_link_loses_no_bytes(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    iq = iq_upper(practice_site)
    iq.hold_reset(2)
    half = asyncio.Event()
    link = await radio_only.open(iq.device_id)
    await link.unlock(iq.activation_code)

    def look(offset: int) -> None:
        if offset > len(IMAGE.data) // 2:
            half.set()

    sending = asyncio.ensure_future(link.upload_image(IMAGE, on_offset=look))
    await half.wait()
    practice_site.world.faults.set("link-lost", True, {"device": iq.name})
    with pytest.raises(DeviceError):
        await sending
    await link.close()

    offsets: list[int] = []
    async with await radio_only.open(iq.device_id) as link:
        await link.unlock(iq.activation_code)
        await link.upload_image(IMAGE, on_offset=offsets.append)
    assert offsets[0] > len(IMAGE.data) // 2
    assert iq.slots.second is not None
    assert iq.slots.second.image_hash == IMAGE.image_hash


async def test_without_window_or_cable_nothing_is_taken(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    async with await radio_only.open(iq_upper(practice_site).device_id) as link:
        with pytest.raises(DeviceRefusedError) as refused:
            await link.upload_image(IMAGE)
    assert refused.value.code == "smp-eaccessdenied"


async def test_newer_only_is_the_devices_own_rule(
    practice_site: PracticeSite, cable_only: DeviceService
) -> None:
    old = read_firmware_image(mcuboot_image((1, 0, 0, 0), 3000))
    async with await cable_only.open(iq_upper(practice_site).device_id) as link:
        with pytest.raises(DeviceRefusedError) as refused:
            await link.upload_image(old, only_newer=True)
        assert refused.value.code == "smp-1-current-version-is-newer"
        await link.upload_image(old)
