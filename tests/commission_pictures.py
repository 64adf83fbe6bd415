"""Pictures of Commission: a real practice site, commissioned up to a lock that waits for its card."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication, QWidget

from larry import bootstrap
from larry.services.commission.physical_act import PhysicalAct
from larry.services.practice_control import PracticeControl
from larry.services.practice_project import create_practice_project, read_stickers, read_wifi_note
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite
from ui.components.led_light import blink_clock
from ui.shell.main_window import MainWindow
from ui.stages.commission.commission_stage import CommissionStage
from ui.style.theme import theme
from ui.workspace import Workspace

SPEED = 20.0
DOORS_DONE = 5
LOOKS = ("light", "dark")
Take = Callable[[QWidget, str], None]


def take_commission(application: QApplication, window: MainWindow, folder: Path, take: Take) -> None:
    """Commission a part of the hotel and take the pictures; the window is closed afterwards."""
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_pictures(window, folder, take))
    asyncio.set_event_loop(None)


async def _pictures(window: MainWindow, folder: Path, take: Take) -> None:
    async with PracticeSite(seed=4711, speed=SPEED) as practice:
        service = bootstrap.device_service(f"hci:{practice.hci}", [])
        await asyncio.to_thread(service.start)
        try:
            await _job(window, folder, practice, service, take)
        finally:
            await window.tasks.drain()
            window.feed.use(None)
            await asyncio.to_thread(service.close)
            window.leave_site()
            window.hide()


async def _job(window: MainWindow, folder: Path, practice: PracticeSite, service: Any, take: Take) -> None:
    project = create_practice_project(
        folder / "commission.larry",
        lambda path, site: Project.create(path, site, passphrase=lambda: "practice"),
    )
    window.feed.use(service, "practice")
    where = {"cloud": practice.cloud, "control": practice.control}
    window.show_site(Workspace(project, window.feed, window.tasks, where))
    assert window.page is not None
    window.page.show_stage("commission")
    stage = window.page.stages["commission"]
    assert isinstance(stage, CommissionStage)
    blink_clock().set_moving(False)
    async with PracticeControl(practice.control) as control:
        await _in_both(window, take, "commission-start")
        world = await control.world()
        read_stickers(project, world)
        stage.host.set_wifi("Adler-Staff", "edelweiss-of-last-year")
        stage.host.start()
        await _until(lambda: _words(stage) == "waits.window")
        await _in_both(window, take, "commission-reset")
        await _help(stage, control)
        await _until(lambda: _words(stage) == "waits.wifi-password-again")
        await _in_both(window, take, "commission-password")
        note = read_wifi_note(world, "Adler-Staff")
        stage.host.provide(stage.viewed, "wifi_password", note or "")
        while stage.host.board().done < DOORS_DONE or _words(stage) != "waits.card":
            await _help(stage, control)
            await asyncio.sleep(0.3)
        await asyncio.sleep(0.4)
        await _in_both(window, take, "commission")
    stage.open_led_helper()
    helper = stage.helper
    assert helper is not None
    helper.choose_kind("iq")
    helper.choose("green", "every-second")
    for look in LOOKS:
        theme().set_mode(look)
        await asyncio.sleep(0.1)
        take(helper, f"led-helper-{look}")
    helper.close()
    blink_clock().set_moving(True)


async def _in_both(window: MainWindow, take: Take, name: str) -> None:
    for look in LOOKS:
        theme().set_mode(look)
        await asyncio.sleep(0.15)
        assert window.page is not None
        window.page.toast.hide()
        take(window, f"{name}-{look}")


async def _help(stage: CommissionStage, control: PracticeControl) -> None:
    """Do what the wait asks for, as somebody in the building would."""
    act = stage.host.board().act
    if act is None or act.act is None:
        return
    device_id = stage.workspace.project.site.nodes[act.act_on].device_id or ""
    perform: Awaitable[object] = (
        control.walk_to(device_id) if act.act is PhysicalAct.GO_TO else control.act(device_id, act.act.value)
    )
    await perform


def _words(stage: CommissionStage) -> str:
    act = stage.host.board().act
    return act.words if act is not None else ""


async def _until(condition: Callable[[], bool], timeout_s: float = 60.0) -> None:
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110 - the window tells by its look only
            await asyncio.sleep(0.05)
