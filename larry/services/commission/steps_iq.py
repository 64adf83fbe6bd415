"""The steps of an IQ: find, identify, session, Wi-Fi, online, cloud, nameplate, light."""

from __future__ import annotations

from larry.errors import DeviceUnsupportedError
from larry.services.commission.nameplates import write_nameplate
from larry.services.commission.observe import note_info
from larry.services.commission.ports import ReportedInfo
from larry.services.commission.procedure import Procedure, StepSpec
from larry.services.commission.step_cloud import add_to_cloud
from larry.services.commission.step_context import StepContext
from larry.services.commission.step_open import StepOpenError
from larry.services.commission.step_session import open_session
from larry.services.commission.step_wifi import give_wifi
from larry.services.led_helper import what_it_means

ONLINE_S = 120.0
IDENTIFY_S = 5
_NEVER_EXPECTED = ("red", "purple", "blue")


async def find(context: StepContext) -> str:
    """Hear the IQ and read who it is; out of range is the runner's matter, as for every step."""
    info = await (await context.link()).info()
    note_info(context, info)
    return context.line("heard", detail=f", firmware {info.firmware}" if info.firmware else "")


async def identify(context: StepContext) -> str:
    """Let it blink, so that the person sees which one it is."""
    try:
        await (await context.link()).identify(IDENTIFY_S)
    except DeviceUnsupportedError:
        return context.line("no-identify")
    return context.line("blinks", seconds=IDENTIFY_S)


async def come_online(context: StepContext) -> str:
    """Wait until it reaches the cloud."""

    async def is_online() -> ReportedInfo | None:
        info = await (await context.link()).info()
        return info if info.online else None

    info = await is_online()
    try:
        if info is None:
            info = await context.wait("iq-online", is_online, seconds=ONLINE_S)
    except StepOpenError:
        context.project.record_observed(context.node_id, {"online": False})
        raise
    note_info(context, info)
    return context.line("online")


async def see_light(context: StepContext) -> str:
    """Read its light: in the site and online it is green or, between two blinks, dark."""
    info = await (await context.link()).info()
    note_info(context, info)
    if info.led_colour in _NEVER_EXPECTED:
        meaning = what_it_means("iq", info.led_colour, info.led_pattern)
        raise context.open(
            "light",
            colour=info.led_colour,
            pattern=info.led_pattern,
            means=meaning.means,
            next=meaning.next_step,
        )
    return context.line("light", colour=info.led_colour or "off", pattern=info.led_pattern or "off")


IQ_PROCEDURE = Procedure(
    "commission-iq",
    (
        StepSpec("find", find),
        StepSpec("identify", identify, needs=("find",)),
        StepSpec("session", open_session, needs=("find",)),
        StepSpec("wifi", give_wifi, needs=("session",)),
        StepSpec("online", come_online, needs=("wifi",)),
        StepSpec("cloud", add_to_cloud, needs=("online",)),
        StepSpec("nameplate", write_nameplate, needs=("session",)),
        StepSpec("led", see_light, needs=("cloud",)),
    ),
)
