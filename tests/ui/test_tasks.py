"""Coroutines of the window are kept, reported and cancelled in one place."""

from __future__ import annotations

import asyncio

import pytest
import qasync

from larry.errors import DeviceNotFoundError, LarryError
from ui.bridge.tasks import Tasks


@pytest.fixture
def aio(qapp):
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    errors = []
    loop.set_exception_handler(lambda _loop, context: errors.append(context))
    yield loop
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    asyncio.set_event_loop(None)
    assert not errors, errors


def test_a_result_comes_back(aio, qtbot) -> None:
    results = []

    async def work() -> int:
        await asyncio.sleep(0)
        return 42

    tasks = Tasks()

    async def start() -> None:
        await tasks.start(work(), "count", done=results.append)

    aio.run_until_complete(start())
    assert results == [42]


def test_an_error_is_told_in_words(aio) -> None:
    told: list[LarryError] = []
    tasks = Tasks()
    tasks.failed.connect(told.append)

    async def refuse() -> None:
        raise DeviceNotFoundError("Room 105 was not heard.")

    async def break_down() -> None:
        raise ValueError("secret 1234")

    async def start() -> None:
        for work in (refuse(), break_down()):
            await asyncio.wait([tasks.start(work, "Identify Room 105")])
        await asyncio.sleep(0)

    aio.run_until_complete(start())
    assert [error.what for error in told] == [
        "Room 105 was not heard.",
        "Identify Room 105 was not finished.",
    ]
    assert "1234" not in str(told[1])


def test_draining_cancels_and_starts_nothing_more(aio) -> None:
    tasks = Tasks()

    async def forever() -> None:
        await asyncio.Event().wait()

    async def start() -> None:
        task = tasks.start(forever(), "wait")
        await tasks.drain()
        assert task.cancelled()
        assert tasks.start(forever(), "again") is None

    aio.run_until_complete(start())


def test_without_a_running_loop_nothing_is_started(qapp) -> None:
    async def work() -> None: ...

    assert Tasks().start(work(), "work") is None
