"""Add an IQ to the site in the cloud; one that is there already is recognised, never doubled."""

from __future__ import annotations

from larry.cloud.cloud_iq import CloudIq
from larry.domain.rule_context import display_name
from larry.errors import CloudRefusedError
from larry.services.cloud_site import cloud_site_id
from larry.services.commission.ports import JobCloud
from larry.services.commission.step_context import StepContext


async def add_to_cloud(context: StepContext) -> str:
    """Send name, time zone and activation code."""
    cloud = context.parts.cloud
    if cloud is None:
        raise context.open("no-cloud")
    time_zone = context.node.time_zone or context.project.site.info.time_zone
    if not time_zone:
        raise context.open("time-zone")
    site_id = await _site(context, cloud)
    known = await _known(context, cloud, site_id)
    if known is not None:
        _note(context, known)
        return context.line("cloud-known")
    code = context.activation_code(context.node)
    if code is None:
        raise context.open("iq-not-ready", why="its activation code is missing.")
    name = display_name(context.node)
    context.project.record_written(context.node_id, {"name": name, "time_zone": time_zone})
    _note(context, await cloud.add_iq(site_id, name, time_zone, code))
    return context.line("cloud-added", time_zone=time_zone)


async def _site(context: StepContext, cloud: JobCloud) -> str:
    try:
        return await cloud_site_id(context.project, cloud)
    except CloudRefusedError as refusal:
        if refusal.code != "not-offered":
            raise
        raise context.open("cloud-printed-step", remedy=refusal.remedy) from refusal


async def _known(context: StepContext, cloud: JobCloud, site_id: str) -> CloudIq | None:
    """Find the IQ by its MAC as read from the device: the name may be another one."""
    record = context.project.records.get(context.node_id)
    mac = (record.seen("mac") if record else None) or context.node.mac
    iqs = await cloud.iqs(site_id)
    return next((iq for iq in iqs if mac and iq.mac == mac), None)


def _note(context: StepContext, iq: CloudIq) -> None:
    values = {"cloud_id": iq.id, "time_zone": iq.time_zone, "name": iq.customer_reference}
    context.project.record_observed(context.node_id, {key: value for key, value in values.items() if value})
    context.project.set_cloud_id(context.node_id, iq.id)
