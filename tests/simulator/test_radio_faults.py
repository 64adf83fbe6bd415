"""The radio itself fails and comes back; ports are unplugged; the service ends in the middle of work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from larry.devices.service import DeviceService
from larry.errors import (
    DeviceDisconnectedError,
    DeviceError,
    DeviceNotFoundError,
    DeviceUnavailableError,
)
from larry.simulator.practice_site import PracticeSite

pytestmark = pytest.mark.timeout(60)


class Dongle:
    """A cable between Larry and the practice site's controller that can be pulled out."""

    def __init__(self, spec: str) -> None:
        _, self._host, port = spec.split(":")
        self._port = int(port)
        self._server: asyncio.Server | None = None
        self._wires: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def plug(self) -> None:
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        assert self._server is not None
        self._server.close()
        for wire in list(self._wires):
            wire.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        there, back = await asyncio.open_connection(self._host, self._port)
        self._wires |= {writer, back}
        await asyncio.gather(self._pump(reader, back), self._pump(there, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()
        self._wires.discard(writer)
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@pytest.fixture
async def dongle(practice_site: PracticeSite) -> AsyncIterator[Dongle]:
    cable = Dongle(practice_site.hci)
    await cable.plug()
    yield cable
    await cable.pull()


async def test_a_radio_that_goes_is_said_and_used_again_when_it_is_back(
    practice_site: PracticeSite, dongle: Dongle
) -> None:
    async with DeviceService(f"hci:tcp-client:127.0.0.1:{dongle.port}", [], retry_s=0.1) as service:
        await service.wait_until(lambda found: found.listening and len(found.devices) == 31, 10)
        link = await service.open("Escutcheon 0288")
        waiting = asyncio.ensure_future(link.wait_ended())

        await dongle.pull()
        gone = await service.wait_until(lambda found: not found.listening and bool(found.problems), 10)
        assert [problem.reason for problem in gone.problems] == ["radio-failed"]
        assert len(gone.devices) == 31, "what was found stays, with its age"
        await asyncio.wait_for(waiting, 5)
        with pytest.raises(DeviceError):
            await link.echo("hello?")
        await link.close()
        with pytest.raises((DeviceUnavailableError, DeviceNotFoundError, DeviceDisconnectedError)):
            await service.open("Escutcheon 0288", 1)

        await dongle.plug()
        back = await service.wait_until(lambda found: found.listening, 10)
        assert back.problems == ()
        async with await service.open("Escutcheon 0288") as link:
            assert await link.echo("again") == "again"


async def test_without_a_radio_the_cable_works(practice_site: PracticeSite) -> None:
    port = practice_site.serial[0]
    async with DeviceService("hci:tcp-client:127.0.0.1:1", [port["path"]]) as service:
        found = await service.wait_until(lambda found: bool(found.devices) and bool(found.problems), 10)
        assert [problem.reason for problem in found.problems] == ["radio-failed"]
        async with await service.open(port["device_id"]) as link:
            assert link.transport == "serial"
            assert await link.echo("by cable") == "by cable"


async def test_one_row_for_an_iq_on_air_and_cable(practice_site: PracticeSite) -> None:
    ports = [port["path"] for port in practice_site.serial]
    async with DeviceService(f"hci:{practice_site.hci}", ports) as service:
        found = await service.wait_until(
            lambda found: sum(device.transports == ("ble", "serial") for device in found.devices) == 2, 10
        )
        assert len([device for device in found.devices if device.kind == "iq"]) == 2
        for prefer in ("ble", "serial"):
            device_id = practice_site.serial[0]["device_id"]
            async with await service.open(device_id, prefer=prefer) as link:
                assert link.transport == prefer
                assert link.opening_info.device_id == device_id


async def test_every_device_id_is_read_in_the_background(practice_site: PracticeSite) -> None:
    async with DeviceService(f"hci:{practice_site.hci}", []) as service:
        found = await service.wait_until(
            lambda found: len([device for device in found.devices if device.device_id]) == 31, 40
        )
    assert {device.device_id for device in found.devices} == {
        device.device_id for device in practice_site.world
    }


async def test_cancelling_an_open_leaves_the_radio_usable(practice_site: PracticeSite) -> None:
    async with DeviceService(f"hci:{practice_site.hci}", []) as service:
        await service.wait_until(lambda found: len(found.devices) == 31, 10)
        for name in ("Escutcheon 0288", "Repeater 556A", "IQ 4A.21.90"):
            opening = asyncio.ensure_future(service.open(name))
            await asyncio.sleep(0.02)  # somewhere in the middle of connecting
            opening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await (await opening).close()
        links = await asyncio.gather(*(service.open(name) for name in ("Escutcheon 0288", "Repeater 556A")))
        assert [await link.echo("fine") for link in links] == ["fine", "fine"]
        await asyncio.gather(*(link.close() for link in links))


async def test_closing_the_service_ends_what_is_under_way(practice_site: PracticeSite) -> None:
    service = DeviceService(f"hci:{practice_site.hci}", [])
    service.start()
    link = await service.open("Escutcheon 0288")
    waits = [
        asyncio.ensure_future(service.wait_until(lambda found: False, 30)),
        asyncio.ensure_future(service.open("FFFFFFFFFFFFFF", 30)),
        asyncio.ensure_future(link.wait_ended()),
    ]
    await asyncio.sleep(0)
    await service.aclose()
    results = await asyncio.wait_for(asyncio.gather(*waits, return_exceptions=True), 5)
    assert all(result is None or isinstance(result, DeviceError) for result in results), results
    with pytest.raises(DeviceError):
        await link.echo("too late")
    with pytest.raises(DeviceError):
        await service.open("Escutcheon 0288", 1)
    await service.aclose()


async def test_links_work_from_several_loops_at_once(practice_site: PracticeSite) -> None:
    async with DeviceService(f"hci:{practice_site.hci}", []) as service:

        async def elsewhere(number: int) -> str:
            async with await service.open("Escutcheon 0288") as link:
                return await link.echo(str(number))

        answers = await asyncio.gather(*(asyncio.to_thread(asyncio.run, elsewhere(n)) for n in range(4)))
    assert answers == ["0", "1", "2", "3"]
