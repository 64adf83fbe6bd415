"""The practice control window over a real practice site: hands, faults, air, place, time, what happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aside import Aside
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from small_site import small_site
from window_loop import WindowLoop, window_loop
from window_tools import StillFeed

from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite
from ui.bridge.tasks import Tasks
from ui.options import Options
from ui.practice.device_rows import HeadingRow, rows_of
from ui.practice.practice_feed import PracticeFeed
from ui.practice.practice_window import PracticeWindow
from ui.shell.main_window import MainWindow
from ui.shell.memory import Memory
from ui.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
ROOM = "Room 103"


@pytest.fixture
def loop(dressed) -> Iterator[WindowLoop]:
    with window_loop(dressed) as made:
        yield made


@pytest.fixture
def beside() -> Aside:
    """The hotel beside the window, as its process would be."""
    return Aside(lambda: PracticeSite(seed=7))


@pytest.fixture
def practice(beside: Aside) -> Iterator[PracticeSite]:
    """The hotel, running; only `beside.call` may change it, looking is free."""
    with beside as site:
        yield site


@pytest.fixture
def window(loop: WindowLoop, practice: PracticeSite) -> Iterator[PracticeWindow]:
    tasks = Tasks()
    window = PracticeWindow(PracticeFeed(practice.control, tasks, tasks), "Hotel Adler")
    loop.do(window.show)
    loop.wait(lambda: window.device is not None)
    yield window
    window.close()
    loop.run_until_complete(tasks.drain())
    window.deleteLater()


def real(practice: PracticeSite, name: str):
    return next(device for device in practice.world if device.name == name)


def choose(loop: WindowLoop, window: PracticeWindow, name: str) -> None:
    device_id = next(d["device_id"] for d in window.feed.world["devices"] if d["name"] == name)
    loop.do(lambda: window.choose(device_id))
    assert window.device["name"] == name


def press(loop: WindowLoop, window: PracticeWindow, act: str) -> None:
    loop.do(lambda: QTest.mouseClick(window.hands.tile(act), LEFT))


def test_all_devices_are_listed_with_their_light(window: PracticeWindow) -> None:
    assert window._left.count.text() == "31"
    assert len([row for row in window.list.devices.rows if not isinstance(row, HeadingRow)]) == 31
    index = window.list.devices.index(0)
    assert "light" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_hands_do_what_they_say(loop: WindowLoop, window: PracticeWindow, practice: PracticeSite) -> None:
    choose(loop, window, ROOM)
    press(loop, window, "batteries-out")
    loop.wait(lambda: not window.device["powered"])
    assert not real(practice, ROOM).powered
    assert window.hands.tile("batteries-out") is None
    assert "waited for" in window.hands.tile("batteries-in").accessibleName()
    press(loop, window, "batteries-in")
    loop.wait(lambda: window.device["powered"])
    press(loop, window, "door-open")
    loop.wait(lambda: real(practice, ROOM).door_open and window.hands.tile("door-closed"))
    press(loop, window, "maintenance-card")
    loop.wait(lambda: any(ROOM in event["text"] and "card" in event["text"] for event in window.feed.events))
    loop.wait(lambda: "card" in window.events.text())


def test_a_waiting_lock_says_so(
    loop: WindowLoop, window: PracticeWindow, practice: PracticeSite, beside: Aside
) -> None:
    lock = real(practice, ROOM)
    iq = next(device for device in practice.world if device.name == "IQ Upper")
    beside.call(lambda: iq.links.attach(lock.device_id, None, "lock"))
    choose(loop, window, ROOM)
    loop.wait(lambda: window.device["state"] == "attached_pending")
    window.refresh()
    assert "waited for" in window.hands.tile("maintenance-card").accessibleName()
    row = window.list.devices.rows[window.list.devices.row_of(lock.device_id)]
    assert row.depth == 1


def test_carried_away_and_back(loop: WindowLoop, window: PracticeWindow, practice: PracticeSite) -> None:
    choose(loop, window, ROOM)
    home = real(practice, ROOM).position.x_m
    press(loop, window, "carry")
    loop.wait(lambda: window.hands.tile("home") is not None)
    assert real(practice, ROOM).position.x_m == home + 5
    press(loop, window, "home")
    loop.wait(lambda: window.hands.tile("carry") is not None)
    assert real(practice, ROOM).position.x_m == home


def test_faults_are_switched_and_shown_as_they_are(
    loop: WindowLoop, window: PracticeWindow, practice: PracticeSite
) -> None:
    choose(loop, window, ROOM)
    window.list.setFocus()
    loop.do(window.breaks.rows["battery-low"].switch.click)
    loop.wait(lambda: real(practice, ROOM).battery_percent == 5)
    loop.wait(lambda: window.breaks.rows["battery-low"].switch.isChecked())
    choose(loop, window, "Room 104")
    assert not window.breaks.rows["battery-low"].switch.isChecked()
    assert not window.breaks.rows["radio-fault"].isVisibleTo(window)
    slow = window.network.rows["cloud-slow"]
    slow.number.setValue(7)
    loop.do(slow.switch.click)
    loop.wait(lambda: practice.world.faults.cloud_slow_s == 7)
    assert slow.switch.isChecked()
    loop.do(lambda: slow.number.setValue(9))
    loop.wait(lambda: practice.world.faults.cloud_slow_s == 9)
    loop.do(slow.switch.click)
    loop.wait(lambda: practice.world.faults.cloud_slow_s == 0)
    loop.do(window.network.rows["cloud-offline"].switch.click)
    loop.wait(lambda: practice.world.network.cloud_offline)


def test_the_air_follows_the_sliders(
    loop: WindowLoop, window: PracticeWindow, practice: PracticeSite
) -> None:
    choose(loop, window, ROOM)
    before = window.device["rssi_dbm"]
    loop.do(lambda: window.air.loss_db.slider.setValue(12))
    loop.wait(lambda: real(practice, ROOM).extra_loss_db == 12)
    loop.wait(lambda: window.device["rssi_dbm"] == before - 12)
    loop.do(lambda: window.air.lost.slider.setValue(30))
    loop.wait(lambda: practice.world.faults.loss == pytest.approx(0.3))
    loop.do(lambda: window.air.loss_db.slider.setValue(0))
    loop.wait(lambda: real(practice, ROOM).extra_loss_db == 0)


def test_the_laptop_is_dragged_and_walks(
    loop: WindowLoop, window: PracticeWindow, practice: PracticeSite
) -> None:
    plan = window.place.plan
    start = plan._laptop_at().toPoint()
    goal = plan.to_screen(20.0, 8.0).toPoint()
    loop.do(lambda: QTest.mousePress(plan, LEFT, pos=start))
    loop.do(lambda: QTest.mouseMove(plan, goal))
    loop.do(lambda: QTest.mouseRelease(plan, LEFT, pos=goal))
    loop.wait(
        lambda: abs(practice.world.laptop.x_m - 20.0) < 0.3 and abs(practice.world.laptop.y_m - 8.0) < 0.3
    )
    x_m = practice.world.laptop.x_m
    loop.do(lambda: QTest.keyClick(plan, Qt.Key.Key_Left))
    loop.wait(lambda: practice.world.laptop.x_m == pytest.approx(x_m - 1))
    choose(loop, window, "Room 201")
    press(loop, window, "walk")
    loop.wait(lambda: practice.world.laptop.level == 2 and window.place.level() == 2)


def test_a_click_on_the_plan_chooses_a_device(loop: WindowLoop, window: PracticeWindow) -> None:
    plan = window.place.plan
    room = next(d for d in window.feed.world["devices"] if d["name"] == "Room 110")
    at = plan.to_screen(room["position"]["x_m"], room["position"]["y_m"]).toPoint()
    loop.do(lambda: QTest.mouseClick(plan, LEFT, pos=at))
    assert window.device["name"] == "Room 110"


def test_time_runs_faster_and_holds(loop: WindowLoop, window: PracticeWindow, practice: PracticeSite) -> None:
    for key, speed in (("20", 20.0), ("0", 0.0), ("1", 1.0)):
        loop.do(window.time._buttons[key].click)
        loop.wait(lambda speed=speed: practice.world.timers.clock.speed == speed)


def test_a_refusal_is_told(loop: WindowLoop, window: PracticeWindow) -> None:
    loop.do(lambda: window.do_act("fly"))
    loop.wait(window.note.isVisible)
    assert "fly" in window.note.title.text()


def test_a_site_that_ends_is_told_and_nothing_can_be_pressed(loop: WindowLoop) -> None:
    tasks = Tasks()
    with Aside(lambda: PracticeSite(seed=7)) as site:
        window = PracticeWindow(PracticeFeed(site.control, tasks, tasks), "Hotel Adler")
        loop.do(window.show)
        loop.wait(lambda: window.device is not None)
    loop.do(window.feed.poll)
    loop.wait(lambda: window.feed.lost)
    assert window.note.isVisible()
    assert not window.hands.tile("walk").isEnabled()
    window.close()
    loop.run_until_complete(tasks.drain())
    window.deleteLater()


def test_nothing_is_asked_while_nobody_looks(loop: WindowLoop, window: PracticeWindow) -> None:
    assert window.feed._timer.isActive()
    loop.do(window.close)
    assert not window.feed._timer.isActive()


def test_search_narrows_the_list(loop: WindowLoop, window: PracticeWindow) -> None:
    loop.do(lambda: window.search.setText("room 10"))
    assert len(window.list.devices.rows) == 9
    choose(loop, window, "Spa entrance")
    assert window.search.text() == ""


def test_a_tree_without_a_device_of_the_world_stays_whole() -> None:
    iq = {
        "device_id": "A",
        "name": "IQ",
        "kind": "iq",
        "tree": [
            {"device_id": "gone", "parent": None},
            {"device_id": "B", "parent": "A"},
            {"device_id": "B", "parent": None},
        ],
    }
    lock = {"device_id": "B", "name": "Door", "kind": "lock"}
    rows = rows_of({"devices": [iq, lock]})
    assert [(row.device["name"], row.depth) for row in rows] == [("IQ", 0), ("Door", 1)]


def test_every_control_has_a_name_and_the_model_its_rules(loop: WindowLoop, window: PracticeWindow) -> None:
    tester = QAbstractItemModelTester(
        window.list.devices, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    loop.do(window.feed.poll)
    del tester
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QSpinBox, QAbstractItemView)
    unnamed = []
    for widget in window.findChildren(QWidget):
        inside = isinstance(widget.parent(), (QComboBox, QSpinBox, QLineEdit, QAbstractItemView))
        scroll = widget.metaObject().className() == "QScrollBar" or not widget.isVisibleTo(window)
        if (
            isinstance(widget, kinds)
            and not inside
            and not scroll
            and not widget.objectName().startswith("qt_")
        ):
            face = QAccessible.queryAccessibleInterface(widget)
            if not face.text(QAccessible.Text.Name):
                unnamed.append(widget)
    assert not unnamed


def test_the_chip_opens_the_control_of_the_selected_device(
    loop: WindowLoop, practice: PracticeSite, tmp_path
) -> None:
    main = MainWindow(Memory(tmp_path / "settings"), Options(radio="none"))
    project = Project.create(tmp_path / "site.larry", small_site())
    where = {"cloud": practice.cloud, "control": practice.control}
    main.show_site(Workspace(project, StillFeed(main), main.tasks, where))
    main.show()
    lock = next(node for node in project.site.walk() if node.name == "Room 102")
    main.page.workspace.select(lock.id)
    loop.do(lambda: QTest.mouseClick(main.page.top.practice_chip, LEFT, pos=QPoint(10, 10)))
    window = main.page.practice.window
    assert window is not None
    loop.wait(lambda: window.device is not None and window.device["name"] == "Room 102")
    loop.run_until_complete(main.tasks.drain())
    main.leave_site()
    main.hide()
    main.deleteLater()
