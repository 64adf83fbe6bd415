"""Runs a practice site as a process: announces it, lives until it is interrupted."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from pathlib import Path

from larry.errors import UnreachableError
from larry.simulator.practice_site import PracticeSite


async def run_practice_site(
    scenario: str | Path | None,
    *,
    seed: int,
    control_port: int,
    announce: Callable[[str], None],
) -> None:
    """Start, announce one line of JSON, wait for SIGINT or SIGTERM, stop cleanly.

    Raises:
        InputError: the scenario cannot be used.
        UnreachableError: the control port is taken.
    """
    stop = asyncio.Event()
    with _stop_on_signals(stop):
        try:
            async with PracticeSite(scenario, seed=seed, control_port=control_port) as site:
                announce(json.dumps(site.announcement))
                await stop.wait()
        except OSError as error:
            raise UnreachableError(
                f"The practice site cannot listen on port {control_port}.",
                why=error.strerror or "",
                remedy="Choose another --control port, or 0 for any free one.",
            ) from error


class _stop_on_signals:  # noqa: N801 - reads as a phrase in `with`
    """Sets the event on SIGINT and SIGTERM, also where loops know no signals (Windows)."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._loop = asyncio.get_running_loop()
        self._before: dict[int, object] = {}

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._on_signal)

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _on_signal(self, number: int, frame: object) -> None:
        del number, frame
        self._loop.call_soon_threadsafe(self._stop.set)
