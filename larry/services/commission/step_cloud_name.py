"""Name a repeater or lock in the cloud, as its owner will know it, and read what the cloud knows of it."""

from __future__ import annotations

from dataclasses import replace

from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.domain.rule_context import display_name
from larry.services.cloud_site import SITE_OWNER
from larry.services.commission.ports import JobCloud
from larry.services.commission.step_context import StepContext
from larry.services.commission.step_open import StepNotYetError


async def name_in_cloud(context: StepContext) -> str:
    """Give its name to the item of the cloud's tree; order and all other items stay as they came.

    Raises:
        StepNotYetError: its IQ is not in the cloud yet.
    """
    cloud, project = context.parts.cloud, context.project
    site_id, iq_id = project.cloud_id(SITE_OWNER), project.cloud_id(context.iq.id)
    if cloud is None or site_id is None or iq_id is None:
        raise StepNotYetError
    name = display_name(context.node)
    item = _item(await cloud.tree(site_id, iq_id), context.device_id)
    if item is None:
        raise context.open("cloud-knows-not")
    if item.customer_reference != name:
        item = await _rename(context, cloud, site_id, iq_id, name)
    project.record_observed(context.node_id, {"name": item.customer_reference})
    if item.id:
        project.set_cloud_id(context.node_id, item.id)
        project.record_observed(context.node_id, {"cloud_id": item.id})
    if context.node.kind is Kind.LOCK:
        await _read_lock(context, cloud, site_id)
    return context.line("cloud-named")


async def _rename(
    context: StepContext, cloud: JobCloud, site_id: str, iq_id: str, name: str
) -> CloudTreeItem:
    revision = (await cloud.iq(site_id, iq_id)).revision
    items = await cloud.tree(site_id, iq_id)
    wanted = normalise_device_id(context.device_id)
    renamed = [
        replace(item, customer_reference=name) if normalise_device_id(item.mac) == wanted else item
        for item in items
    ]
    written = await cloud.put_tree(site_id, iq_id, renamed, expected_revision=revision)
    context.project.record_written(context.node_id, {"name": name})
    item = _item(written, context.device_id)
    if item is None:
        raise context.open("cloud-knows-not")
    return item


async def _read_lock(context: StepContext, cloud: JobCloud, site_id: str) -> None:
    wanted = normalise_device_id(context.device_id)
    for lock in await cloud.locks(site_id):
        if normalise_device_id(lock.mac) == wanted and lock.battery_level is not None:
            context.project.record_observed(context.node_id, {"battery": lock.battery_level})


def _item(items: list[CloudTreeItem], device_id: str) -> CloudTreeItem | None:
    wanted = normalise_device_id(device_id)
    return next((item for item in items if normalise_device_id(item.mac) == wanted), None)
