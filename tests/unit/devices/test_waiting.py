"""A wait on a link ends with the link, also when the link ended before the wait began."""

from __future__ import annotations

import asyncio

import pytest

from larry.devices.waiting import race
from larry.errors import DeviceDisconnectedError, DeviceTimeoutError


async def test_nothing_is_started_on_a_link_that_has_ended() -> None:
    ended, started = asyncio.Event(), asyncio.Event()
    ended.set()

    async def operation() -> None:
        started.set()

    with pytest.raises(DeviceDisconnectedError, match="The link to IQ was lost while reading"):
        await race(operation(), ended, timeout_s=1, device="IQ", doing="reading")
    assert not started.is_set()


async def test_the_end_of_the_link_ends_the_wait_and_the_operation() -> None:
    ended, cancelled = asyncio.Event(), asyncio.Event()

    async def operation() -> None:
        ended.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    with pytest.raises(DeviceDisconnectedError):
        await race(operation(), ended, timeout_s=5, device="IQ", doing="reading")
    assert cancelled.is_set()


async def test_the_deadline_ends_the_wait() -> None:
    with pytest.raises(DeviceTimeoutError, match=r"within 0\.01 s"):
        await race(asyncio.Event().wait(), asyncio.Event(), timeout_s=0.01, device="IQ", doing="reading")
