"""The practice site as a process: found by its first line, ended with the program that started it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import pytest

from larry.errors import AnswerIsNoError, UnreachableError
from larry.services.practice import PracticeProcess
from larry.services.practice_control import PracticeControl

STARTER = """
import asyncio
from larry.services.practice import PracticeProcess

async def start():
    process = PracticeProcess()
    addresses = await process.start()
    print(addresses.control, flush=True)
    await asyncio.Event().wait()

asyncio.run(start())
"""


async def test_it_starts_answers_and_ends() -> None:
    process = PracticeProcess(seed=4)
    async with process as addresses, PracticeControl(addresses.control) as control:
        assert addresses.radio.startswith("hci:tcp-client:")
        assert len(addresses.ports) == 2
        world = await control.world()
        assert world["seed"] == 4
        with pytest.raises(AnswerIsNoError, match="offers no"):
            await control.act("IQ Lobby", "maintenance-card")
    async with PracticeControl(addresses.control) as control:
        with pytest.raises(UnreachableError):
            await control.world()


async def test_it_does_not_outlive_a_killed_larry() -> None:
    starter = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STARTER, stdout=asyncio.subprocess.PIPE
    )
    assert starter.stdout is not None
    url = (await starter.stdout.readline()).decode().strip()
    async with PracticeControl(url) as control:
        await control.world()
        os.kill(starter.pid, signal.SIGKILL)
        await starter.wait()
        async with asyncio.timeout(10):
            with pytest.raises(UnreachableError):
                await _ask_for_ever(control)


async def _ask_for_ever(control: PracticeControl) -> None:
    while True:
        await control.world()


async def test_a_scenario_that_is_none_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnreachableError):
        async with PracticeProcess(tmp_path / "none.toml"):
            pass
