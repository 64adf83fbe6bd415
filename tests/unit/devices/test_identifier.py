import asyncio

from larry.devices.device_data import DeviceInfo
from larry.devices.device_table import DeviceTable
from larry.devices.identifier import Identifier
from larry.devices.protocol.advertising import AdvertisedKind, ManufacturerData
from larry.errors import DeviceNotFoundError

DATA = ManufacturerData(AdvertisedKind.LOCK, b"abc")


class Reader:
    """Counts how many readings run at once and lets the test hold them."""

    def __init__(self):
        self.calls, self.running, self.most = [], 0, 0
        self.failures = {}
        self.called = asyncio.Event()
        self.hold = None

    async def __call__(self, address):
        self.calls.append(address)
        self.called.set()
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            if self.hold is not None:
                await self.hold.wait()
            if self.failures.get(address, 0) > 0:
                self.failures[address] -= 1
                raise DeviceNotFoundError("not heard")
            return DeviceInfo(kind="lock", device_id="ID-" + address)
        finally:
            self.running -= 1


class Run:
    def __init__(self):
        self.now_s = 0.0
        self.changed = asyncio.Event()
        self.table = DeviceTable(lambda: self.now_s, self._wake)
        self.reader = Reader()
        self.identifier = Identifier(self.table, self.reader)

    def _wake(self):
        self.identifier.wake()
        self.changed.set()

    async def until(self, condition):
        async with asyncio.timeout(5):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    def known(self):
        return sum(bool(found.device_id) for found in self.table.snapshot().devices)

    async def __aenter__(self):
        self.task = asyncio.create_task(self.identifier.run())
        return self

    async def __aexit__(self, *_):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def test_each_device_once_and_one_at_a_time():
    async with Run() as run:
        for address in "ABCDE":
            run.table.heard(address, -60, data=DATA)
        await run.until(lambda: run.known() == 5)
        assert sorted(run.reader.calls) == list("ABCDE")
        assert run.reader.most == 1


async def test_strangers_and_whispers_are_left_alone():
    async with Run() as run:
        run.table.heard("foreign", -60, speaks=frozenset({"smp"}))
        run.table.heard("far", -97, data=DATA)
        run.table.heard("near", -60, data=DATA)
        await run.until(lambda: run.known() == 1)
        assert run.reader.calls == ["near"]


async def test_a_user_comes_first_and_the_reading_is_repeated():
    async with Run() as run:
        run.reader.hold = asyncio.Event()
        run.table.heard("A", -60, data=DATA)
        await asyncio.wait_for(run.reader.called.wait(), 5)
        with run.identifier.paused():
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert run.reader.running == 0
            run.reader.hold = None
        await run.until(lambda: run.known() == 1)
        assert run.reader.calls == ["A", "A"]


async def test_a_failure_is_retried_later_and_not_for_ever():
    async with Run() as run:
        run.reader.failures["A"] = 99
        run.reader.failures["B"] = 1
        for round_ in range(6):
            for address in "AB":
                run.table.heard(address, -60, name=f"round {round_}", data=DATA)
            run.identifier.wake()
            for _ in range(20):
                await asyncio.sleep(0)
            run.now_s += 11
        assert run.reader.calls.count("A") == 3
        assert run.reader.calls.count("B") == 2
        assert run.known() == 1
