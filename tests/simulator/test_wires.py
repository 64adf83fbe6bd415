"""The wires into the practice site: HCI over TCP, cables where there are no pseudo-terminals."""

from __future__ import annotations

import asyncio
import os

import pytest

from larry.devices.service import DeviceService
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq

pytestmark = pytest.mark.timeout(60)


async def test_bytes_that_are_no_hci_end_that_connection_only(practice_site: PracticeSite) -> None:
    port = int(practice_site.hci.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\n\r\n" + bytes(range(256)))
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()
    await writer.wait_closed()
    async with DeviceService(f"hci:{practice_site.hci}", []) as service:
        await service.wait_until(lambda found: len(found.devices) == 31, 10)


async def test_two_laptops_hear_the_same_site(practice_site: PracticeSite) -> None:
    iq = practice_site.world.find("IQ Upper")
    async with (
        DeviceService(f"hci:{practice_site.hci}", []) as first,
        DeviceService(f"hci:{practice_site.hci}", []) as second,
    ):
        for service in (first, second):
            await service.wait_until(lambda found: len(found.devices) == 31, 10)
        async with await first.open(iq.device_id) as one, await second.open("Escutcheon 0288") as other:
            assert await one.echo("one") == "one"
            assert await other.echo("other") == "other"


async def test_an_unplugged_laptop_frees_its_devices(practice_site: PracticeSite) -> None:
    iq = practice_site.world.find("IQ Upper")
    assert isinstance(iq, SimulatedIq)
    iq.hold_reset(2)
    first = DeviceService(f"hci:{practice_site.hci}", [])
    first.start()
    link = await first.open(iq.device_id)
    await link.unlock(iq.activation_code)
    assert iq.sessions == 1
    await first.aclose()
    async with (
        DeviceService(f"hci:{practice_site.hci}", []) as second,
        await second.open(iq.device_id) as again,
    ):
        assert await again.echo("free again") == "free again"
    assert iq.sessions == 0


async def test_cables_without_pseudo_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "openpty")
    async with PracticeSite(seed=1) as site:
        cable = site.serial[0]
        assert cable["path"].startswith("socket://127.0.0.1:")
        async with (
            DeviceService("none", [cable["path"]]) as service,
            await service.open(cable["device_id"]) as link,
        ):
            assert await link.echo("by socket") == "by socket"
            assert (await link.info()).device_id == cable["device_id"]


async def test_a_failing_part_stops_the_others() -> None:
    async with PracticeSite(seed=1) as site:
        taken = int(site.control.rsplit(":", 1)[1])
        second = PracticeSite(seed=1, control_port=taken)
        with pytest.raises(OSError, match="in use"):
            await second.__aenter__()
