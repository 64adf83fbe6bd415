"""One wait: cause, deadline, what happens then; later, more time and pause reach it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from larry.errors import DeviceDisconnectedError, DeviceTimeoutError
from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.step_open import StepOpenError
from larry.services.commission.words import over_words, wait_words

if TYPE_CHECKING:
    from larry.services.commission.step_context import StepContext

T = TypeVar("T")
LINK_RETRIES = 3
"""A link lost during a wait or step is taken up again this many times."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What is waited for; see `StepContext.wait`."""

    key: str
    seconds: float
    names: dict[str, object]
    act: PhysicalAct | None
    act_on: str
    poll_s: float


async def run_wait(context: StepContext, wait: Wait, check: Callable[[], Awaitable[T | None]]) -> T:
    """Wait; the errors are those of `StepContext.wait`."""
    return await _RunningWait(context, wait).until(check)


class _RunningWait:
    def __init__(self, context: StepContext, wait: Wait) -> None:
        self._context = context
        self._wait = wait
        self._desk = context.parts.desk
        self._clock = context.clock
        self._ends_s = self._clock.monotonic_s() + wait.seconds
        self._length_s = wait.seconds
        self._losses = 0

    async def until(self, check: Callable[[], Awaitable[T | None]]) -> T:
        self._desk.begin(self._context.node_id)
        if self._wait.seconds > 0:
            self._show()
        while True:
            self._desk.event.clear()
            result = await self._checked(check)
            if result is not None:
                return result
            await self._hold_while_paused()
            self._hear()
            rest_s = self._ends_s - self._clock.monotonic_s()
            if rest_s <= 0:
                raise self._over("time-over")
            if not self._desk.event.is_set():
                await self._clock.wait(self._desk.event, min(self._wait.poll_s, rest_s))

    async def _checked(self, check: Callable[[], Awaitable[T | None]]) -> T | None:
        try:
            result = await check()
        except (DeviceDisconnectedError, DeviceTimeoutError):
            self._losses += 1
            if self._losses > LINK_RETRIES:
                raise
            await self._context.drop_link()
            self._context.say("link-lost", "warn", attempt=self._losses, limit=LINK_RETRIES)
            return None
        if self._losses:
            self._losses = 0
            self._context.say("link-back", "ok")
        return result

    def _hear(self) -> None:
        if self._desk.take_later(self._context.node_id):
            raise self._over("later")
        more_s = self._desk.take_more_s(self._context.node_id)
        if more_s:
            self._ends_s += more_s
            self._length_s += more_s
            self._context.say("more-time", minutes=round(more_s / 60))
            self._show()

    async def _hold_while_paused(self) -> None:
        if not self._desk.paused:
            return
        began_s = self._clock.monotonic_s()
        self._context.say("paused")
        while self._desk.paused:
            self._desk.event.clear()
            await self._desk.event.wait()
        self._ends_s += self._clock.monotonic_s() - began_s
        self._context.say("resumed")
        self._show()

    def _show(self) -> None:
        rest_s = self._ends_s - self._clock.monotonic_s()
        self._context.parts.book.wait(
            self._context.node_id,
            self._context.step,
            wait_words(self._wait.key, **self._wait.names),
            deadline_at=self._clock.utc_iso(rest_s),
            wait_s=self._length_s,
            act=self._wait.act,
            act_on=self._wait.act_on if self._wait.act else "",
        )

    def _over(self, why: str) -> StepOpenError:
        self._context.say(why)
        words = over_words(self._wait.key, **self._wait.names)
        return StepOpenError(words.headline, words.cause, words.next_step, words.code, words.words)
