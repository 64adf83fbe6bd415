"""The same IQ by cable: SMP, Improv and log lines on one pseudo-terminal."""

from __future__ import annotations

import pytest

from larry.devices.service import DeviceService
from larry.errors import DeviceRefusedError
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq

pytestmark = pytest.mark.timeout(60)


def iq_lobby(site: PracticeSite) -> SimulatedIq:
    iq = site.world.find("IQ Lobby")
    assert isinstance(iq, SimulatedIq)
    return iq


async def test_both_cables_are_found(practice_site: PracticeSite, cable_only: DeviceService) -> None:
    snapshot = await cable_only.wait_until(lambda found: len(found.devices) == 2, 10)
    assert {device.device_id for device in snapshot.devices} == {
        iq.device_id for iq in practice_site.world.iqs
    }


async def test_cable_needs_no_window(practice_site: PracticeSite, cable_only: DeviceService) -> None:
    iq = iq_lobby(practice_site)
    async with await cable_only.open(iq.device_id) as link:
        assert link.transport == "serial"
        await link.unlock(iq.activation_code)
        assert await link.attach("00A1B2C35D0288", None, "lock") == "attached_pending"
    assert not iq.window_open


async def test_wrong_code_by_cable_is_counted_too(
    practice_site: PracticeSite, cable_only: DeviceService
) -> None:
    iq = iq_lobby(practice_site)
    async with await cable_only.open(iq.device_id) as link:
        with pytest.raises(DeviceRefusedError) as refused:
            await link.unlock("WRONG")
    assert refused.value.code == "activation-code"
    assert iq.back_off.failures == 1


async def test_improv_by_cable(practice_site: PracticeSite, cable_only: DeviceService) -> None:
    iq = iq_lobby(practice_site)
    async with await cable_only.open(iq.device_id) as link:
        networks = {network.ssid: network for network in await link.wifi_networks()}
        assert set(networks) == {"Adler-Staff", "Adler-Guest"}, "no 5 GHz on this model"
        assert networks["Adler-Staff"].secured
        assert not networks["Adler-Guest"].secured
        with pytest.raises(DeviceRefusedError):
            await link.provision_wifi("Adler-Staff", "wrong", timeout_s=10)
        await link.provision_wifi("Adler-Staff", "practice-Edelweiss", timeout_s=10)
    assert iq.wifi.station.joined


async def test_log_lines_are_between(practice_site: PracticeSite, cable_only: DeviceService) -> None:
    iq = iq_lobby(practice_site)
    async with await cable_only.open(iq.device_id) as link:
        for number in range(20):
            iq.identify(1)
            assert await link.echo(f"between {number}") == f"between {number}"
        lines = await link.log_lines()
    assert any("identify" in line for line in lines)


async def test_nobody_listening_does_not_fill_the_cable(practice_site: PracticeSite) -> None:
    iq = iq_lobby(practice_site)
    for _ in range(2000):
        iq.identify(1)
    path = next(p["path"] for p in practice_site.serial if p["device_id"] == iq.device_id)
    async with (
        DeviceService("none", [path]) as service,
        await service.open(iq.device_id) as link,
    ):
        assert await link.echo("still there") == "still there"
