"""What was read from a device goes beside the plan, never into it."""

from __future__ import annotations

from typing import Any

from larry.domain.ids import normalise_device_id
from larry.services.commission.ports import ReportedInfo
from larry.services.commission.step_context import StepContext


def note_info(context: StepContext, info: ReportedInfo) -> None:
    """Keep what a device said about itself; what it does not tell is left out.

    Raises:
        StepOpenError: it is another device than the planned one.
    """
    told: dict[str, Any] = {
        "device_id": normalise_device_id(info.device_id),
        "mac": info.mac,
        "model": info.model,
        "firmware": info.firmware,
        "led": f"{info.led_colour} {info.led_pattern}".strip(),
        "wifi_ssid": info.wifi_ssid,
        "adapter_macs": list(info.adapter_macs),
    }
    values = {key: value for key, value in told.items() if value}
    if info.online is not None:
        values["online"] = info.online
    context.project.record_observed(context.node_id, values)
    if info.kind not in (context.node.kind.value, "unknown"):
        raise context.open("other-kind", kind=info.kind, device_id=info.device_id)
