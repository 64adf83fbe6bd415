"""Open the sealed session of an IQ with the activation code from its sticker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from larry.domain.hardware import Node
from larry.domain.rule_context import display_name
from larry.errors import DeviceNotFoundError, DeviceRefusedError
from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.step_context import ACTIVATION_CODE, StepContext
from larry.services.commission.step_open import StepOpenError

ENTER_S = 120.0
WINDOW_S = 120.0
HEAR_S = 120.0
BACK_OFF_SLACK_S = 30.0


async def open_session(context: StepContext) -> str:
    """Prove the activation code; a wrong one is asked for again, never tried again."""
    iq = context.iq
    context.links.not_ready.pop(iq.id, None)
    try:
        code = context.activation_code(iq) or await _ask(context, iq, "activation-code")
        while not await _accepted(context, iq, code):
            code = await _ask(context, iq, "activation-code-again")
    except StepOpenError as problem:
        context.links.not_ready[iq.id] = problem.headline
        raise
    return context.line("session")


async def _accepted(context: StepContext, iq: Node, code: str) -> bool:
    try:
        await context.links.session(iq, code)
    except DeviceRefusedError as refusal:
        if refusal.code == "activation-code":
            context.say("code-refused", "warn")
            return False
        if refusal.code == "locked-out":
            await _sit_out(context)
            return await _accepted(context, iq, code)
        raise
    return True


async def _ask(context: StepContext, iq: Node, key: str) -> str:
    """Wait until the person entered a code after now."""
    context.parts.desk.take_provided(iq.id, ACTIVATION_CODE)

    async def entered() -> str | None:
        if not context.parts.desk.take_provided(iq.id, ACTIVATION_CODE):
            return None
        return context.activation_code(iq)

    return await context.wait(key, entered, seconds=ENTER_S)


async def _sit_out(context: StepContext) -> None:
    """Respect the device's back-off: wait as long as it says, then not try before it says 0."""
    wait_s = float((await (await context.link()).info()).session_wait_s)

    async def over() -> bool | None:
        return True if (await (await context.link()).info()).session_wait_s <= 0 else None

    await context.wait(
        "back-off", over, seconds=wait_s + BACK_OFF_SLACK_S, poll_s=5.0, seconds_left=round(wait_s)
    )


async def await_heard(context: StepContext) -> None:
    """Wait until the IQ above is heard: somebody has to go closer, or give it power.

    Raises:
        StepOpenError: it was not heard; the IQ then counts as not ready for the rest of this run.
    """
    iq = context.iq

    async def heard() -> bool | None:
        try:
            await context.links.link(iq.device_id or "")
        except DeviceNotFoundError:
            return None
        return True

    await _wait_for_iq(context, iq, "hear", heard, HEAR_S, PhysicalAct.GO_TO)


async def await_window(context: StepContext) -> None:
    """Wait until somebody opened the Bluetooth window of the IQ above (held reset 2 s).

    Raises:
        StepOpenError: nobody did; the IQ then counts as not ready for the rest of this run.
    """
    iq = context.iq

    async def is_open() -> bool | None:
        link = await context.links.link(iq.device_id or "")
        return True if (await link.info()).window_open else None

    await _wait_for_iq(context, iq, "window", is_open, WINDOW_S, PhysicalAct.RESET_2S)
    context.say("window-open", "ok")


async def _wait_for_iq(
    context: StepContext,
    iq: Node,
    key: str,
    check: Callable[[], Awaitable[bool | None]],
    seconds: float,
    act: PhysicalAct,
) -> None:
    try:
        await context.wait(key, check, seconds=seconds, act=act, act_on=iq.id, name=display_name(iq))
    except StepOpenError as problem:
        context.links.not_ready[iq.id] = problem.headline
        raise
