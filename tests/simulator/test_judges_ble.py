"""Other people's clients, unmodified, on the practice site's radio: they were not written for us."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

import bleak
import pytest
from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from improv_ble_client import ImprovBLEClient
from improv_ble_client import errors as improv_errors
from improv_ble_client.client import device_filter
from improv_ble_client.protocol import Error, State
from smpclient import SMPClient
from smpclient.generics import error, success
from smpclient.requests.os_management import EchoWrite, MCUMgrParametersRead, OSApplicationInfoRead
from smpclient.requests.settings_management import ReadSetting
from smpclient.transport.ble import SMPBLETransport

from larry.devices.protocol import group65
from larry.devices.radio.hci_client import HciClient
from larry.devices.radio.hci_host import HciHost
from larry.devices.radio.hci_scanner import HciScanner
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
async def system_radio(
    practice_site: PracticeSite, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[HciHost]:
    """Let every bleak scanner and client of the process use the practice site's radio."""
    host = HciHost(practice_site.hci)
    await host.start()
    monkeypatch.setattr(
        bleak, "get_platform_scanner_backend_type", lambda: (HciScanner.bound_to(host), "hci")
    )
    monkeypatch.setattr(bleak, "get_platform_client_backend_type", lambda: (HciClient.bound_to(host), "hci"))
    yield host
    await host.close()


def _iq(site: PracticeSite) -> SimulatedIq:
    iq = site.world.find("IQ Upper")
    assert isinstance(iq, SimulatedIq)
    return iq


async def _find(name: str) -> tuple[BLEDevice, AdvertisementData]:
    found: asyncio.Future[tuple[BLEDevice, AdvertisementData]] = asyncio.get_running_loop().create_future()

    def look(device: BLEDevice, heard: AdvertisementData) -> None:
        complete = heard.local_name == name and heard.service_data and heard.manufacturer_data
        if complete and not found.done():
            found.set_result((device, heard))

    async with BleakScanner(look):
        return await asyncio.wait_for(found, 10)


@pytest.mark.usefixtures("system_radio")
async def test_home_assistants_improv_client_provisions_an_iq(practice_site: PracticeSite) -> None:
    iq = _iq(practice_site)
    device, heard = await _find("IQ 4A.21.90")
    assert device_filter(heard), "the advertisement is one of a device that waits for Wi-Fi"
    client = ImprovBLEClient(device, heard)
    await client.ensure_connected()
    assert client.can_identify
    assert await client.need_authorization()
    states: list[State] = []
    with pytest.raises(improv_errors.ProvisioningFailed) as refused:
        await client.provision("Adler-Staff", "practice-Edelweiss", states.append)
    assert refused.value.error is Error.NOT_AUTHORIZED

    iq.hold_reset(2)
    device, heard = await _find("IQ 4A.21.90")
    client = ImprovBLEClient(device, heard)
    assert not await client.need_authorization()
    await client.identify()
    info = await client.get_device_info()
    assert info.firmware_version
    networks = {name.decode() for name, _rssi, _auth in (await client.scan_wifi()).networks}
    assert "Adler-Staff" in networks
    with pytest.raises(improv_errors.ProvisioningFailed) as refused:
        await client.provision("Adler-Staff", "wrong", states.append)
    assert refused.value.error is Error.UNABLE_TO_CONNECT

    device, heard = await _find("IQ 4A.21.90")
    client = ImprovBLEClient(device, heard)
    states.clear()
    await client.provision("Adler-Staff", "practice-Edelweiss", states.append)
    assert states[0] is State.PROVISIONING
    assert iq.wifi.station.joined


@pytest.mark.usefixtures("system_radio")
async def test_smpclients_own_ble_transport_reads_an_iq(practice_site: PracticeSite) -> None:
    iq = _iq(practice_site)
    async with SMPClient(SMPBLETransport(), "IQ 4A.21.90", timeout_s=10) as client:
        echoed = await client.request(EchoWrite(d="Grüß Gott"))
        assert success(echoed)
        assert echoed.r == "Grüß Gott"
        parameters = await client.request(MCUMgrParametersRead())
        assert success(parameters)
        long = hashlib.sha256(b"long").hexdigest() * ((parameters.buf_size - 40) // 64)
        assert len(long) > 1000, "longer than one packet"
        echoed = await client.request(EchoWrite(d=long))
        assert success(echoed)
        assert echoed.r == long
        about = await client.request(OSApplicationInfoRead(format="a"))
        assert success(about)
        info = await client.request(group65.InfoRead())
        assert success(info)
        assert info.device_id == iq.device_id
        unknown = await client.request(ReadSetting(name="no/such/setting"))
        assert error(unknown)
        refused = await client.request(group65.SealedWrite(n=1, box=b"nothing"))
        assert error(refused)


async def test_three_clients_on_one_host_do_not_disturb_each_other(
    practice_site: PracticeSite, system_radio: HciHost
) -> None:
    names = ["IQ 4A.21.90", "Escutcheon 0288", "Repeater 556A"]
    clients = [SMPClient(SMPBLETransport(), name, timeout_s=10) for name in names]
    await asyncio.gather(*(client.connect() for client in clients))
    texts = [f"{name} {number}" for number in range(20) for name in names]
    answers = await asyncio.gather(
        *(
            _echo_all(client, [text for text in texts if text.startswith(name)])
            for client, name in zip(clients, names, strict=True)
        )
    )
    assert sorted(text for answer in answers for text in answer) == sorted(texts)
    assert len(system_radio.device.connections) == 3
    await asyncio.gather(*(client.disconnect() for client in clients))
    assert not system_radio.device.connections


async def _echo_all(client: SMPClient, texts: list[str]) -> list[str]:
    answers = []
    for text in texts:
        answer = await client.request(EchoWrite(d=text))
        assert success(answer)
        answers.append(answer.r)
    return answers
