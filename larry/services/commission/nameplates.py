"""The nameplate: names kept in the device, so that a lost project can be rebuilt from the building."""

from __future__ import annotations

from larry.devices.device_data import Nameplate
from larry.domain.rule_context import display_name
from larry.errors import DeviceRefusedError, DeviceUnsupportedError
from larry.services.commission.step_context import StepContext
from larry.services.commission.step_open import StepSkipError


async def write_nameplate(context: StepContext) -> str:
    """Write the names of site, device and parent into an IQ."""
    node = context.node
    site = context.project.site
    parent = site.nodes.get(node.parent or "")
    plate = Nameplate(site.info.name, display_name(node), display_name(parent) if parent else "")
    link = await context.session()
    try:
        await link.write_nameplate(plate)
    except DeviceUnsupportedError:
        raise StepSkipError(context.line("no-nameplate")) from None
    except DeviceRefusedError as refusal:
        if refusal.code not in ("not-supported", "session-required", "not-authorised"):
            raise
        raise StepSkipError(context.line("no-nameplate")) from None
    context.project.record_written(node.id, {"nameplate": [plate.site, plate.device, plate.parent]})
    return context.line("nameplate")
