"""The Hand over stage in a window, over a commissioned hotel and a practice cloud of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aside import Aside
from finished_site import finished_site, observed_by
from window_loop import WindowLoop, window_loop
from window_tools import StillFeed

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.services.project import Project
from larry.simulator.practice_cloud.app import create_app
from larry.simulator.practice_cloud.cloud_faults import CloudFaults
from larry.simulator.practice_cloud.server import PracticeCloudServer
from larry.simulator.world.clock import VirtualClock
from ui.options import Options
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory
from ui.stages.handover.handover_stage import HandoverStage
from ui.workspace import Workspace


class NoHardware:
    """An estate without any IQ: a release asks for none."""

    def iqs(self) -> list[Any]:
        return []

    def iq_by_activation_code(self, code: str) -> None:
        return None


@dataclass
class Cloud:
    """A practice cloud that runs, and what can go wrong in it."""

    url: str
    faults: CloudFaults


@asynccontextmanager
async def served() -> Any:
    faults = CloudFaults()
    async with PracticeCloudServer(create_app(NoHardware(), faults, VirtualClock(), seed=7)) as server:
        yield Cloud(server.url, faults)


@dataclass
class Bench:
    """The stage in its window."""

    loop: WindowLoop
    window: MainWindow
    project: Project

    @property
    def stage(self) -> HandoverStage:
        stage = self.window.page.stages["handover"]
        assert isinstance(stage, HandoverStage)
        return stage

    def titles(self) -> list[str]:
        return [row.title for row in self.stage.model.rows if hasattr(row, "title")]


@pytest.fixture
def loop(dressed) -> Iterator[WindowLoop]:
    with window_loop(dressed) as made:
        yield made


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A hotel whose devices all are as they should be; the window closes it."""
    site = finished_site()
    made = Project.create(tmp_path / "hotel.larry", site, who="Installer A")
    for node in list(site.walk()):
        made.record_observed(node.id, observed_by(node))
    return made


@pytest.fixture
def cloud(loop: WindowLoop, project: Project) -> Iterator[Cloud]:
    """A practice cloud that knows the hotel."""

    async def introduce(url: str) -> None:
        async with CloudClient(url, PracticeSignIn(url)) as client:
            site = await client.create_site(
                "Hotel Adler", country_code="AT", time_zone="Europe/Vienna", owner_email="owner@example.com"
            )
            project.set_cloud_id("site", site.id)

    with Aside(served) as running:
        loop.run_until_complete(introduce(running.url))
        yield running


@pytest.fixture
def open_stage(
    loop: WindowLoop, project: Project, tmp_path: Path, qtbot
) -> Iterator[Callable[[str | None], Bench]]:
    """Open the stage with a cloud, or with none."""
    windows: list[MainWindow] = []

    def make(url: str | None) -> Bench:
        window = MainWindow(Memory(tmp_path / "settings"), Options(radio="none"))
        windows.append(window)
        window.show_site(Workspace(project, StillFeed(window), window.tasks, None, url))
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        loop.do(lambda: window.page.show_stage("handover"))
        return Bench(loop, window, project)

    yield make
    for window in windows:
        loop.run_until_complete(window.tasks.drain())
        window.leave_site()
        window.hide()
        window.deleteLater()
