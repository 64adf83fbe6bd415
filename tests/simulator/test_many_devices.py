"""Fifty advertisers, two of them of other makers."""

from __future__ import annotations

import time

import pytest

from larry.devices.service import DeviceService
from larry.simulator.firmware.ble_peripheral import INTERVAL_MS
from larry.simulator.generated_scenario import generated_scenario
from larry.simulator.practice_site import PracticeSite

pytestmark = pytest.mark.timeout(60)


async def test_fifty_are_listed_within_two_intervals() -> None:
    async with PracticeSite(generated_scenario(50, seed=5), seed=5) as site:
        async with DeviceService(f"hci:{site.hci}", []) as service:
            await service.wait_until(lambda found: bool(found.devices), 10)
            start = time.monotonic()
            snapshot = await service.wait_until(lambda found: len(found.devices) == 50, 10)
            took_s = time.monotonic() - start
        assert len({device.address for device in snapshot.devices}) == 50
        # Two intervals and the random delays; the rest is for a busy test machine.
        assert took_s < 2 * (INTERVAL_MS + 10) / 1000 + 0.5


async def test_foreign_devices_are_unknown_and_do_what_they_can() -> None:
    async with (
        PracticeSite(generated_scenario(8, seed=5), seed=5, speed=5) as site,
        DeviceService(f"hci:{site.hci}", []) as service,
    ):
        snapshot = await service.wait_until(
            lambda found: sum(device.kind == "unknown" for device in found.devices) == 2, 10
        )
        unknown = {device.speaks: device for device in snapshot.devices if device.kind == "unknown"}
        assert set(unknown) == {("smp",), ("improv",)}
        async with await service.open(unknown["smp",].address) as link:
            assert await link.echo("hello") == "hello"
        async with await service.open(unknown["improv",].address) as link:
            assert await link.provision_wifi("Hall-Staff", "practice-hall", timeout_s=10) is not None
        assert site.world.foreign[1].station.joined
