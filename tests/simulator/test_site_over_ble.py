"""What the simulated devices do when Larry talks to them by Bluetooth."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from larry.devices.device_data import Nameplate, TreeItem
from larry.devices.device_link import DeviceLink
from larry.devices.service import DeviceService
from larry.errors import DeviceError, DeviceNotFoundError, DeviceRefusedError
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.position import Position
from larry.simulator.world.repeater import SimulatedRepeater

PASSWORD = "practice-Edelweiss"
pytestmark = pytest.mark.timeout(60)


def iq_upper(site: PracticeSite) -> SimulatedIq:
    iq = site.world.find("IQ Upper")
    assert isinstance(iq, SimulatedIq)
    return iq


async def happened(site: PracticeSite, what: str, device: str, since: int = 0) -> None:
    """Wait for an event of the world."""
    seen = asyncio.Event()

    def look(event: Any) -> None:
        if (event.what, event.device) == (what, device):
            seen.set()

    unsubscribe = site.world.events.subscribe(look)
    for event in site.world.events.since(since):
        look(event)
    try:
        await asyncio.wait_for(seen.wait(), 15)
    finally:
        unsubscribe()


async def unlocked(site: PracticeSite, service: DeviceService) -> DeviceLink:
    """Press the button, connect, prove the code."""
    iq = iq_upper(site)
    iq.hold_reset(2)
    link = await service.open(iq.device_id)
    await link.unlock(iq.activation_code)
    return link


async def test_everything_of_the_hotel_is_found(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    # A name comes with the scan response, a moment after the device itself.
    snapshot = await radio_only.wait_until(
        lambda found: len(found.devices) == 31 and all(device.name for device in found.devices), 10
    )
    kinds = [device.kind for device in snapshot.devices]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"iq": 2, "repeater": 5, "lock": 24}
    named = {device.name for device in snapshot.devices}
    assert {"IQ 4A.21.90", "Escutcheon 0288", "Repeater 556A"} <= named


async def test_info_tells_what_is_true(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    iq = iq_upper(practice_site)
    async with await radio_only.open(iq.device_id) as link:
        info = await link.info()
    assert (info.kind, info.device_id, info.mac) == ("iq", iq.device_id, "4A.21.90")
    assert info.adapter_macs == iq.adapter_macs
    assert (info.led_colour, info.led_pattern) == ("red", "steady")


async def test_lock_tells_its_battery(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    practice_site.world.faults.set("battery-low", True, {"device": "Room 103", "percent": 7})
    async with await radio_only.open("Escutcheon 0288") as link:
        assert await link.battery() == 7
        assert (await link.info()).device_id == "00A1B2C35D0288"


async def test_whole_commissioning_of_an_iq(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    site = practice_site
    iq = iq_upper(site)
    async with await unlocked(site, radio_only) as link:
        assert await link.provision_wifi("Adler-Staff", PASSWORD, timeout_s=10)
        await happened(site, "online", "IQ Upper")
        repeater = site.world.find("Rep 3")
        assert isinstance(repeater, SimulatedRepeater)
        assert await link.attach(repeater.device_id, None, "repeater") == "attached_pending"
        repeater.hold_reset(2)
        lock = site.world.find("Room 103")
        assert isinstance(lock, SimulatedLock)
        assert await link.attach(lock.device_id, repeater.device_id, "lock") == "attached_pending"
        lock.present_maintenance_card()
        await happened(site, "online", "Room 103")
        tree = await link.read_tree()
        assert [(item.device_id, item.link_state) for item in tree.items] == [
            (repeater.device_id, "attached"),
            (lock.device_id, "attached"),
        ]
        await link.write_nameplate(Nameplate("Hotel Adler", "IQ Upper", ""))
        assert (await link.read_nameplate()).device == "IQ Upper"
        whats = [event.what for event in await link.events(0)]
        assert whats.index("attached_pending") < whats.index("attached") < len(whats)
    assert iq.wifi.station.ssid == "Adler-Staff"


async def test_session_needs_the_window(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    iq = iq_upper(practice_site)
    async with await radio_only.open(iq.device_id) as link:
        with pytest.raises(DeviceRefusedError) as refused:
            await link.unlock(iq.activation_code)
        assert refused.value.code == "window-closed"
        iq.hold_reset(2)
        await link.unlock(iq.activation_code)
        assert (await link.read_tree()).items == ()


async def test_window_ends_after_two_minutes(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    iq = iq_upper(practice_site)
    iq.hold_reset(2)
    practice_site.world.set_speed(1000)
    await happened(practice_site, "window-closed", "IQ Upper")
    async with await radio_only.open(iq.device_id) as link:
        with pytest.raises(DeviceRefusedError) as refused:
            await link.unlock(iq.activation_code)
    assert refused.value.code == "window-closed"


async def test_wrong_codes_are_counted_across_connections(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    iq = iq_upper(practice_site)
    iq.hold_reset(2)
    codes = []
    for _ in range(4):
        async with await radio_only.open(iq.device_id) as link:
            with pytest.raises(DeviceRefusedError) as refused:
                await link.unlock("WRONG")
            codes.append(refused.value.code)
    assert codes == ["activation-code"] * 3 + ["locked-out"]
    async with await radio_only.open(iq.device_id) as link:
        with pytest.raises(DeviceRefusedError) as refused:
            await link.unlock(iq.activation_code)
        assert refused.value.code == "locked-out"


async def test_tree_needs_the_session(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    iq = iq_upper(practice_site)
    iq.hold_reset(2)
    async with await radio_only.open(iq.device_id) as link:
        with pytest.raises(DeviceRefusedError):
            await link.read_tree()


async def test_seventeenth_lock_is_refused(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    async with await unlocked(practice_site, radio_only) as link:
        for lock in practice_site.world.locks[:16]:
            await link.attach(lock.device_id, None, "lock")
        with pytest.raises(DeviceRefusedError) as refused:
            await link.attach(practice_site.world.locks[16].device_id, None, "lock")
        assert refused.value.code == "too-many-locks"
        assert len((await link.read_tree()).items) == 16


async def test_stale_tree_is_refused(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    async with await unlocked(practice_site, radio_only) as link:
        tree = await link.read_tree()
        await link.attach("00A1B2C35D0288", None, "lock")
        with pytest.raises(DeviceRefusedError) as refused:
            await link.write_tree([TreeItem("00A1B2C35D0293", None, "lock", "free")], tree.revision)
        assert refused.value.code == "tree-stale"


async def test_wrong_password_leaves_it_without_network(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    async with await unlocked(practice_site, radio_only) as link:
        with pytest.raises(DeviceRefusedError):
            await link.provision_wifi("Adler-Staff", "wrong", timeout_s=10)
        assert await link.wifi_state() == "authorized"
        await link.provision_wifi("Adler-Staff", PASSWORD, timeout_s=10)
        assert await link.wifi_state() == "provisioned"


@pytest.mark.parametrize("act", ["power-off", "link-lost", "walk-away"])
async def test_lost_link_is_noticed(practice_site: PracticeSite, radio_only: DeviceService, act: str) -> None:
    iq = iq_upper(practice_site)
    link = await unlocked(practice_site, radio_only)
    if act == "power-off":
        iq.set_power(False)
    elif act == "link-lost":
        practice_site.world.faults.set("link-lost", True, {"device": "IQ Upper"})
    else:
        practice_site.world.move_laptop(Position(900, 900), "far away")
        practice_site.ble.drop_unheard()
    await asyncio.wait_for(link.wait_ended(), 10)
    with pytest.raises(DeviceError):
        await link.read_tree()
    await link.close()
    assert iq.sessions == 0


async def test_device_out_of_range_is_not_found(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    practice_site.world.faults.set("out-of-range", True, {"device": "Room 103"})
    with pytest.raises(DeviceNotFoundError):
        await radio_only.open("Escutcheon 0288", timeout_s=1.5)


async def test_reboot_by_command(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    link = await unlocked(practice_site, radio_only)
    await link.reboot()
    await happened(practice_site, "reboot", "IQ Upper")
    await asyncio.wait_for(link.wait_ended(), 10)
    await link.close()
    await happened(practice_site, "running", "IQ Upper")
    async with await radio_only.open(iq_upper(practice_site).device_id) as again:
        assert await again.echo("back") == "back"


async def test_settings_are_read_by_all_and_written_inside_the_window(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    iq = iq_upper(practice_site)
    async with await radio_only.open(iq.device_id) as link:
        assert await link.read_setting("iq/green_heartbeat") == b"\x01"
        with pytest.raises(DeviceRefusedError):
            await link.write_setting("iq/green_heartbeat", False)
        iq.hold_reset(2)
        await link.write_setting("iq/time_zone", "Europe/Vienna")
        with pytest.raises(DeviceRefusedError):
            await link.write_setting("iq/time_zone", "Mars/Olympus")
        with pytest.raises(DeviceRefusedError):
            await link.read_setting("iq/unknown")
    assert iq.time_zone == "Europe/Vienna"


async def test_identify_blinks(practice_site: PracticeSite, radio_only: DeviceService) -> None:
    async with await radio_only.open("Escutcheon 0288") as link:
        await link.identify(3)
    assert str(practice_site.world.find("Room 103").led) == "white flashing"


async def test_two_users_of_one_link_unlock_at_once(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    iq = iq_upper(practice_site)
    iq.hold_reset(2)
    first, second = await asyncio.gather(radio_only.open(iq.device_id), radio_only.open(iq.device_id))
    async with first, second:
        await asyncio.gather(first.unlock(iq.activation_code), second.unlock(iq.activation_code))
        assert (await first.read_tree()) == (await second.read_tree())
    assert iq.back_off.failures == 0
