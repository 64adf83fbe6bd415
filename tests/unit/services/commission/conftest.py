"""A clock that jumps, an IQ that answers by script, and a project in a file: for the timing of failures only.

The job against real protocols is tested in tests/simulator/test_commission*.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

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
