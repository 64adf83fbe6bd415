"""The Commission stage over a real practice site, and over a plan without devices."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from small_site import small_site
from window_loop import WindowLoop, window_loop

from larry import bootstrap
from larry.domain.site import Site
from larry.services.commission.job_clock import SystemJobClock
from larry.services.commission.step_state import StepState
from larry.services.practice_control import PracticeControl
from larry.services.practice_project import create_practice_project, read_stickers, read_wifi_note
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite
from ui.actions.action_book import ActionBook
from ui.bridge.device_feed import DeviceFeed
from ui.bridge.tasks import Tasks
from ui.notice import Notice
from ui.stages.commission.commission_stage import CommissionStage
from ui.workspace import Workspace

SPEED = 20.0
SSID = "Adler-Staff"
PASSPHRASE = "practice"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def aio(dressed: QApplication) -> Iterator[WindowLoop]:
    """The window's loop; an error nobody took fails the test."""
    with window_loop(dressed) as loop:
        yield loop


@dataclass
class Bench:
    """One open site with its Commission stage."""

    loop: WindowLoop
    window: QMainWindow
    workspace: Workspace
    stage: CommissionStage
    told: list[Notice] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    note: str = ""

    def node(self, name: str) -> str:
        """The id of the device of this name."""
        return next(node.id for node in self.workspace.project.site.walk() if node.name == name)

    def wait(self, condition: Callable[[], object], timeout_s: float = 20.0) -> None:
        """Run the loop until a condition holds."""
        try:
            self.loop.run_until_complete(_until(condition, timeout_s))
        except AssertionError:
            board = self.stage.host.board()
            story = f"It did not happen: {board.act}, told {self.told}, log {board.log}"
            raise AssertionError(story) from None

    def wait_for(self, words: str) -> StepState:
        """Run until the job waits in a situation of `commission.toml`; return the step."""
        self.wait(lambda: (act := self.stage.host.board().act) is not None and act.words == f"waits.{words}")
        self.settle()
        act = self.stage.host.board().act
        assert act is not None
        return act

    def settle(self) -> None:
        """Let what was told reach the widgets."""
        self.loop.run_until_complete(asyncio.sleep(0.15))

    def do(self, act: Callable[[], object]) -> None:
        """Do something in the running loop, as a Qt slot does, and let it work."""
        self.loop.run_until_complete(_in_loop(act))

    def click(self, button: Any) -> None:
        """Click a button as a person does."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        self.do(lambda: QTest.mouseClick(button, LEFT))

    def press(self, widget: Any, key: Qt.Key) -> None:
        """Press a key."""
        self.do(lambda: QTest.keyClick(widget, key))

    def end(self) -> None:
        """Stop the job and let it end."""
        self.stage.host.stop()
        self.wait(lambda: not self.stage.host.running)
        self.settle()

    def close(self) -> None:
        """Leave the site as the window does."""
        self.loop.run_until_complete(self.workspace.tasks.drain())
        self.stage.leave()
        self.workspace.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


async def _in_loop(act: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def run() -> None:
        try:
            done.set_result(act())
        except Exception as error:
            done.set_exception(error)

    loop.call_soon(run)
    await done
    await asyncio.sleep(0.05)


async def _until(condition: Callable[[], object], timeout_s: float) -> None:
    ends = asyncio.get_running_loop().time() + timeout_s
    while not condition():
        assert asyncio.get_running_loop().time() < ends
        await asyncio.sleep(0.02)


def open_stage(loop: WindowLoop, project: Project, practice: dict[str, Any] | None = None) -> Bench:
    """Put the stage of a project into a window."""
    window = QMainWindow()
    workspace = Workspace(project, DeviceFeed(window), Tasks(window), practice)
    workspace.actions = ActionBook(window)
    told: list[Notice] = []
    asked: list[str] = []
    workspace.told.connect(told.append)
    workspace.asked.connect(asked.append)
    stage = CommissionStage(workspace, SystemJobClock(SPEED))
    window.setCentralWidget(stage)
    window.resize(1440, 820)
    window.show()
    window.activateWindow()
    stage.activated()
    bench = Bench(loop, window, workspace, stage, told, asked)
    bench.settle()
    return bench


@pytest.fixture
def make_stage(aio: WindowLoop) -> Iterator[Callable[[Project], Bench]]:
    """Open the stage of a project, without devices."""
    made: list[Bench] = []

    def make(project: Project) -> Bench:
        made.append(open_stage(aio, project))
        return made[-1]

    yield make
    for bench in made:
        bench.close()


@pytest.fixture
def make_bench(make_stage: Callable[[Project], Bench], tmp_path: Path) -> Callable[[Site], Bench]:
    """Make the stage of any site, without devices."""

    def make(site: Site) -> Bench:
        return make_stage(Project.create(tmp_path / "site.larry", site, passphrase=lambda: PASSPHRASE))

    return make


@pytest.fixture
def plain(make_bench: Callable[[Site], Bench]) -> Bench:
    """The stage of the small site: nothing listens."""
    return make_bench(small_site())


@pytest.fixture
def practice() -> Iterator[PracticeSite]:
    """The hotel on a loop of its own, as a process would have it."""
    ready = threading.Event()
    held: dict[str, Any] = {}

    async def live() -> None:
        async with PracticeSite(seed=7, speed=SPEED) as site:
            held.update(site=site, loop=asyncio.get_running_loop(), ending=asyncio.Event())
            ready.set()
            await held["ending"].wait()

    thread = threading.Thread(target=lambda: asyncio.run(live()), name="practice site")
    thread.start()
    assert ready.wait(30)
    yield held["site"]
    held["loop"].call_soon_threadsafe(held["ending"].set)
    thread.join(30)
    assert not thread.is_alive()


@pytest.fixture
def hotel(aio: WindowLoop, practice: PracticeSite, tmp_path: Path) -> Iterator[Bench]:
    """The stage of the practice hotel, stickers read, over radio and cloud; hands are lent by its buttons.

    A test that leaves the job running ends it (`bench.end()`): Qt's events must not run it without its loop.
    """
    run: Callable[[Coroutine[Any, Any, Any]], Any] = aio.run_until_complete
    project = create_practice_project(
        tmp_path / "hotel.larry", lambda path, site: Project.create(path, site, passphrase=lambda: PASSPHRASE)
    )
    world = run(_world(practice.control))
    read_stickers(project, world)
    bench = open_stage(aio, project, {"cloud": practice.cloud, "control": practice.control})
    bench.note = read_wifi_note(world, SSID) or ""
    service = bootstrap.device_service(f"hci:{practice.hci}", [])
    service.start()
    bench.workspace.feed.use(service, "practice")
    yield bench
    bench.close()
    bench.workspace.feed.use(None)
    service.close()


async def _world(control: str) -> dict[str, Any]:
    async with PracticeControl(control) as eyes:
        return await eyes.world()
