"""Hands on the practice site: they do what the public step states ask a person to do, and nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from larry.domain.site import Site
from larry.errors import LarryError
from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commissioning import Commissioning
from larry.services.practice_control import PracticeControl

_log = logging.getLogger(__name__)


class PracticeHands:
    """Performs the acts a running commissioning waits for, through the control API.

    The commissioning knows nothing of it: it sees cards and buttons only as the devices tell them.

    Args:
        control: of the practice site.
        site: the plan, for the Device IDs.
    """

    def __init__(self, control: PracticeControl, site: Site) -> None:
        self._control = control
        self._site = site
        self._tasks: set[asyncio.Task[None]] = set()
        self._done: set[tuple[str, str, str | None]] = set()

    def help(self, commissioning: Commissioning) -> Callable[[], None]:
        """Watch a job and lend hands; the result ends it."""
        return commissioning.subscribe(self.see)

    async def rest(self) -> None:
        """Wait for the acts that were begun."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def see(self, state: StepState) -> None:
        """Look at one changed step, and do what it asks for, once."""
        if state.state is not StepStatus.WAITING or state.act is None:
            return
        once = (state.node_id, state.step, state.deadline_at)
        if once in self._done:
            return
        self._done.add(once)
        task = asyncio.get_running_loop().create_task(self._perform(state.act, state.act_on))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _perform(self, act: PhysicalAct, node_id: str) -> None:
        device_id = self._site.nodes[node_id].device_id
        if not device_id:
            return
        try:
            if act is PhysicalAct.GO_TO:
                await self._control.walk_to(device_id)
            else:
                await self._control.act(device_id, act.value)
        except LarryError as error:
            _log.warning("the practice hands could not do %s: %s", act.value, error.what)
