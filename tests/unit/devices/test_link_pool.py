import asyncio

import pytest

from larry.devices.device_data import DeviceInfo
from larry.devices.drivers.device_session import DeviceSession
from larry.devices.link_pool import LinkPool
from larry.devices.open_device import OpenDevice
from larry.errors import DeviceNotFoundError


class Opener:
    def __init__(self, scripted):
        self.scripted, self.opened = scripted, []

    async def __call__(self):
        await asyncio.sleep(0)
        transport = self.scripted()
        self.opened.append(transport)
        return OpenDevice(transport, DeviceSession("x"), DeviceInfo())


async def test_users_share_a_link_and_the_last_one_closes_it(scripted):
    connected = []
    pool = LinkPool(lambda key, is_on: connected.append((key, is_on)))
    opener = Opener(scripted)
    first, second = await asyncio.gather(pool.get("A", opener), pool.get("A", opener))
    assert first is second
    assert len(opener.opened) == 1
    await pool.release(first)
    assert pool.is_open("A")
    await pool.release(second)
    assert not pool.is_open("A")
    await pool.close()
    assert connected == [("A", True), ("A", False)]


async def test_a_lost_link_is_opened_anew(scripted):
    pool = LinkPool(lambda key, is_on: None)
    opener = Opener(scripted)
    first = await pool.get("A", opener)
    opener.opened[0].ended.set()
    second = await pool.get("A", opener)
    assert second is not first
    await pool.release(first)
    assert pool.is_open("A"), "leaving the old link does not close the new one"
    await pool.close()


async def test_a_failure_to_open_leaves_nothing(scripted):
    pool = LinkPool(lambda key, is_on: None)

    async def fail():
        raise DeviceNotFoundError("not heard")

    with pytest.raises(DeviceNotFoundError):
        await pool.get("A", fail)
    assert not pool.is_open("A")
    await pool.release(await pool.get("A", Opener(scripted)))
    await pool.close()
