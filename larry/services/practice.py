"""The practice site as a process of its own: started, found by its first line, ended with Larry."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from larry.errors import UnreachableError

START_S = 30.0
STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class PracticeAddresses:
    """Where the parts of a running practice site are (contract.md, `larry simulate`).

    Attributes:
        hci: radio for Larry, as in `--radio hci:SPEC`.
        serial: cables: path, device_id, description.
        cloud: base URL of the practice cloud.
        control: base URL of the control API.
    """

    hci: str
    serial: tuple[dict[str, str], ...]
    cloud: str
    control: str

    @property
    def radio(self) -> str:
        """The radio as `DeviceService` takes it."""
        return f"hci:{self.hci}"

    @property
    def ports(self) -> list[str]:
        """The paths of the cables."""
        return [cable["path"] for cable in self.serial]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read the announcement of `larry simulate`."""
        return cls(data["hci"], tuple(data["serial"]), data["cloud"], data["control"])


class PracticeProcess:
    """A practice site for the length of a block: `async with PracticeProcess() as addresses:`.

    Args:
        scenario: a scenario file; None: the built-in Hotel Adler.
        seed: of noise, loss and ids.
    """

    def __init__(self, scenario: Path | None = None, seed: int = 0) -> None:
        self._arguments = [*_larry(), "simulate", "--seed", str(seed), "--until-stdin-ends"]
        if scenario is not None:
            self._arguments.append(str(scenario))
        self._process: subprocess.Popen[str] | None = None

    async def start(self) -> PracticeAddresses:
        """Start it and return where its parts are.

        Raises:
            UnreachableError: it did not start.
        """
        # Not asyncio's own subprocess: the window's loop (qasync) has none on every system.
        self._process = process = await asyncio.to_thread(_spawn, self._arguments)
        assert process.stdout is not None
        try:
            line = await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), START_S)
            return PracticeAddresses.from_json(json.loads(line))
        except (TimeoutError, ValueError, KeyError, TypeError) as error:
            await self.stop()
            raise UnreachableError(
                "The practice site did not start.",
                why="Its process ended or gave no address.",
                remedy="Run larry simulate to see what it says.",
            ) from error

    async def stop(self) -> None:
        """End it; safe to repeat."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    async def __aenter__(self) -> PracticeAddresses:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


def _spawn(arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def _larry() -> list[str]:
    """Return the command that is this Larry, also in a frozen program."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "larry"]
