"""`larry commission` killed with SIGKILL at random moments: it always goes on to the same end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.services.practice_project import create_practice_project, read_stickers
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world_view import world_json

SPEED = 30.0
KILLS = 4
PASSPHRASE = "practice"


@contextlib.asynccontextmanager
async def eager_hands(site: PracticeSite) -> AsyncIterator[None]:
    """A person who keeps the windows open and presents each card as soon as a lock waits for it."""
    busy: set[str] = set()

    async def work() -> None:
        while True:
            for iq in site.world.iqs:
                if not iq.window_open:
                    iq.hold_reset(2)
            for node in (*site.world.repeaters, *site.world.locks):
                if node.link_state != "attached_pending":
                    busy.discard(node.device_id)
                elif node.device_id not in busy:
                    busy.add(node.device_id)
                    present = getattr(node, "present_maintenance_card", lambda node=node: node.hold_reset(2))
                    present()
            await asyncio.sleep(0.05)  # the pace of a person's eyes, not a wait for anything

    task = asyncio.create_task(work())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class Run:
    """The command line against one practice site."""

    def __init__(self, site: PracticeSite, file: Path, only: list[str]) -> None:
        self.arguments = [
            *(sys.executable, "-m", "larry", "commission", str(file), "--json", "--speed", str(SPEED)),
            *("--radio", f"hci:{site.hci}", "--cloud", site.cloud, "--wifi", "Adler-Staff"),
            *(part for node_id in only for part in ("--only", node_id)),
        ]

    async def __call__(self, kill_after_lines: int | None = None, delay_s: float = 0.0) -> tuple[int, dict]:  # type: ignore[type-arg]
        """Run to the end, or kill it some lines of progress later."""
        environment = {
            **os.environ,
            "LARRY_PASSPHRASE": PASSPHRASE,
            "LARRY_WIFI_PASSWORD": "practice-Edelweiss",
        }
        process = await asyncio.create_subprocess_exec(
            *self.arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
        )
        assert process.stderr is not None
        if kill_after_lines is not None:
            for _ in range(kill_after_lines):
                if not await process.stderr.readline():
                    break
            await asyncio.sleep(delay_s)
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        out, err = await process.communicate()
        if kill_after_lines is None:
            assert out, err.decode()
        return await process.wait(), json.loads(out) if out else {}


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_at_random_moments_it_goes_on_to_the_same_end(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    file = tmp_path / "hotel.larry"
    async with PracticeSite(seed=seed, speed=SPEED) as site, eager_hands(site):
        with create_practice_project(
            file, lambda path, plan: Project.create(path, plan, passphrase=lambda: PASSPHRASE)
        ) as project:
            read_stickers(project, world_json(site.world))
            names = {"IQ Lobby", "Rep 1", "Main entrance", "Back office", "Luggage room"}
            only = [node.id for node in project.site.walk() if node.name in names]
        run = Run(site, file, only)
        for _ in range(KILLS):
            lines, delay_s = chance.randrange(0, 9), chance.uniform(0.0, 0.6)
            await run(lines, delay_s)
        code, answer = await run()

        assert code == 0, f"seed {seed}: {answer.get('open')}"
        iq = site.world.find("IQ Lobby")
        planned = ["Rep 1", "Main entrance", "Back office", "Luggage room"]
        tree = [(site.world.find(item.device_id).name, item.link_state) for item in iq.tree.items]  # type: ignore[attr-defined]
        assert tree == [(name, "attached") for name in planned], f"seed {seed}: order or doubles"
        async with CloudClient(site.cloud, PracticeSignIn(site.cloud)) as cloud:
            sites = await cloud.sites()
            assert len(sites) == 1, f"seed {seed}: the site was made twice"
            assert [each.customer_reference for each in await cloud.iqs(sites[0].id)] == ["IQ Lobby"]
    with Project.open(file, passphrase=lambda: PASSPHRASE) as project:
        for node_id in only:
            assert project.records[node_id].seen("online") is True


async def test_interrupted_by_the_user_it_says_so_and_goes_on_later(tmp_path: Path) -> None:
    file = tmp_path / "hotel.larry"
    async with PracticeSite(seed=5, speed=SPEED) as site:
        with create_practice_project(
            file, lambda path, plan: Project.create(path, plan, passphrase=lambda: PASSPHRASE)
        ) as project:
            read_stickers(project, world_json(site.world))
        run = Run(site, file, ["iq1"])
        process = await asyncio.create_subprocess_exec(
            # Whoever starts the tests in the background has Ctrl+C ignored, and that is inherited.
            *("env", "--default-signal=INT"),
            *run.arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "LARRY_PASSPHRASE": PASSPHRASE, "LARRY_WIFI_PASSWORD": "practice-Edelweiss"},
        )
        assert process.stderr is not None
        while b"Hold reset" not in await process.stderr.readline():
            assert not process.stderr.at_eof()
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()
        assert b"Interrupted" in err
        assert b"Traceback" not in err
        assert process.returncode == 130

        async with eager_hands(site):
            code, answer = await run()
        assert (code, answer["done"]) == (0, 1)
