"""Practice site, project, devices, cloud and hands: what the tests of commissioning use."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.devices.service import DeviceService
from larry.services.commission.job_clock import SystemJobClock
from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commissioning import Commissioning
from larry.services.practice_control import PracticeControl
from larry.services.practice_hands import PracticeHands
from larry.services.practice_project import create_practice_project, read_stickers, read_wifi_note
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite

SPEED = 30.0
SSID = "Adler-Staff"


@dataclass
class Bench:
    """Everything of one test."""

    practice: PracticeSite
    control: PracticeControl
    project: Project
    devices: DeviceService
    cloud: CloudClient
    job: Commissioning
    hands: PracticeHands
    seen: list[StepState]
    hands_off: set[str]
    """Names of devices at which nobody lends a hand."""

    def node(self, name: str) -> str:
        """The id of the planned device of this name."""
        return next(node.id for node in self.project.site.nodes.values() if node.name == name)

    def state(self, name: str, step: str) -> StepState:
        """A step of a device, by its name."""
        return next(state for state in self.job.steps(self.node(name)) if state.step == step)

    def new_job(self, *, cloud: bool = True, hands: bool = True) -> Commissioning:
        """Make the job anew from the project, as after a restart of the program."""
        clock = SystemJobClock(SPEED)
        self.job = Commissioning(
            self.project, self.devices, self.cloud if cloud else None, clock, prefer="ble"
        )
        self.job.subscribe(self.seen.append)
        if hands:
            self.job.subscribe(self._lend_hand)
        return self.job

    def _lend_hand(self, state: StepState) -> None:
        if self.project.site.nodes[state.node_id].name not in self.hands_off:
            self.hands.see(state)

    def lines(self, name: str) -> str:
        """The log of a device as one text."""
        return "\n".join(line.text for state in self.job.steps(self.node(name)) for line in state.log)

    async def waiting(self, name: str, words: str, timeout_s: float = 20.0) -> StepState:
        """Wait until a device waits in these words, such as `waits.card`."""
        found: asyncio.Future[StepState] = asyncio.get_running_loop().create_future()
        node_id = self.node(name)

        def see(state: StepState) -> None:
            waits = state.node_id == node_id and state.state is StepStatus.WAITING
            if waits and state.words == words and not found.done():
                found.set_result(state)

        end = self.job.subscribe(see)
        try:
            for state in self.job.steps(node_id):
                see(state)
            return await asyncio.wait_for(found, timeout_s)
        finally:
            end()


@contextlib.asynccontextmanager
async def commission_bench(
    folder: Path,
    *,
    speed: float = SPEED,
    serial: bool = False,
    hands: bool = True,
    password: str | None = None,
) -> AsyncIterator[Bench]:
    """Start it all; ends it all."""
    async with contextlib.AsyncExitStack() as stack:
        practice = await stack.enter_async_context(PracticeSite(seed=7, speed=speed))
        control = await stack.enter_async_context(PracticeControl(practice.control))
        project = create_practice_project(
            folder / "hotel.larry",
            lambda path, site: Project.create(path, site, passphrase=lambda: "practice"),
        )
        stack.callback(project.close)
        world = await control.world()
        read_stickers(project, world)
        ports = [cable["path"] for cable in practice.serial] if serial else []
        devices = await stack.enter_async_context(DeviceService(f"hci:{practice.hci}", ports))
        cloud = await stack.enter_async_context(CloudClient(practice.cloud, PracticeSignIn(practice.cloud)))
        helper = PracticeHands(control, project.site)
        stack.push_async_callback(helper.rest)
        bench = Bench(practice, control, project, devices, cloud, None, helper, [], set())  # type: ignore[arg-type]
        bench.new_job(hands=hands)
        note = read_wifi_note(world, SSID)
        assert note is not None
        bench.job.set_wifi(SSID, note if password is None else password)
        yield bench
