"""The loop of a run: device after device, step after step, and a last look at what time may have helped."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from larry.services.commission.procedure import StepSpec
from larry.services.commission.procedures import PROCEDURES
from larry.services.commission.step_context import JobParts, StepContext
from larry.services.commission.step_runner import StepRunner
from larry.services.commission.step_state import StepState, StepStatus

SECOND_ROUND_CODES = frozenset(
    {
        "cloud-offline",
        "cloud-knows-not",
        "card-missing",
        "button-missing",
        "parent-not-attached",
        "iq-not-ready",
        "not-online",
    }
)
"""Open steps that are looked at once more at the end of a run, without a long wait: time may have helped."""


class JobLoop:
    """Works a queue of devices off.

    Args:
        parts: what all steps share.
        on_turn: called when another device becomes the current one.

    Attributes:
        current: the device worked at, None before the first.
    """

    def __init__(self, parts: JobParts, on_turn: Callable[[], None]) -> None:
        self._parts = parts
        self._on_turn = on_turn
        self._queue: deque[str] = deque()
        self.current: str | None = None

    def add(self, node_ids: Iterable[str]) -> None:
        """Queue devices that are not waiting their turn already."""
        self._queue.extend(node_id for node_id in node_ids if node_id not in self._queue)

    async def work(self, node_ids: Sequence[str]) -> None:
        """Work at these devices, and at those that are added meanwhile, until nothing more can be done."""
        self._queue = deque(node_ids)
        await self._empty_queue()
        for node_id in node_ids:
            await self._node(node_id, last_look=True)
            await self._empty_queue()

    async def _empty_queue(self) -> None:
        while self._queue:
            await self._node(self._queue.popleft())

    async def _node(self, node_id: str, *, last_look: bool = False) -> None:
        node = self._parts.project.site.nodes.get(node_id)
        if node is None:
            return
        for spec in PROCEDURES[node.kind].steps:
            state = self._parts.book.get(node_id, spec.name)
            look = last_look and _worth_a_look(state)
            if (state.state is StepStatus.TODO or look) and self._ready(node_id, spec):
                await self._while_paused()
                self._turn_to(node_id)
                context = StepContext(self._parts, node_id, spec.name, quick=look)
                await StepRunner(context, spec).run()

    def _ready(self, node_id: str, spec: StepSpec) -> bool:
        return all(self._parts.book.get(node_id, need).state.settled for need in spec.needs)

    def _turn_to(self, node_id: str) -> None:
        if self.current != node_id:
            self.current = node_id
            self._on_turn()

    async def _while_paused(self) -> None:
        desk = self._parts.desk
        while desk.paused:
            desk.event.clear()
            await desk.event.wait()


def _worth_a_look(state: StepState) -> bool:
    return state.state is StepStatus.OPEN and state.code in SECOND_ROUND_CODES
