"""Detach a lock in two phases: the order to its IQ, then the card at the lock; then prove that it is free.

A repeater is removed likewise: software first, then CLEAR; CLEAR makes it free, so nothing is left to prove.

The state is kept in the project after each step, so "waiting for the card" outlives the program. What the
IQ's tree says outranks what was kept. A detached item stays in the IQ's tree: taking it out would move the
others to other positions, and their order is data (domain.md 2).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from larry.domain.hardware import Node
from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.errors import DeviceDisconnectedError, DeviceTimeoutError, InputError
from larry.services.commission.job_clock import JobClock
from larry.services.procedures.iq_session import ProcedureDevices, ProcedureLink, iq_session
from larry.services.project import Project

CARD_S = 120.0
"""Wait for a card: 2 minutes, then the step stays open (domain.md 2, our assumption)."""
POLL_S = 1.0


class DetachStep(StrEnum):
    """How far a detach has come."""

    ORDER = "order"
    """Nothing was sent yet."""
    CARD = "card"
    """The IQ waits for the maintenance card at the lock, or CLEAR at the repeater."""
    PROOF = "proof"
    """Detached at the IQ; that the lock is free is not proven yet."""
    REJECTED = "rejected"
    """The construction card or tag did not open it: it is still attached somewhere."""
    FREE = "free"
    """Proven free; it may be attached elsewhere."""


@dataclass(frozen=True, slots=True)
class DetachState:
    """Where a detach stands, and what it takes to go on.

    Attributes:
        node_id: of the lock.
        step: how far it has come.
        headline: what to do or what is so, naming the lock.
        sees: what should be seen at the lock; "" where nothing is to be seen.
        way_back: what to do when that does not happen.
    """

    node_id: str
    step: DetachStep
    headline: str
    sees: str = ""
    way_back: str = ""


class DetachNode:
    """The detach of one lock or repeater, resumable.

    Args:
        project: holds the plan, the codes and the state of the job.
        devices: the way to the IQ.
        clock: of the waits.
        timeout_s: to reach the IQ.
    """

    def __init__(
        self, project: Project, devices: ProcedureDevices, clock: JobClock, *, timeout_s: float = 15.0
    ) -> None:
        self._project = project
        self._devices = devices
        self._clock = clock
        self._timeout_s = timeout_s

    def state(self, node_id: str) -> DetachState:
        """Return where the detach of a lock stands, without asking anybody."""
        kept = self._project.jobs.load_job(_job_id(node_id)) or {}
        try:
            step = DetachStep(kept.get("step", ""))
        except ValueError:
            step = DetachStep.ORDER
        return _told(self._lock(node_id), step)

    async def run(
        self, node_id: str, *, card_s: float = CARD_S, on_state: Callable[[DetachState], None] | None = None
    ) -> DetachState:
        """Order the detach, or go on with it; wait for the card. Ends detached, or still waiting.

        Args:
            node_id: of the lock.
            card_s: how long to wait for the card now; the IQ itself waits on.
            on_state: told each new state.

        Raises:
            InputError: no such lock, or its IQ is not known.
            DeviceError, DeviceRefusedError: the IQ is not reached or says no; nothing is lost.
        """
        lock = self._lock(node_id)
        iq = self._iq(lock)
        deadline_s = self._clock.monotonic_s() + card_s
        while True:
            try:
                # One session for the whole wait: it holds the Bluetooth window of the IQ open.
                async with iq_session(self._project, self._devices, iq, self._timeout_s) as link:
                    return await self._converse(link, lock, deadline_s, on_state)
            except (DeviceDisconnectedError, DeviceTimeoutError):
                if self.state(node_id).step is not DetachStep.CARD:
                    raise
                if self._clock.monotonic_s() >= deadline_s:
                    return self.state(node_id)
            await self._clock.wait(asyncio.Event(), POLL_S)

    def answer_proof(self, node_id: str, *, opened: bool) -> DetachState:
        """Take the answer of the is-it-free test: did construction card (BLE) or any tag (RF) open it?

        Raises:
            InputError: the lock is not detached yet, so the test proves nothing.
        """
        lock = self._lock(node_id)
        if lock.kind is Kind.REPEATER or self.state(node_id).step not in (
            DetachStep.PROOF,
            DetachStep.REJECTED,
            DetachStep.FREE,
        ):
            raise InputError(
                f"The test proves nothing for {lock.name or lock.id} now.",
                why="It is for a lock whose detach was finished at its IQ.",
                remedy="Finish the detach first.",
            )
        step = DetachStep.FREE if opened else DetachStep.REJECTED
        self._save(lock, step)
        self._project.record_observed(node_id, {"link_state": "free" if opened else "attached"})
        return _told(lock, step)

    # --- parts ------------------------------------------------------------------------

    async def _converse(
        self,
        link: ProcedureLink,
        lock: Node,
        deadline_s: float,
        on_state: Callable[[DetachState], None] | None,
    ) -> DetachState:
        """Order, then look every second until the card was there or the time is over."""
        state = self._keep(lock, await self._ordered(link, lock))
        if on_state is not None:
            on_state(state)
        while state.step is DetachStep.CARD and self._clock.monotonic_s() < deadline_s:
            await self._clock.wait(asyncio.Event(), POLL_S)
            state = self._keep(lock, await _link_state(link, lock) or "detached")
        return state

    async def _ordered(self, link: ProcedureLink, lock: Node) -> str:
        """Return the link state after making sure that a detach was ordered."""
        known = await _link_state(link, lock)
        if known is None or known == "detached":
            return "detached"
        if known == "detached_pending":
            return known
        ordered = await link.detach(lock.device_id or "")
        self._project.note(f"Detach of {lock.name or lock.id} ordered", "device", frozenset({lock.id}))
        return ordered

    def _keep(self, lock: Node, link_state: str) -> DetachState:
        done = DetachStep.FREE if lock.kind is Kind.REPEATER else DetachStep.PROOF
        step = DetachStep.CARD if link_state != "detached" else done
        if step is DetachStep.PROOF and self.state(lock.id).step is DetachStep.FREE:
            return _told(lock, DetachStep.FREE)  # proven already, and the IQ says nothing else
        self._save(lock, step)
        self._project.record_observed(lock.id, {"link_state": link_state})
        return _told(lock, step)

    def _save(self, lock: Node, step: DetachStep) -> None:
        state = {"procedure": "detach", "node": lock.id, "step": step.value, "at": self._clock.utc_iso()}
        self._project.jobs.save_job(_job_id(lock.id), state)

    def _lock(self, node_id: str) -> Node:
        node = self._project.site.nodes.get(node_id)
        if node is None or node.kind is Kind.IQ or not node.device_id:
            raise InputError(
                f"{node.name if node else node_id} is no lock or repeater with a Device ID.",
                remedy="Name a lock or repeater of the project, and assign its Device ID first.",
            )
        return node

    def _iq(self, lock: Node) -> Node:
        iq = self._project.site.iq_of(lock.id)
        if iq is None:
            raise InputError(
                f"The plan does not say to which IQ {lock.name or lock.id} belongs.",
                remedy="Ask all IQs which one holds it (which-iq), and plan it there.",
            )
        return iq


async def _link_state(link: ProcedureLink, lock: Node) -> str | None:
    tree = await link.read_tree()
    wanted = normalise_device_id(lock.device_id or "")
    return next(
        (item.link_state for item in tree.items if normalise_device_id(item.device_id) == wanted), None
    )


def _job_id(node_id: str) -> str:
    return f"detach:{node_id}"


_TEXTS: dict[DetachStep, tuple[str, str, str]] = {
    DetachStep.ORDER: ("{name} is still attached; no detach was ordered.", "", ""),
    DetachStep.CARD: (
        "Hold the maintenance card to {name}.",
        "It blinks orange, then shows green: it is free.",
        "Nothing is lost: the IQ waits for the card, also tomorrow. Red: go back to its IQ and detach again. "
        "A broken lock that cannot read the card is taken out with a stated reason, without proof.",
    ),
    DetachStep.PROOF: (
        "{name} is detached. Prove that it is free: construction card (BLE) or any tag (RF).",
        "It opens: green.",
        "It stays shut or shows red: it is still attached. Say so, go back to its IQ and detach again.",
    ),
    DetachStep.REJECTED: (
        "{name} is still attached somewhere: it did not open.",
        "",
        "Ask all IQs which one holds it (which-iq); attach it there again, then detach it with its card.",
    ),
    DetachStep.FREE: ("{name} is free and may be attached elsewhere.", "", ""),
}


_CLEAR = (
    "Hold CLEAR of {name} 3 s.",
    "It turns red: factory mode.",
    "Nothing is lost: the IQ waits. Cleared before its IQ let it go, it would stay in the tree, offline.",
)


def _told(lock: Node, step: DetachStep) -> DetachState:
    is_clear = lock.kind is Kind.REPEATER and step is DetachStep.CARD
    headline, sees, way_back = _CLEAR if is_clear else _TEXTS[step]
    return DetachState(lock.id, step, headline.format(name=lock.name or lock.id), sees, way_back)
