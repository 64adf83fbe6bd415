"""Two slots, as MCUboot treats them: test once, keep when confirmed, else go back."""

from __future__ import annotations

import hashlib

import pytest
from firmware_images import mcuboot_image

from larry.devices.protocol.firmware_image import read_firmware_image
from larry.simulator.world import World
from larry.simulator.world.firmware_slots import SLOT_BYTES, FirmwareSlots, preload
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.refusal import RefusalError

IMAGE = mcuboot_image((3, 5, 0, 0), 1000)
SHA = hashlib.sha256(IMAGE).digest()


@pytest.fixture
def slots() -> FirmwareSlots:
    return FirmwareSlots("3.4.1", "00A1B2C34A217C")


def upload(slots: FirmwareSlots, data: bytes = IMAGE, sha: bytes | None = SHA) -> bool:
    wanted = slots.begin(data[:100], len(data), sha, False)
    while not slots.complete:
        wanted = slots.go_on(wanted, data[wanted : wanted + 333])
    return slots.finish()


def test_an_upload_fills_the_second_slot_only(slots: FirmwareSlots) -> None:
    assert upload(slots)
    assert slots.running.version == "3.4.1"
    assert slots.second is not None
    assert slots.second.version == "3.5.0"
    assert slots.started() == "", "not marked, not started"


def test_wrong_offset_is_answered_with_the_wanted_one(slots: FirmwareSlots) -> None:
    assert slots.begin(IMAGE[:100], len(IMAGE), SHA, False) == 100
    assert slots.go_on(300, IMAGE[300:400]) == 100
    assert slots.begin(IMAGE[:100], len(IMAGE), SHA, False) == 100, "the same hash goes on"
    assert slots.begin(IMAGE[:50], len(IMAGE), b"x" * 32, False) == 50, "another one starts anew"


def test_a_damaged_upload_is_thrown_away(slots: FirmwareSlots) -> None:
    assert not upload(slots, IMAGE, b"x" * 32)
    assert not upload(slots, IMAGE[:-1] + b"x", None)
    assert slots.second is None


def test_tested_once_and_back_without_confirmation(slots: FirmwareSlots) -> None:
    upload(slots)
    slots.test(read_firmware_image(IMAGE).image_hash, permanent=False)
    assert slots.started() == "test"
    assert (slots.running.version, slots.running.confirmed) == ("3.5.0", False)
    assert slots.started() == "back"
    assert (slots.running.version, slots.running.confirmed) == ("3.4.1", True)
    assert slots.started() == ""


def test_confirmed_stays(slots: FirmwareSlots) -> None:
    upload(slots)
    slots.test(read_firmware_image(IMAGE).image_hash, permanent=False)
    slots.started()
    slots.confirm()
    assert slots.started() == ""
    assert slots.running.version == "3.5.0"


def test_one_that_does_not_start_goes_back_at_once(slots: FirmwareSlots) -> None:
    preload(slots, read_firmware_image(IMAGE))
    slots.test(read_firmware_image(IMAGE).image_hash, permanent=False)
    slots.does_not_start = True
    assert slots.started() == "back"
    assert slots.running.version == "3.4.1"


@pytest.mark.parametrize(
    ("data", "length", "code"),
    [(IMAGE, SLOT_BYTES + 1, "image-too-large"), (b"x" * 100, 1000, "image-header")],
)
def test_what_is_refused_at_the_start(slots: FirmwareSlots, data: bytes, length: int, code: str) -> None:
    with pytest.raises(RefusalError) as refused:
        slots.begin(data, length, None, False)
    assert refused.value.code == code


def test_older_is_refused_when_only_newer_is_wanted(slots: FirmwareSlots) -> None:
    old = mcuboot_image((3, 4, 0, 0), 500)
    with pytest.raises(RefusalError):
        slots.begin(old[:100], len(old), None, True)
    assert slots.begin(old[:100], len(old), None, False) == 100


def test_a_pending_image_protects_its_slot(slots: FirmwareSlots) -> None:
    upload(slots)
    slots.test(read_firmware_image(IMAGE).image_hash, permanent=False)
    with pytest.raises(RefusalError):
        slots.erase()
    with pytest.raises(RefusalError):
        slots.begin(IMAGE[:100], len(IMAGE), None, False)
    with pytest.raises(RefusalError):
        slots.test(b"?" * 32, permanent=False)


def test_an_iq_shows_the_version_it_runs(world: World, online_iq: SimulatedIq) -> None:
    image = read_firmware_image(IMAGE)
    preload(online_iq.slots, image)
    online_iq.slots.test(image.image_hash, permanent=False)
    online_iq.reboot()
    world.advance(30)
    assert online_iq.identity.firmware == "3.5.0"
    assert online_iq.online
    online_iq.set_power(False)
    online_iq.set_power(True)
    world.advance(30)
    assert online_iq.identity.firmware == "3.4.1", "it was not confirmed"
