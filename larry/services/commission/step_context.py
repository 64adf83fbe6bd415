"""What a step may use: its device, the links, the cloud, the clock, waits and words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from larry.domain.hardware import Node
from larry.domain.ids import normalise_activation_code
from larry.domain.rule_context import display_name
from larry.services.commission.desk import Desk
from larry.services.commission.event_feed import EventFeed
from larry.services.commission.job_clock import JobClock
from larry.services.commission.link_keeper import LinkKeeper
from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.ports import JobCloud, JobLink, JobProject
from larry.services.commission.state_book import StateBook
from larry.services.commission.step_open import StepOpenError
from larry.services.commission.step_state import LogLevel, StepStatus
from larry.services.commission.waiting import Wait, run_wait
from larry.services.commission.wifi_choice import WifiChoice
from larry.services.commission.words import log_words, open_words

T = TypeVar("T")
ACTIVATION_CODE = "activation_code"


@dataclass(frozen=True, slots=True)
class JobParts:
    """What all steps of a job share."""

    project: JobProject
    links: LinkKeeper
    cloud: JobCloud | None
    clock: JobClock
    desk: Desk
    book: StateBook
    wifi: WifiChoice


class StepContext:
    """One run of one step at one device.

    Args:
        parts: what all steps share.
        node_id: the device.
        step: the step's name.
        quick: look once, do not wait: the last round of a run.
    """

    def __init__(self, parts: JobParts, node_id: str, step: str, *, quick: bool = False) -> None:
        self.parts = parts
        self.project = parts.project
        self.links = parts.links
        self.clock = parts.clock
        self.node_id = node_id
        self.step = step
        self.quick = quick

    # --- who ---------------------------------------------------------------------------

    @property
    def node(self) -> Node:
        """The device as planned now."""
        return self.project.site.nodes[self.node_id]

    @property
    def iq(self) -> Node:
        """The IQ above the device (an IQ is its own).

        Raises:
            StepOpenError: the device is not placed.
        """
        iq = self.project.site.iq_of(self.node_id)
        if iq is None:
            raise self.open("place")
        return iq

    @property
    def device_id(self) -> str:
        """The device's own ID.

        Raises:
            StepOpenError: it has none yet.
        """
        if not self.node.device_id:
            raise self.open("assign")
        return self.node.device_id

    def names(self, **more: object) -> dict[str, object]:
        """Return the names that texts may use."""
        site = self.project.site
        iq = site.iq_of(self.node_id)
        parent = site.nodes.get(self.node.parent or "")
        return {
            "name": display_name(self.node),
            "iq": display_name(iq) if iq else "its IQ",
            "parent": display_name(parent) if parent else "its parent",
            "site": site.info.name,
            **more,
        }

    # --- links -------------------------------------------------------------------------

    async def link(self) -> JobLink:
        """Return the link to the device itself."""
        link = await self.links.link(self.device_id)
        self._tell_loss(self.device_id)
        return link

    async def session(self) -> JobLink:
        """Return the link to the IQ above, with the sealed session open.

        Raises:
            StepOpenError: the IQ could not be opened in this run, or lacks Device ID or activation code.
        """
        iq = self.iq
        code = self.activation_code(iq)
        why = self.links.not_ready.get(iq.id)
        if why is None and not iq.device_id:
            why = open_words("assign", name=display_name(iq)).headline
        if why is None and code is None:
            why = "its activation code is missing."
        if why is not None:
            raise self.open("iq-not-ready", why=why)
        link = await self.links.session(iq, code or "")
        self._tell_loss(iq.device_id or "")
        return link

    def _tell_loss(self, device_id: str) -> None:
        if self.links.take_loss(device_id):
            self.say("link-came-back", "warn")

    async def drop_link(self) -> None:
        """Forget the links this step may have used; the next use opens them again."""
        iq = self.project.site.iq_of(self.node_id)
        for device_id in {self.node.device_id, iq.device_id if iq else None}:
            if device_id:
                await self.links.drop(device_id)

    def activation_code(self, iq: Node) -> str | None:
        """Return the stored activation code of an IQ, normalised; None when there is none."""
        code = self.project.secrets.get(iq.id, ACTIVATION_CODE)
        return normalise_activation_code(code) if code else None

    @property
    def feed(self) -> EventFeed:
        """The events of the IQ above."""
        return self.links.feed(self.iq.device_id or "")

    # --- words and waits ---------------------------------------------------------------

    def say(self, key: str, level: LogLevel = "info", **names: object) -> None:
        """Write a line of the step's log."""
        self.parts.book.log(self.node_id, self.step, level, self.line(key, **names))

    def line(self, key: str, **names: object) -> str:
        """Return a log line with the names filled in."""
        return log_words(key, **self.names(**names))

    def open(self, key: str, *, code: str = "", **names: object) -> StepOpenError:
        """Return the error that leaves the step open with these words."""
        situation = open_words(key, **self.names(**names))
        return StepOpenError(
            situation.headline, situation.cause, situation.next_step, code or situation.code, situation.words
        )

    async def wait(
        self,
        key: str,
        check: Callable[[], Awaitable[T | None]],
        *,
        seconds: float,
        act: PhysicalAct | None = None,
        act_on: str | None = None,
        poll_s: float = 1.0,
        **names: Any,
    ) -> T:
        """Wait until `check` gives something.

        Args:
            key: the words, `[waits.KEY]`.
            check: asked at most four times a second; a lost link is taken up again, a few times.
            seconds: the deadline from now.
            act: what a person has to do meanwhile.
            act_on: at which device, when it is not this one.
            poll_s: pause between two checks.
            names: more names for the words.

        Raises:
            StepOpenError: the time is up, or the person said "later".
        """
        told = {**self.names(), **names}
        wait = Wait(key, 0.0 if self.quick else seconds, told, act, act_on or self.node_id, poll_s)
        result = await run_wait(self, wait, check)
        self.parts.book.move(self.node_id, self.step, StepStatus.RUNNING)
        return result
