"""Reading the devices again before the handover: what the cloud knows, and the IQs that can be heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from larry.cloud.cloud_iq import CloudIq
from larry.cloud.cloud_lock import CloudLock
from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.domain.hardware import Node
from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import CloudError, DeviceError, DeviceRefusedError, LarryError
from larry.services.cloud_site import SITE_OWNER

OPEN_TIMEOUT_S = 15.0


class ReadCloud(Protocol):
    """What is asked of the cloud."""

    async def iqs(self, site_id: str) -> list[CloudIq]: ...
    async def tree(self, site_id: str, iq_id: str) -> list[CloudTreeItem]: ...
    async def locks(self, site_id: str) -> list[CloudLock]: ...


class ReadDevices(Protocol):
    """What is asked of the devices' service."""

    async def open(self, identity_or_target: str, timeout_s: float = ...) -> Any: ...


class ReadProject(Protocol):
    """What is asked of the project."""

    @property
    def site(self) -> Site: ...
    def cloud_id(self, owner: str) -> str | None: ...
    def record_observed(self, node_id: str, values: dict[str, Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read again.

    Attributes:
        from_cloud: devices the cloud told about.
        from_air: IQs that answered by radio or cable.
        problem: why the cloud was not read, None when it was.
    """

    from_cloud: int
    from_air: int
    problem: LarryError | None = None


async def check_devices(
    project: ReadProject,
    cloud: ReadCloud | None,
    devices: ReadDevices | None,
    *,
    say: Callable[[str], None] = lambda _: None,
) -> Checked:
    """Read states again and keep them as observed; the plan is not touched and nothing is sent to a device.

    What the cloud tells can be up to an hour old (domain.md 5); the light and the online state of an IQ
    that answers nearby are read after it and win.

    Args:
        cloud: None when there is none.
        devices: None when nothing listens.
        say: hears a sentence before each step.
    """
    by_cloud, problem = 0, None
    if cloud is not None:
        say("Asking the cloud …")
        try:
            by_cloud = await _read_cloud(project, cloud)
        except CloudError as error:
            problem = error
    by_air = 0
    if devices is not None:
        for iq in [node for node in project.site.walk() if node.kind is Kind.IQ and node.device_id]:
            say(f"Asking {iq.name} …")
            by_air += await _read_iq(project, devices, iq)
    return Checked(by_cloud, by_air, problem)


async def _read_cloud(project: ReadProject, cloud: ReadCloud) -> int:
    site_id = project.cloud_id(SITE_OWNER)
    if site_id is None:
        return 0
    count = 0
    iqs = {iq.id: iq for iq in await cloud.iqs(site_id)}
    for node in list(project.site.nodes.values()):
        iq = iqs.get(project.cloud_id(node.id) or "") if node.kind is Kind.IQ else None
        if iq is not None:
            _keep(project, node.id, {"online": iq.online, "time_zone": iq.time_zone, "cloud_id": iq.id})
            _keep(project, node.id, {"restore_required": iq.restore_required})
            await _read_tree(project, cloud, site_id, node, iq)
            count += 1
    return count + await _read_locks(project, cloud, site_id)


async def _read_tree(project: ReadProject, cloud: ReadCloud, site_id: str, node: Node, iq: CloudIq) -> None:
    """Keep where the cloud has each item of a tree: a parent is a repeater's id, or the IQ itself."""
    items = await cloud.tree(site_id, iq.id)
    nodes = _by_device_id(project.site)
    node_of = {item.id: nodes.get(normalise_device_id(item.mac)) for item in items if item.id}
    for item in items:
        known = nodes.get(normalise_device_id(item.mac))
        parent = node if item.parent_id is None else node_of.get(item.parent_id)
        if known is not None and parent is not None:
            _keep(project, known.id, {"parent": parent.id})


async def _read_locks(project: ReadProject, cloud: ReadCloud, site_id: str) -> int:
    nodes, count = _by_device_id(project.site), 0
    for lock in await cloud.locks(site_id):
        node = nodes.get(normalise_device_id(lock.mac))
        if node is not None:
            values = {"online": lock.online, "link_state": lock.iq_link_state, "battery": lock.battery_level}
            _keep(project, node.id, values)
            count += 1
    return count


async def _read_iq(project: ReadProject, devices: ReadDevices, iq: Node) -> int:
    try:
        link = await devices.open(iq.device_id or "", timeout_s=OPEN_TIMEOUT_S)
    except (DeviceError, DeviceRefusedError):
        return 0  # not near: what the cloud said stays
    try:
        info = await link.info()
    except (DeviceError, DeviceRefusedError):
        return 0
    finally:
        await link.close()
    led = f"{info.led_colour} {info.led_pattern}".strip()
    _keep(project, iq.id, {"online": info.online, "led": led, "firmware": info.firmware})
    return 1


def _keep(project: ReadProject, node_id: str, values: dict[str, Any]) -> None:
    told = {key: value for key, value in values.items() if value is not None and value != ""}
    if told:
        project.record_observed(node_id, told)


def _by_device_id(site: Site) -> dict[str, Node]:
    return {normalise_device_id(node.device_id): node for node in site.nodes.values() if node.device_id}
