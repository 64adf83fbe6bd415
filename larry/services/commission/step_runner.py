"""Runs one step to its end: done, skipped or open; retries what may be retried, a few times."""

from __future__ import annotations

import asyncio
import logging

from larry.errors import (
    CloudRefusedError,
    CloudUnreachableError,
    DeviceDisconnectedError,
    DeviceError,
    DeviceNotFoundError,
    DeviceRefusedError,
    DeviceTimeoutError,
    LarryError,
)
from larry.services.commission.failures import open_for
from larry.services.commission.procedure import StepSpec
from larry.services.commission.step_context import StepContext
from larry.services.commission.step_open import StepNotYetError, StepOpenError, StepSkipError
from larry.services.commission.step_session import await_heard, await_window
from larry.services.commission.step_state import StepStatus
from larry.services.commission.waiting import LINK_RETRIES

BUSY_RETRIES = 5
PAUSES_S = (1.0, 2.0, 4.0, 4.0, 4.0)
_log = logging.getLogger(__name__)


class StepRunner:
    """One run of one step."""

    def __init__(self, context: StepContext, spec: StepSpec) -> None:
        self._context = context
        self._spec = spec
        self._book = context.parts.book
        self._losses = 0
        self._busy = 0
        self._went_closer = False

    async def run(self) -> None:
        """Run the step; its outcome stands in the book when this returns."""
        node_id, step = self._context.node_id, self._spec.name
        self._book.move(node_id, step, StepStatus.RUNNING)
        try:
            line = await self._until_settled()
        except StepSkipError as skip:
            self._book.log(node_id, step, "info", str(skip))
            self._book.move(node_id, step, StepStatus.SKIPPED)
        except StepNotYetError:
            self._book.move(node_id, step, StepStatus.TODO)
        except StepOpenError as problem:
            self._book.open(node_id, step, problem)
        except Exception as bug:  # one broken step must not stop the job; the type alone is told
            if node_id not in self._context.project.site.nodes:
                self._book.move(node_id, step, StepStatus.TODO)  # taken out of the plan meanwhile
                return
            # The message of an unknown exception may carry a secret: only --debug shows it, redacted.
            _log.error("step %s of %s broke: %s", step, node_id, type(bug).__name__)
            _log.debug("the traceback", exc_info=bug)
            self._book.open(node_id, step, self._context.open("our-bug", type=type(bug).__name__))
        else:
            self._book.log(node_id, step, "ok", line)
            self._book.move(node_id, step, StepStatus.DONE)

    async def _until_settled(self) -> str:
        while True:
            try:
                return await self._spec.run(self._context)
            except (DeviceDisconnectedError, DeviceTimeoutError) as loss:
                await self._link_lost(loss)
            except DeviceNotFoundError as error:
                if self._went_closer:
                    raise open_for(self._context, error) from error
                self._went_closer = True
                await await_heard(self._context)
            except DeviceRefusedError as refusal:
                await self._refused(refusal)
            except (DeviceError, CloudRefusedError, CloudUnreachableError, LarryError) as error:
                raise open_for(self._context, error) from error

    async def _link_lost(self, loss: LarryError) -> None:
        await self._context.drop_link()
        self._losses += 1
        if self._losses > LINK_RETRIES:
            raise self._context.open("link-lost", times=self._losses, what=str(loss)) from loss
        self._context.say("link-lost", "warn", attempt=self._losses, limit=LINK_RETRIES)
        await self._pause(self._losses)

    async def _refused(self, refusal: DeviceRefusedError) -> None:
        if refusal.code == "window-closed":
            await await_window(self._context)
            return
        if refusal.code in ("seal-broken", "session-required") and self._losses <= LINK_RETRIES:
            # The session is gone although the link stands (the device restarted): begin it anew.
            await self._link_lost(refusal)
            return
        if refusal.code == "busy" and self._busy < BUSY_RETRIES:
            self._busy += 1
            self._context.say("busy", "warn")
            await self._pause(self._busy)
            return
        raise open_for(self._context, refusal) from refusal

    async def _pause(self, attempt: int) -> None:
        seconds = PAUSES_S[min(attempt, len(PAUSES_S)) - 1]
        await self._context.clock.wait(asyncio.Event(), seconds)
