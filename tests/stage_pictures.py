"""Pictures of Hand over, History and the practice control, for `tests/ui/make_screenshots.py`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aside import Aside
from finished_site import finished_site, observed_by
from PySide6.QtWidgets import QApplication
from window_loop import window_loop
from window_tools import StillFeed, close_window

from larry.domain.edits import AddNode, MoveNode, SetNode, SetSite
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite
from ui.bridge.tasks import Tasks
from ui.options import Options
from ui.practice.practice_feed import PracticeFeed
from ui.practice.practice_window import PracticeWindow
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory
from ui.workspace import Workspace

_CLOUD = "http://127.0.0.1:9"


def stage_pictures(camera: Any, folder: Path, look: str) -> None:
    """Take Hand over and History of a hotel that is nearly done."""
    project = _nearly_done(folder)
    window = MainWindow(Memory(folder / "stage-settings"), Options(radio="none"))
    window.show_site(Workspace(project, StillFeed(window), window.tasks, {"cloud": _CLOUD, "control": ""}))
    window.resize(1440, 900)
    window.show()
    for stage in ("handover", "history"):
        window.page.show_stage(stage)
        QApplication.processEvents()
        window.page.stages[stage].refresh()  # type: ignore[attr-defined]
        camera.take(window, f"{stage}-{look}")
    close_window(window)


def practice_picture(camera: Any, application: QApplication, look: str) -> None:
    """Take the practice control while a lock waits for its card."""
    beside = Aside(lambda: PracticeSite(seed=4711))
    with window_loop(application) as loop, beside as site:
        beside.call(lambda: _busy_morning(site))
        loop.wait(lambda: _attached(site, "Room 102"))
        beside.call(lambda: _now_room_103(site))
        tasks = Tasks()
        window = PracticeWindow(PracticeFeed(site.control, tasks, tasks), "Hotel Adler")
        window.resize(1440, 900)
        loop.do(window.show)
        loop.wait(lambda: window.device is not None)
        room = next(d for d in window.feed.world["devices"] if d["name"] == "Room 103")
        loop.do(lambda: window.choose(room["device_id"]))
        loop.do(window.feed.poll)
        window.feed.set_watching(False)
        camera.take(window, f"practice-control-{look}")
        window.close()
        loop.run_until_complete(tasks.drain())
        window.deleteLater()


def _busy_morning(site: PracticeSite) -> None:
    """Hang part of the hotel on its IQs, as a morning of work would."""
    world = site.world
    world.set_speed(20.0)
    by_name = {device.name: device for device in world}
    for iq, repeater, locks in (
        ("IQ Lobby", "Rep 1", ("Main entrance", "Back office", "Luggage room")),
        ("IQ Lobby", "Rep 2", ("Linen store", "Room 105", "Lift lobby")),
        ("IQ Upper", "Rep 3", ("Room 101", "Room 102")),
    ):
        tree: Any = by_name[iq]
        above: Any = by_name[repeater]
        tree.links.attach(above.device_id, None, "repeater")
        above.hold_reset(2)
        for name in locks:
            lock: Any = by_name[name]
            tree.links.attach(lock.device_id, above.device_id, "lock")
            lock.present_maintenance_card()


def _attached(site: PracticeSite, name: str) -> bool:
    lock: Any = next(device for device in site.world if device.name == name)
    return bool(lock.link_state == "attached" and lock.online)


def _now_room_103(site: PracticeSite) -> None:
    """Stop at the moment when one lock waits for its card."""
    world = site.world
    world.set_speed(1.0)
    by_name: dict[str, Any] = {device.name: device for device in world}
    by_name["IQ Upper"].links.attach(by_name["Room 103"].device_id, by_name["Rep 3"].device_id, "lock")
    by_name["IQ Upper"].hold_reset(2)
    world.faults.set("cloud-slow", True, {"seconds": 4})
    world.faults.set("extra-loss-db", True, {"device": by_name["Room 103"].device_id, "db": 6})
    by_name["Fire door east"].set_power(False)


def _nearly_done(folder: Path) -> Project:
    """Return a finished hotel with a lock that went offline, an address that is missing and some history."""
    site = finished_site()
    clock = [datetime.now(UTC) - timedelta(hours=26)]

    def now() -> datetime:
        clock[0] += timedelta(seconds=61)
        return min(clock[0], datetime.now(UTC))

    project = Project.create(folder / "nearly-done.larry", site, who="Installer A", now=now)
    project.do(SetNode("l11", "name", "Fire door east"), "Rename Room 102")
    project.do(SetNode("l12", "name", "Linen store"), "Rename Room 103")
    project.do(MoveNode("l12", "iq1"), "Move Linen store to IQ 1")
    project.undo()
    node = Node("l13", Kind.LOCK, "escutcheon", "Roof terrace", "r1", "f0", 8.0, 4.0)
    project.do(AddNode(node), "Add Roof terrace below Rep 1")
    project.undo()
    clock[0] = datetime.now(UTC) - timedelta(minutes=50)
    for each in list(site.walk()):
        project.record_observed(each.id, observed_by(each))
    project.do(SetSite("owner_email", None), "Change the owner's e-mail")
    project.record_observed("l11", {"online": False, "led": "red solid"})
    project.record_observed("iq2", {"led": "purple solid"})
    project.note("IQ 1 and its 4 devices commissioned", "device", frozenset({"iq1"}))
    project.do(SetNode("l20", "device_id", "00A1B2C35D0D21"), "Room 201: assign 00A1B2C35D0D21", "device")
    return project
