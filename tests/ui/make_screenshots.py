"""Makes the pictures of README on the offscreen platform: start page and Design.

Run: `QT_QPA_PLATFORM=offscreen .venv/bin/python tests/ui/make_screenshots.py [FOLDER]`
Without FOLDER those that README shows go to resources/docs/screenshots; with it, all of them there.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
HOME = tempfile.mkdtemp()
os.environ["HOME"] = HOME

from commission_pictures import take_commission  # noqa: E402
from PySide6.QtCore import QPoint  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from stage_pictures import practice_picture, stage_pictures  # noqa: E402
from window_tools import StillFeed, close_window, design, drop_on  # noqa: E402

from larry.devices.found_device import DiscoverySnapshot, FoundDevice  # noqa: E402
from larry.domain.edits import Composite, MoveNode, SetLink, SetNode  # noqa: E402
from larry.domain.hardware import Link  # noqa: E402
from larry.services.check_laptop import LaptopCheck  # noqa: E402
from larry.services.practice_project import create_practice_project  # noqa: E402
from larry.services.project import Project  # noqa: E402
from ui.app import make_application  # noqa: E402
from ui.models.payload import Payload, nodes_mime  # noqa: E402
from ui.options import Options  # noqa: E402
from ui.shell.main_window import MainWindow  # noqa: E402
from ui.shell.memory import Memory, RecentSite  # noqa: E402
from ui.style.theme import theme  # noqa: E402
from ui.workspace import Workspace  # noqa: E402

SIZE = (1440, 900)
SKIPPED = frozenset(
    {"start-dark", "dragging-dark", "refused-light", "plan-light", "plan-dark", "plan-dragging-light"}
    | {"find-light", "find-dark", "commission-start-dark", "commission-password-light"}
    | {"commission-reset-light", "commission-reset-dark"}
)
"""Taken for looking at them only."""
_MARGINS = {"r1": 24, "l1": 19, "l2": 21, "l3": 14, "r2": 17, "l4": 16, "l5": 12, "l6": 9, "l7": 4, "r3": 18}
_IDS = {"iq1": "4A.21.7C", "r1": "0011223344556A", "r2": "0011223344559E", "l1": "00A1B2C37710C2"}
_ONLINE = ("iq1", "r1", "r2", "l1", "l2", "l3", "l4")


def hotel(folder: Path) -> Project:
    """Return the practice hotel in the middle of the job: part online, one waiting, one offline."""
    project = create_practice_project(folder / "hotel-adler.larry", Project.create)
    site = project.site
    edits = [SetNode(key, "device_id", value) for key, value in _IDS.items()]
    edits += [SetNode(f"l{n}", "device_id", f"00A1B2C35D{n:02X}{n * 29 % 256:02X}") for n in range(2, 8)]
    edits += [SetNode("iq2", "device_id", "4A.21.90"), MoveNode("l8", None)]
    for key, margin in _MARGINS.items():
        parent = site.nodes[key].parent or ""
        edits.append(SetLink(parent, key, Link(parent, key, margin - 72.0, margin - 75.0, 30, "door closed")))
    project.do(Composite(tuple(edits)), "Prepare the pictures")
    for key in _ONLINE:
        node = site.nodes[key]
        values = {"name": node.name, "parent": node.parent, "device_id": node.device_id}
        project.record_written(key, values)
        project.record_observed(key, {**values, "link_state": "attached", "online": True})
    for key, seen in (
        ("l5", {"link_state": "attached_pending"}),
        ("l7", {"link_state": "attached", "online": False}),
    ):
        node = site.nodes[key]
        values = {"name": node.name, "parent": node.parent, "device_id": node.device_id}
        project.record_written(key, {**values, "link_state": "attach sent"})
        project.record_observed(key, {**values, **seen})
    for key in ("l6", "iq2", "r3"):
        project.record_written(key, {"name": site.nodes[key].name, "parent": site.nodes[key].parent})
    return project


def heard() -> DiscoverySnapshot:
    """Return what would be heard there."""

    def device(
        kind: str, key: str, model: str, rssi_dbm: float, *ways: str, state: str = "ready"
    ) -> FoundDevice:
        speaks = ("smp", "group65") if kind != "unknown" else ("smp",)
        device_id = "" if kind == "unknown" else key
        return FoundDevice(
            key,
            device_id,
            kind,
            "",
            model,
            "3.4.1",
            state,
            rssi_dbm,
            0.0,
            ways or ("ble",),
            key,
            "",
            speaks,
            96,
        )  # type: ignore[arg-type]

    devices = (
        device("lock", "00A1B2C35D0D21", "escutcheon", -52, state="factory"),
        device("repeater", "00112233445FD3", "repeater-bluenet", -61, state="factory"),
        device("lock", "00A1B2C35D0D4F", "cylinder", -64, state="factory"),
        device("lock", "00A1B2C35D0E02", "escutcheon", -70, state="factory"),
        device("lock", "00A1B2C37710D8", "wall-reader", -77, state="factory"),
        device("unknown", "F0:12:34:56:78:9A", "", -71),
        device("iq", "4A.21.7C", "iq2-bluenet", -44, "ble", "serial", state="in-site"),
        device("iq", "4A.21.90", "iq2-bluenet-2022", -58, state="window-open"),
        device("repeater", "0011223344559E", "repeater-bluenet", -57, state="in-site"),
        device("lock", "00A1B2C35D0591", "escutcheon", -49, state="in-site"),
    )
    return DiscoverySnapshot(devices, (), True, 1)


def recent() -> list[RecentSite]:
    """Return sites in every state, oldest first."""
    rows = []
    now = datetime.now(UTC)
    for days, (name, devices, online, state, errors, acts) in enumerate(
        (
            ("Co-working Mill Lane", 22, 22, "released", 0, []),
            ("Harbour Office 4", 46, 46, "handed-over", 0, []),
            ("Lindenhof Clinic, wing B", 84, 0, "planning", 2, []),
            ("Hotel Adler", 31, 17, "commissioning", 0, ["Room 103", "Room 104", "Room 105"]),
        )
    ):
        path = Path(HOME) / "Sites" / f"{name.split(',')[0].casefold().replace(' ', '-')}.larry"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        at = (now - timedelta(days=(14, 2, 1, 0)[days], hours=1)).isoformat(timespec="seconds")
        rows.append(
            RecentSite(
                str(path), name, at, devices, online, errors, len(acts), state, name == "Hotel Adler", acts
            )
        )
    return rows


def laptop() -> list[LaptopCheck]:
    """Return what a good laptop says."""
    return [
        LaptopCheck("Bluetooth", "ok", "Built-in adapter, can scan and connect."),
        LaptopCheck("Serial ports", "ok", "/dev/ttyACM0."),
        LaptopCheck("Keyring", "ok", "The system's keyring keeps the keys of your projects."),
        LaptopCheck("Report", "ok", "typst and the bundled fonts are ready."),
        LaptopCheck("Disk", "ok", "48.2 GB free in this folder."),
    ]


class Camera:
    """Takes pictures of a window into a folder."""

    def __init__(self, folder: Path, application: QApplication, skipped: frozenset[str]) -> None:
        self._folder, self._application, self._skipped = folder, application, skipped
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, widget: QWidget, name: str, *, settle: bool = True) -> None:
        """Take one; layouts have settled before. Inside a running loop `settle` must be False."""
        for _ in range(4 if settle else 0):
            self._application.sendPostedEvents()
            self._application.processEvents()
        if name in self._skipped:
            return
        path = self._folder / f"{name}.png"
        widget.grab().save(str(path))
        sys.stdout.write(path.name + "\n")


def window_of(folder: Path) -> MainWindow:
    """Return a window with recent sites and a good laptop."""
    memory = Memory(folder / "settings")
    memory.set_text("sites/recent", json.dumps([asdict(row) for row in reversed(recent())]))
    window = MainWindow(memory, Options(radio="none"))
    window.start.laptop.show_checks(laptop())
    window.resize(*SIZE)
    window.show()
    return window


def design_pictures(camera: Camera, window: MainWindow, look: str) -> None:
    """Take the workspace and what happens while something is dragged."""
    stage, workspace = design(window), window.page.workspace
    workspace.select("l5")
    camera.take(window, f"workspace-{look}")
    workspace.select("l8")
    stage._dragging(Payload(node_id="l8"))
    camera.take(window, f"dragging-{look}")
    stage._dragging(None)
    tree = stage.tree.tree
    at = tree.visualRect(stage.tree.model.index_of("r3")).center()
    drop_on(tree.viewport(), nodes_mime(["l8"]), QPoint(at.x(), at.y()))
    camera.take(window, f"refused-{look}")
    card = stage.card()
    if card is not None:
        card.dismiss()
    stage.tree.show_view("plan")
    camera.take(window, f"plan-{look}")
    stage._dragging(Payload(node_id="l8"))
    camera.take(window, f"plan-dragging-{look}")
    stage._dragging(None)
    stage.tree.show_view("tree")
    window.book["find"].trigger()
    window.page.find.field.setText("room 1")
    camera.take(window, f"find-{look}")
    window.page.find.hide()


def main() -> None:
    """Take all pictures."""
    all_of_them = len(sys.argv) > 1
    folder = Path(sys.argv[1]) if all_of_them else ROOT / "resources" / "docs" / "screenshots"
    application = make_application()
    camera = Camera(folder, application, frozenset() if all_of_them else SKIPPED)
    for look in ("light", "dark"):
        place = Path(tempfile.mkdtemp())
        theme().install(application, look)
        window = window_of(place)
        camera.take(window, f"start-{look}")
        feed = StillFeed(window)
        window.show_site(Workspace(hotel(place), feed, window.tasks, {"cloud": "", "control": ""}))
        feed.put(heard())
        application.processEvents()
        design_pictures(camera, window, look)
        close_window(window)
        stage_pictures(camera, place, look)
        practice_picture(camera, application, look)
    place = Path(tempfile.mkdtemp())
    window = window_of(place)
    take_commission(application, window, place, lambda widget, name: camera.take(widget, name, settle=False))


if __name__ == "__main__":
    main()
