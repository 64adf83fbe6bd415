"""Reading the devices again: cloud first, what answers nearby after it; nothing else is touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from finished_site import finished_site, observed_by

from larry.cloud.cloud_iq import CloudIq
from larry.cloud.cloud_lock import CloudLock
from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.domain.edits import SetNode
from larry.errors import CloudUnreachableError, DeviceDisconnectedError, DeviceNotFoundError
from larry.services.check_devices import check_devices
from larry.services.project import Project


@dataclass
class Info:
    led_colour: str = "green"
    led_pattern: str = "every-5-min"
    firmware: str = "4.3.0"
    online: bool | None = True


@dataclass
class Link:
    """A link; `broken` breaks at the first question."""

    told: Info
    broken: bool = False
    closed: bool = False

    async def info(self) -> Info:
        if self.broken:
            raise DeviceDisconnectedError("The link was lost.")
        return self.told

    async def close(self) -> None:
        self.closed = True


@dataclass
class Nearby:
    """Devices that answer, by Device ID."""

    links: dict[str, Link] = field(default_factory=dict)

    async def open(self, identity_or_target: str, timeout_s: float = 15.0) -> Link:
        if identity_or_target not in self.links:
            raise DeviceNotFoundError("Not heard.")
        return self.links[identity_or_target]


class Cloud:
    """Answers like the cloud of the finished hotel; lock l10 is offline and low there."""

    def __init__(self, project: Project) -> None:
        self._site = project.site
        self.down = False

    async def iqs(self, site_id: str) -> list[CloudIq]:
        if self.down:
            raise CloudUnreachableError("The cloud does not answer.")
        assert site_id == "S"
        return [CloudIq(f"cloud-iq{n}", time_zone="Europe/Vienna", online=n == 1) for n in (1, 2)]

    async def tree(self, site_id: str, iq_id: str) -> list[CloudTreeItem]:
        number = iq_id[-1]
        rep = self._site.nodes[f"r{number}"]
        items = [CloudTreeItem("repeater", f"rep-{number}", None, rep.device_id or "")]
        for door in range(3):
            lock = self._site.nodes[f"l{number}{door}"]
            # Door 2 of the first IQ hangs directly on the IQ there, not on the repeater.
            parent = None if (number, door) == ("1", 2) else f"rep-{number}"
            items.append(CloudTreeItem("lock", f"lock-{number}{door}", parent, lock.device_id or ""))
        return items

    async def locks(self, site_id: str) -> list[CloudLock]:
        return [
            CloudLock(
                f"lock-{node.id}",
                mac=node.device_id or "",
                online=node.id != "l10",
                iq_link_state="attached",
                battery_level=4 if node.id == "l10" else None,
            )
            for node in self._site.nodes.values()
            if node.id.startswith("l")
        ]


@pytest.fixture
def project(tmp_path: Path):
    site = finished_site()
    with Project.create(tmp_path / "hotel.larry", site) as made:
        for number in (1, 2):
            made.do(SetNode(f"iq{number}", "device_id", f"00A1B2C34A21{number:02}"), "Device ID")
            made.set_cloud_id(f"iq{number}", f"cloud-iq{number}")
        made.set_cloud_id("site", "S")
        for node in list(site.walk()):
            made.record_observed(node.id, observed_by(node))
        yield made


def seen(project: Project, node_id: str, key: str) -> Any:
    return project.records[node_id].seen(key)


async def test_what_the_cloud_knows_is_kept_as_observed(project: Project) -> None:
    edits = len(project.history())
    result = await check_devices(project, Cloud(project), None)
    assert (result.from_cloud, result.from_air, result.problem) == (8, 0, None)
    assert seen(project, "l10", "online") is False
    assert seen(project, "l10", "battery") == 4
    assert seen(project, "l11", "battery") == 91
    assert seen(project, "iq2", "online") is False
    assert seen(project, "l12", "parent") == "iq1"
    assert seen(project, "l20", "parent") == "r2"
    assert len(project.history()) == edits


async def test_an_iq_nearby_wins_over_the_cloud(project: Project) -> None:
    near = Nearby({"00A1B2C34A2102": Link(Info(led_colour="red", led_pattern="steady", online=True))})
    heard: list[str] = []
    result = await check_devices(project, Cloud(project), near, say=heard.append)
    assert result.from_air == 1
    assert seen(project, "iq2", "online") is True
    assert seen(project, "iq2", "led") == "red steady"
    assert near.links["00A1B2C34A2102"].closed
    assert heard == ["Asking the cloud …", "Asking IQ 1 …", "Asking IQ 2 …"]


async def test_a_cloud_that_is_down_is_told_and_the_rest_is_read(project: Project) -> None:
    cloud = Cloud(project)
    cloud.down = True
    near = Nearby({"00A1B2C34A2101": Link(Info())})
    result = await check_devices(project, cloud, near)
    assert isinstance(result.problem, CloudUnreachableError)
    assert (result.from_cloud, result.from_air) == (0, 1)


async def test_a_link_that_breaks_changes_nothing_and_is_closed(project: Project) -> None:
    link = Link(Info(firmware="9.9"), broken=True)
    result = await check_devices(project, None, Nearby({"00A1B2C34A2101": link}))
    assert result.from_air == 0
    assert link.closed
    assert seen(project, "iq1", "firmware") == "4.2.0"


async def test_a_site_the_cloud_never_saw_is_not_asked_for(project: Project) -> None:
    project.set_cloud_id("site", None)
    assert (await check_devices(project, Cloud(project), None)).from_cloud == 0
