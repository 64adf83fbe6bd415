"""A run under random bad luck ends by itself, done or with clear open steps; without it, the next is done."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest
from commission_bench import Bench, commission_bench

from larry.services.commission.step_state import StepState, StepStatus

NAMES = ("IQ Lobby", "Rep 1", "Main entrance", "Back office", "Luggage room")
FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("link-lost", {"device": "IQ Lobby"}),
    ("link-lost", {"device": "IQ Lobby"}),
    ("wifi-wrong-password", {}),
    ("cloud-offline", {}),
    ("cloud-error", {"code": 3105}),
    ("out-of-range", {"device": "Main entrance"}),
    ("stuck-at-other-iq", {"device": "Luggage room"}),
    ("extra-loss-db", {"device": "IQ Lobby", "db": 12}),
    ("loss", {"value": 0.3}),
)


class BadLuck:
    """Switches faults on and off as the job goes on: by its progress, so that a seed means something."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self._bench = bench
        self._chance = random.Random(seed)
        self._until_next = 5
        self._on: dict[str, dict[str, Any]] = {}
        self._tasks: list[asyncio.Task[Any]] = []

    def see(self, state: StepState) -> None:
        """Count progress; every few changes something happens. What is asked for is put off."""
        if state.state is StepStatus.WAITING and state.next_step is not None and state.next_step.asks_for:
            self._bench.job.later(state.node_id)
        self._until_next -= 1
        if self._until_next <= 0:
            self._until_next = self._chance.randrange(4, 14)
            name, numbers = self._chance.choice(FAULTS)
            on = name == "link-lost" or name not in self._on
            self._on.pop(name, None)
            if on and name != "link-lost":
                self._on[name] = numbers
            self._tasks.append(asyncio.create_task(self._bench.control.fault(name, on, **numbers)))

    async def end(self) -> None:
        """Take all faults away."""
        await asyncio.gather(*self._tasks)
        for name, numbers in self._on.items():
            await self._bench.control.fault(name, on=False, **numbers)


@pytest.mark.parametrize("seed", [11, 24, 33])
async def test_bad_luck_ends_done_or_with_clear_open_steps(tmp_path: Path, seed: int) -> None:
    async with commission_bench(tmp_path, speed=30) as bench:
        node_ids = [bench.node(name) for name in NAMES]
        luck = BadLuck(bench, seed)
        stop = bench.job.subscribe(luck.see)
        result = await asyncio.wait_for(bench.job.run(node_ids), 60)
        stop()
        await luck.end()

        for state in result.open_steps:
            where = f"seed {seed}: {state.step} of {state.node_id}"
            assert state.headline, where
            assert state.cause, where
            assert state.next_step is not None, where
            assert state.code != "our-bug", f"{where}: {state.cause}"
        for node_id in node_ids:
            record = bench.project.records.get(node_id)
            node = bench.practice.world.find(bench.project.site.nodes[node_id].device_id or "")
            if record is not None and record.seen("link_state") == "attached":
                assert node.link_state == "attached", f"seed {seed}: a wrong state is shown as right"  # type: ignore[attr-defined]

        again = await asyncio.wait_for(bench.job.run(node_ids), 60)
        assert again.open_steps == (), f"seed {seed}"
        assert again.done == len(NAMES)
