"""One test for each thing bumble's controller only pretends to do (radio.md 2.1).

When a new bumble makes one of these right, its override can go; when it breaks one, this says so.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable

import pytest
from bumble import att, core, device, gatt, hci

from larry.simulator.air import Air
from larry.simulator.firmware.gatt_profile import MAX_MTU, Properties, characteristic
from larry.simulator.radio_controller import RadioController

TIMEOUT_S = 5.0
PERIPHERAL = hci.Address("C1:C2:C3:C4:C5:C6", hci.Address.RANDOM_DEVICE_ADDRESS)
CENTRAL = hci.Address("D1:D2:D3:D4:D5:D6", hci.Address.RANDOM_DEVICE_ADDRESS)
FLAGS = bytes((2, 1, 6))


class Pair:
    """A peripheral that advertises every 100 ms and a central, on one air."""

    def __init__(self) -> None:
        self.level_dbm: float | None = -71.0
        self.air = Air(lambda receiver, sender: self.level_dbm, seed=7)
        self.peripheral_radio = RadioController("peripheral", self.air)
        self.central_radio = RadioController("central", self.air)
        self.peripheral = self._host("peripheral", PERIPHERAL, self.peripheral_radio)
        self.central = self._host("central", CENTRAL, self.central_radio)
        self.written: list[bytes] = []
        self.value = characteristic("1234", Properties.READ | Properties.WRITE, write=self._write)
        self.peripheral.add_service(gatt.Service(core.UUID("1111"), [self.value]))

    def _write(self, connection: device.Connection, value: bytes) -> None:
        self.written.append(value)

    @staticmethod
    def _host(name: str, address: hci.Address, radio: RadioController) -> device.Device:
        host = device.Device.with_hci(name, address, radio, radio)
        host.gatt_server.max_mtu = MAX_MTU
        return host

    async def start(self) -> None:
        await self.peripheral.power_on()
        await self.central.power_on()
        await self.advertise()

    async def advertise(self) -> None:
        await self.peripheral.start_advertising(
            advertising_data=FLAGS,
            scan_response_data=bytes((5, 9)) + b"Door",
            advertising_interval_min=100,
            advertising_interval_max=100,
            auto_restart=True,
        )

    async def connect(self) -> device.Connection:
        return await self.central.connect(PERIPHERAL, timeout=TIMEOUT_S)

    async def hear(
        self, wanted: Callable[[device.Advertisement], bool], *, active: bool = True
    ) -> device.Advertisement:
        """Scan until an advertisement is as wanted."""
        found: asyncio.Future[device.Advertisement] = asyncio.get_running_loop().create_future()

        def on_advertisement(advertisement: device.Advertisement) -> None:
            if not found.done() and wanted(advertisement):
                found.set_result(advertisement)

        self.central.on("advertisement", on_advertisement)
        await self.central.start_scanning(active=active, filter_duplicates=False)
        try:
            return await asyncio.wait_for(found, TIMEOUT_S)
        finally:
            self.central.remove_listener("advertisement", on_advertisement)
            await self.central.stop_scanning()

    def close(self) -> None:
        self.peripheral_radio.leave()
        self.central_radio.leave()


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    pair = Pair()
    await pair.start()
    yield pair
    pair.close()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for a condition that other callbacks of this loop bring about."""
    async with asyncio.timeout(TIMEOUT_S):
        while not is_so():  # noqa: ASYNC110 - what bumble does has no event of its own
            await asyncio.sleep(0.005)


async def test_rssi_is_the_air_s(pair: Pair) -> None:
    assert (await pair.hear(lambda a: True)).rssi == -71
    pair.level_dbm = -90.4
    assert (await pair.hear(lambda a: a.rssi < -80)).rssi == -90


async def test_noise_is_gaussian_and_repeats_with_the_seed(pair: Pair) -> None:
    def readings(others: int) -> list[int | None]:
        air = Air(lambda receiver, sender: -60.0, seed=3)
        air.noise_db = 4.0
        result = []
        for _ in range(500):
            result.append(air.rssi_dbm(pair.central_radio, pair.peripheral_radio))
            for _ in range(others):
                air.rssi_dbm(pair.peripheral_radio, pair.central_radio)
        return result

    first = [reading for reading in readings(0) if reading is not None]
    assert first == readings(2), "what others hear does not shift it"
    assert -61 < sum(first) / 500 < -59
    assert 3 < (sum((value + 60) ** 2 for value in first) / 500) ** 0.5 < 5


async def test_loss_drops_that_share(pair: Pair) -> None:
    pair.air.loss = 0.3
    heard = [pair.air.rssi_dbm(pair.central_radio, pair.peripheral_radio) for _ in range(1000)]
    assert 230 < heard.count(None) < 370


async def test_name_of_the_scan_response_arrives_on_active_scans_only(pair: Pair) -> None:
    heard = await pair.hear(lambda a: a.data.get(core.AdvertisingData.COMPLETE_LOCAL_NAME) is not None)
    assert heard.data.get(core.AdvertisingData.COMPLETE_LOCAL_NAME) == "Door"
    seen: list[str] = []
    pair.central.on("advertisement", lambda a: seen.append(str(a.data)))
    await pair.central.start_scanning(active=False, filter_duplicates=False)
    await until(lambda: len(seen) >= 5)
    await pair.central.stop_scanning()
    assert all("Door" not in text for text in seen)


async def test_interval_is_in_slots_with_a_random_delay(pair: Pair) -> None:
    moments: list[float] = []
    loop = asyncio.get_running_loop()
    hear = pair.central_radio.hear

    def note(*arguments: object) -> None:
        moments.append(loop.time())
        hear(*arguments)  # type: ignore[arg-type]

    pair.central_radio.hear = note  # type: ignore[method-assign]
    await pair.central.start_scanning(active=False, filter_duplicates=False)
    await until(lambda: len(moments) >= 8)
    await pair.central.stop_scanning()
    gaps = [after - before for before, after in itertools.pairwise(moments)]
    assert sum(gaps) / len(gaps) == pytest.approx(0.105, abs=0.03), (
        "bumble takes slots for milliseconds: 0.16"
    )
    assert max(gaps) - min(gaps) > 0.0005


async def test_cancelling_a_connect_ends_it(pair: Pair) -> None:
    pair.level_dbm = None
    with pytest.raises((core.TimeoutError, core.ConnectionError, TimeoutError)):
        await pair.central.connect(PERIPHERAL, timeout=0.3)
    assert pair.central_radio.pending_le_connection is None
    pair.level_dbm = -60.0
    assert await pair.connect()


async def test_out_of_range_is_neither_seen_nor_connected(pair: Pair) -> None:
    pair.level_dbm = None
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(pair.hear(lambda a: True), 0.4)


async def test_a_link_survives_a_new_address_of_the_host(pair: Pair) -> None:
    connection = await pair.connect()
    await pair.central.send_sync_command(
        hci.HCI_LE_Set_Random_Address_Command(random_address=hci.Address("E1:E2:E3:E4:E5:E6"))
    )
    peer = device.Peer(connection)
    await asyncio.wait_for(peer.discover_services(), TIMEOUT_S)
    assert core.UUID("1111") in [service.uuid for service in peer.services]


async def test_only_listeners_get_advertisements(pair: Pair) -> None:
    count = 0

    def note(*arguments: object) -> None:
        nonlocal count
        count += 1

    pair.central_radio.hear = note  # type: ignore[method-assign]
    pair.central_radio.on_ll_advertising_pdu = note  # type: ignore[method-assign]
    sent: list[object] = []
    send = pair.air.send_advertising_pdu
    pair.air.send_advertising_pdu = lambda *arguments: (sent.append(1), send(*arguments))[1]  # type: ignore[method-assign]
    await until(lambda: len(sent) >= 3)
    assert count == 0


async def test_a_lost_link_ends_at_both_ends_with_a_supervision_timeout(pair: Pair) -> None:
    connection = await pair.connect()
    reasons: list[tuple[str, int]] = []
    connection.on("disconnection", lambda reason: reasons.append(("central", reason)))
    await until(lambda: bool(pair.peripheral.connections))
    other = next(iter(pair.peripheral.connections.values()))
    other.on("disconnection", lambda reason: reasons.append(("peripheral", reason)))
    assert pair.air.lose_links(pair.peripheral_radio) == 1
    await until(lambda: len(reasons) == 2)
    assert sorted(reasons) == [("central", 8), ("peripheral", 8)]
    assert await pair.connect(), "it advertises again"


async def test_paced_air_takes_its_time_and_keeps_the_order(pair: Pair) -> None:
    connection = await pair.connect()
    peer = device.Peer(connection)
    await peer.request_mtu(MAX_MTU)
    await peer.discover_services()
    await peer.discover_characteristics(service=peer.services[-1])
    remote = peer.get_characteristics_by_uuid(core.UUID("1234"))[0]
    pair.air.bytes_per_s = 20_000
    pair.air.latency_s = 0.002
    loop = asyncio.get_running_loop()
    start = loop.time()
    for number in range(20):
        await remote.write_value(bytes([number]) * 400, with_response=False)
    await until(lambda: len(pair.written) == 20)
    assert [value[0] for value in pair.written] == list(range(20))
    assert loop.time() - start > 20 * 400 / 20_000


async def test_only_legacy_advertising_is_offered(pair: Pair) -> None:
    assert not pair.central.supports_le_extended_advertising
    assert not pair.peripheral.supports_le_extended_advertising


async def test_a_silent_radio_is_not_heard(pair: Pair) -> None:
    pair.peripheral_radio.silent = True
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(pair.hear(lambda a: True), 0.4)


async def test_what_is_not_offered_is_refused_at_once(pair: Pair) -> None:
    connection = await pair.connect()
    peer = device.Peer(connection)
    await peer.discover_services()
    await peer.discover_characteristics(service=peer.services[-1])
    remote = peer.get_characteristics_by_uuid(core.UUID("1234"))[0]
    with pytest.raises(att.ATT_Error) as refused:
        await asyncio.wait_for(remote.read_value(), TIMEOUT_S)
    assert refused.value.error_code == att.ErrorCode.READ_NOT_PERMITTED


async def test_mtu_keeps_writes_below_the_size_that_bumble_drops(pair: Pair) -> None:
    connection = await pair.connect()
    peer = device.Peer(connection)
    assert await peer.request_mtu(517) == MAX_MTU
    await peer.discover_services()
    await peer.discover_characteristics(service=peer.services[-1])
    remote = peer.get_characteristics_by_uuid(core.UUID("1234"))[0]
    await remote.write_value(b"x" * (MAX_MTU - 3), with_response=True)
    assert [len(value) for value in pair.written] == [MAX_MTU - 3]


async def test_alternatives_are_sent_in_turn(pair: Pair) -> None:
    pair.peripheral_radio.advertiser.alternatives = [FLAGS + b"\x02\xff\x01", FLAGS + b"\x02\xff\x02"]
    seen: list[bytes] = []
    pair.central.on("advertisement", lambda a: seen.append(a.data_bytes))
    await pair.central.start_scanning(active=False, filter_duplicates=False)
    await until(lambda: len(seen) >= 6)
    await pair.central.stop_scanning()
    assert len({bytes(data) for data in seen[:4]}) == 2


async def test_a_reset_of_the_controller_ends_its_links(pair: Pair) -> None:
    connection = await pair.connect()
    ended = asyncio.Event()
    await until(lambda: bool(pair.peripheral.connections))
    next(iter(pair.peripheral.connections.values())).on("disconnection", lambda reason: ended.set())
    await connection.device.host.reset()
    await asyncio.wait_for(ended.wait(), TIMEOUT_S)
