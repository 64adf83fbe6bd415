"""A clock that jumps, an IQ that answers by script, and a project in a file: for the timing of failures only.

The job against real protocols is tested in tests/simulator/test_commission*.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from larry.cloud.cloud_iq import CloudIq
from larry.cloud.cloud_lock import CloudLock
from larry.cloud.cloud_site import CloudSite
from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.devices.device_data import DeviceEvent, DeviceInfo, DeviceTree, TreeItem, WifiNetwork
from larry.domain.hardware import Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import DeviceRefusedError
from larry.services.project import Project

IQ_ID, REPEATER_ID, LOCK_ID = "00A1B2C34A217C", "0011223344556A", "00A1B2C35D01F4"


class JumpingClock:
    """Waits take no time: the clock jumps to their end, unless the event comes first."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.waits: list[float] = []

    def monotonic_s(self) -> float:
        return self.now_s

    def utc_iso(self, in_s: float = 0.0) -> str:
        return f"2026-11-20T{(self.now_s + in_s) / 3600:012.6f}Z"

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        if not event.is_set():
            self.waits.append(seconds)
            self.now_s += seconds


@dataclass
class ScriptedIq:
    """An IQ whose answers a test changes; every method first asks `trouble` by its name."""

    info_now: DeviceInfo = field(
        default_factory=lambda: DeviceInfo(
            kind="iq", device_id=IQ_ID, mac="4A.21.7C", online=True, window_open=True, led_colour="green"
        )
    )
    items: list[TreeItem] = field(default_factory=list)
    revision: int = 41
    log: list[DeviceEvent] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    trouble: Callable[[str], None] = lambda name: None
    is_open: bool = True

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.trouble(name)

    async def info(self) -> DeviceInfo:
        self._called("info")
        return self.info_now

    async def identify(self, seconds: int) -> None:
        self._called("identify")

    async def unlock(self, activation_code: str) -> None:
        self._called("unlock")
        if activation_code != "RIGHT":
            raise DeviceRefusedError("no", code="activation-code")

    async def wifi_networks(self) -> Sequence[WifiNetwork]:
        self._called("wifi_networks")
        return [WifiNetwork("Adler-Staff", -50, True)]

    async def provision_wifi(self, ssid: str, password: str, timeout_s: float = 60.0) -> str:
        self._called("provision_wifi")
        return ""

    async def read_tree(self) -> DeviceTree:
        self._called("read_tree")
        return DeviceTree(self.revision, tuple(self.items))

    async def attach(self, device_id: str, parent_device_id: str | None, kind: str) -> str:
        self._called("attach")
        self.items.append(TreeItem(device_id, parent_device_id, kind, "attached_pending"))
        self.revision += 1
        return "attached_pending"

    async def events(self, since: int) -> Sequence[DeviceEvent]:
        self._called("events")
        return [event for event in self.log if event.number > since]

    async def write_nameplate(self, nameplate: Any) -> None:
        self._called("write_nameplate")

    async def close(self) -> None:
        self._called("close")


@dataclass
class ScriptedDevices:
    """Opens the one IQ."""

    iq: ScriptedIq
    opened: int = 0
    trouble: Callable[[], None] = lambda: None

    async def open(
        self, identity_or_target: str, timeout_s: float = 8.0, *, prefer: str = "ble"
    ) -> ScriptedIq:
        self.opened += 1
        self.trouble()
        self.iq.is_open = True
        return self.iq


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def iq() -> ScriptedIq:
    return ScriptedIq()


@pytest.fixture
def devices(iq: ScriptedIq) -> ScriptedDevices:
    return ScriptedDevices(iq)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """IQ > repeater > lock, IDs and activation code known."""
    site = Site(SiteInfo("Hotel", time_zone="Europe/Vienna"))
    site.insert_node(Node("iq", Kind.IQ, name="IQ Lobby", device_id=IQ_ID))
    site.insert_node(Node("rep", Kind.REPEATER, name="Rep 1", parent="iq", device_id=REPEATER_ID))
    site.insert_node(Node("lock", Kind.LOCK, name="Room 101", parent="rep", device_id=LOCK_ID))
    with Project.create(tmp_path / "site.larry", site, passphrase=lambda: "test") as project:
        project.secrets.set("iq", "activation_code", "RIGHT")
        yield project


@dataclass
class ScriptedCloud:
    """A cloud that remembers and counts; it shows the tree of the one IQ."""

    device: ScriptedIq
    site_list: list[CloudSite] = field(default_factory=list)
    iq_list: list[CloudIq] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    async def sites(self) -> list[CloudSite]:
        return list(self.site_list)

    async def create_site(
        self, name: str, *, country_code: str, time_zone: str, owner_email: str = ""
    ) -> CloudSite:
        site = CloudSite(f"site-{len(self.site_list)}", "AT123456789", name)
        self.site_list.append(site)
        return site

    async def iqs(self, site_id: str) -> list[CloudIq]:
        return list(self.iq_list)

    async def iq(self, site_id: str, iq_id: str) -> CloudIq:
        return self.iq_list[0]

    async def add_iq(self, site_id: str, name: str, time_zone: str, activation_code: str) -> CloudIq:
        iq = CloudIq(f"iq-{len(self.iq_list)}", name, time_zone, mac=self.device.info_now.mac)
        self.iq_list.append(iq)
        return iq

    async def tree(self, site_id: str, iq_id: str) -> list[CloudTreeItem]:
        return [
            CloudTreeItem(item.kind, item.device_id, None, item.device_id, self.names.get(item.device_id, ""))
            for item in self.device.items
        ]

    async def put_tree(
        self,
        site_id: str,
        iq_id: str,
        items: Sequence[CloudTreeItem],
        *,
        expected_revision: int | None = None,
    ) -> list[CloudTreeItem]:
        assert [item.mac for item in items] == [item.device_id for item in self.device.items], "order is data"
        self.names = {item.mac: item.customer_reference for item in items}
        return list(items)

    async def locks(self, site_id: str) -> list[CloudLock]:
        return [
            CloudLock(item.device_id, mac=item.device_id, battery_level=88)
            for item in self.device.items
            if item.kind == "lock"
        ]


@pytest.fixture
def cloud(iq: ScriptedIq) -> ScriptedCloud:
    return ScriptedCloud(iq)


@pytest.fixture
def linking(iq: ScriptedIq, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is attached links at once and comes online."""
    attach = iq.attach

    async def attach_and_link(device_id: str, parent: str | None, kind: str) -> str:
        answer = await attach(device_id, parent, kind)
        iq.items[-1] = replace(iq.items[-1], link_state="attached")
        for what in ("attached", "online"):
            iq.log.append(DeviceEvent(len(iq.log) + 1, what, device_id, 0.0))
        return answer

    monkeypatch.setattr(iq, "attach", attach_and_link)
