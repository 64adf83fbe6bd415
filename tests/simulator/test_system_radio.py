"""The shipped radio on Linux: bleak's BlueZ backend, unmodified, on a private bus."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator

import pytest
from mini_bluez import MiniBluez

from larry.devices.radio.hci_host import HciHost
from larry.devices.radio.radio_provider import SystemRadio
from larry.devices.service import DeviceService
from larry.errors import DeviceError, DeviceRefusedError, DeviceUnavailableError
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq

pytestmark = [
    pytest.mark.timeout(60),
    pytest.mark.skipif(sys.platform != "linux", reason="BlueZ is Linux's Bluetooth"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs the package dbus"),
]


@pytest.fixture
async def bus(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A private bus that bleak takes for the system's."""
    daemon = await asyncio.create_subprocess_exec(
        "dbus-daemon", "--session", "--nofork", "--print-address", stdout=asyncio.subprocess.PIPE
    )
    assert daemon.stdout is not None
    address = (await asyncio.wait_for(daemon.stdout.readline(), 10)).decode().strip()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    yield address
    daemon.terminate()
    await daemon.wait()


@contextlib.asynccontextmanager
async def mini_bluez(site: PracticeSite, bus: str, **options: bool) -> AsyncIterator[MiniBluez]:
    host = HciHost(site.hci)
    await host.start()
    bluez = MiniBluez(host, **options)
    await bluez.start(bus)
    try:
        yield bluez
    finally:
        await bluez.stop()
        await host.close()


async def test_everything_is_found_and_a_lock_is_read(practice_site: PracticeSite, bus: str) -> None:
    async with mini_bluez(practice_site, bus) as bluez, DeviceService("system", []) as service:
        found = await service.wait_until(lambda found: len(found.devices) == 31, 15)
        assert found.listening
        assert found.problems == ()
        async with await service.open("Escutcheon 0288") as link:
            info = await link.info()
            assert (info.kind, info.device_id) == ("lock", "00A1B2C35D0288")
            long = "x" * 1000
            assert await link.echo(long) == long
            assert await link.battery() is not None
    assert "StartDiscovery" in bluez.methods


async def test_an_iq_is_provisioned_and_unlocked(practice_site: PracticeSite, bus: str) -> None:
    iq = practice_site.world.find("IQ Upper")
    assert isinstance(iq, SimulatedIq)
    async with (
        mini_bluez(practice_site, bus),
        DeviceService("system", []) as service,
        await service.open(iq.device_id) as link,
    ):
        with pytest.raises(DeviceRefusedError) as refused:
            await link.provision_wifi("Adler-Staff", "practice-Edelweiss")
        assert refused.value.code == "window-closed"
        iq.hold_reset(2)
        states: list[str] = []
        await link.provision_wifi("Adler-Staff", "practice-Edelweiss", on_state=states.append)
        await link.unlock(iq.activation_code)
        assert (await link.read_tree()).items == ()
    assert iq.wifi.station.joined
    assert "provisioning" in states


async def test_a_lost_link_is_noticed(practice_site: PracticeSite, bus: str) -> None:
    async with mini_bluez(practice_site, bus), DeviceService("system", []) as service:
        link = await service.open("Escutcheon 0288")
        lock = practice_site.world.find("00A1B2C35D0288")
        waiting = asyncio.ensure_future(link.wait_ended())
        practice_site.world.faults.set("link-lost", True, {"device": lock.device_id})
        await asyncio.wait_for(waiting, 15)
        with pytest.raises(DeviceError):
            await link.echo("hello?")
        await link.close()


@pytest.mark.parametrize(
    ("options", "reason"), [({"present": False}, "no-radio"), ({"powered": False}, "radio-off")]
)
async def test_no_adapter_and_switched_off_are_told_apart(
    practice_site: PracticeSite, bus: str, options: dict[str, bool], reason: str
) -> None:
    async with mini_bluez(practice_site, bus, **options), DeviceService("system", []) as service:
        found = await service.wait_until(lambda found: bool(found.problems), 10)
        assert [problem.reason for problem in found.problems] == [reason]
        with pytest.raises(DeviceUnavailableError) as unavailable:
            await service.open("Escutcheon 0288", 1)
        assert unavailable.value.reason == reason


@pytest.mark.usefixtures("bus")
async def test_no_bluetooth_service_is_no_radio() -> None:
    async with DeviceService("system", []) as service:
        found = await service.wait_until(lambda found: bool(found.problems), 10)
    assert [problem.reason for problem in found.problems] == ["no-radio"]


async def test_switching_off_in_the_middle_is_noticed_and_on_again(
    practice_site: PracticeSite, bus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemRadio, "silence_limit_s", 0.5)
    async with (
        mini_bluez(practice_site, bus) as bluez,
        DeviceService("system", [], retry_s=0.1) as service,
    ):
        await service.wait_until(lambda found: len(found.devices) == 31, 15)
        await bluez.switch(False)
        off = await service.wait_until(lambda found: bool(found.problems), 10)
        assert [problem.reason for problem in off.problems] == ["radio-off"]
        assert not off.listening
        await bluez.switch(True)
        on = await service.wait_until(lambda found: found.listening, 10)
        assert on.problems == ()
