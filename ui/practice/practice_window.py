"""Practice site control: you are the hands, the building and the bad luck."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from larry.errors import LarryError
from larry.services.practice_control import PracticeControl
from ui.components.chip import Chip
from ui.components.empty_state import EmptyState
from ui.components.note import Note
from ui.components.segmented import Segmented
from ui.components.sign import Sign
from ui.components.text import ElidedText, Text, line, panel
from ui.practice.air_card import AirCard
from ui.practice.break_card import BreakCard
from ui.practice.device_head import DeviceHead
from ui.practice.device_side import DeviceSide
from ui.practice.event_side import EventSide
from ui.practice.hand_acts import CARRY_M
from ui.practice.hands_card import HandsCard
from ui.practice.network_card import NetworkCard
from ui.practice.place_card import PlaceCard
from ui.practice.practice_feed import PracticeFeed
from ui.style.icons import icon

_SPEEDS = {"0": 0.0, "1": 1.0, "5": 5.0, "20": 20.0}
_SIDE_BY_SIDE = 620


class PracticeWindow(QWidget):
    """The second window."""

    def __init__(self, feed: PracticeFeed, site: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.feed = feed
        self.setObjectName("practice-window")
        self.setWindowTitle(self.tr("Practice site control – {site}").format(site=site))
        self.setWindowIcon(icon("flask-conical", "accent"))
        self.setMinimumSize(1000, 620)
        room = self.screen().availableGeometry()
        self.resize(min(1360, room.width() - 40), min(860, room.height() - 60))
        self._site = site
        self._chosen = ""
        self.running = Chip("", "accent", "circle-play")
        self.time = Segmented(
            self.tr("Speed of time"),
            [("0", self.tr("Hold"), "pause"), ("1", "1×", ""), ("5", "5×", ""), ("20", "20×", "")],
        )
        self._left, self._right = DeviceSide(), EventSide()
        self.search, self.list, self.events = self._left.search, self._left.list, self._right.events
        self.note = Note()
        self.head = DeviceHead()
        self.hands = HandsCard()
        self.air = AirCard()
        self.breaks = BreakCard()
        self.place = PlaceCard()
        self.network = NetworkCard()
        self._pages = QStackedWidget()
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()

    @property
    def device(self) -> dict[str, Any] | None:
        """The chosen device as it was last seen."""
        return self.feed.device(self._chosen)

    def choose(self, device_id: str) -> None:
        """Show a device; the list and the plan follow."""
        if self.feed.device(device_id) is None:
            return
        self._chosen = device_id
        self._left.choose(device_id)
        self.refresh()

    def refresh(self) -> None:
        """Show the world as it was last seen."""
        world = self.feed.world
        if not world:
            return
        self._show_speed(world["speed"])
        self._left.show_world(world)
        if self.device is None:
            self._chosen = world["devices"][0]["device_id"]
            self.list.choose(self._chosen)
        device = self.device
        assert device is not None
        at = device["position"]
        moved = self.feed.homes.get(self._chosen) != (at["x_m"], at["y_m"], at["level"])
        self.head.show_device(device)
        self.hands.show_device(device, moved)
        self.air.title.setText(self.tr("Air at {name}").format(name=device["name"]))
        self.air.show_device(device, self.feed)
        self.breaks.show_device(device, self.feed)
        self.place.show_world(world, self._chosen)
        self.network.show_world(self.feed)
        self._pages.setCurrentIndex(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.feed.set_watching(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.feed.set_watching(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= 1200
        self._left.setFixedWidth(320 if wide else 260)
        self._right.setFixedWidth(300 if wide else 250)
        self._sentence.setVisible(wide)

    # --- acts -------------------------------------------------------------------------------

    def do_act(self, act: str) -> None:
        """Do something with hands at the chosen device."""
        device = self.device
        if device is None:
            return
        device_id, at = device["device_id"], device["position"]
        home = self.feed.homes[device_id]
        far = (at["x_m"] + CARRY_M, at["y_m"], at["level"])
        acts = {
            "walk": lambda control: control.walk_to(device_id),
            "carry": lambda control: control.carry(device_id, *far),
            "home": lambda control: control.carry(device_id, *home),
        }
        self.feed.do(acts.get(act, lambda control: control.act(device_id, act)), f"{act}, {device['name']}")

    def switch(self, fault: str, on: bool, number: Any = None, *, at_device: bool = False) -> None:
        """Switch a fault of the building, or of the chosen device."""
        keys = {
            "cloud-slow": "seconds",
            "cloud-error": "code",
            "extra-loss-db": "db",
            "noise_db": "value",
            "loss": "value",
        }
        numbers: dict[str, Any] = {}
        if number is not None and fault in keys:
            numbers[keys[fault]] = number
        if at_device:
            numbers["device"] = self._chosen

        def act(control: PracticeControl) -> Awaitable[Any]:
            return control.fault(fault, on, **numbers)

        self.feed.do(act, fault)

    def _show_speed(self, speed: float) -> None:
        key = next((key for key, each in _SPEEDS.items() if each == speed), "")
        if key:
            self.time.choose(key)
        else:
            self.time.choose_none()
        words = self.tr("Speed of time: {n}×").format(n=f"{speed:g}") if speed else self.tr("Time is held")
        self.time.setToolTip(words)

    def _set_speed(self, key: str) -> None:
        speed = _SPEEDS[key]
        self.feed.do(lambda control: control.set_speed(speed), self.tr("Speed of time"))

    def _picked(self, device_id: str) -> None:
        if device_id != self._chosen:
            self._chosen = device_id
            self.note.hide()
            device = self.device
            if device is not None:
                self.place.show_floor_of(device)
            self.refresh()

    def _refused(self, error: LarryError) -> None:
        self.note.say("warn", error.what, " ".join(part for part in (error.why, error.remedy) if part))

    def _lost(self, lost: bool) -> None:
        if lost:
            self.running.set_chip(self.tr("Does not answer"), "error", "octagon-x")
            if not self.feed.world:
                self._pages.setCurrentIndex(1)
            self.note.say(
                "error",
                self.tr("The practice site does not answer."),
                self.tr(
                    "Larry asks again by itself. If it stays so, close the site and start practising again."
                ),
            )
        else:
            self.running.set_chip(
                self.tr("Running · {name}").format(name=self._site), "accent", "circle-play"
            )
            self.note.hide()
        self._middle.setEnabled(not lost)

    # --- wiring -----------------------------------------------------------------------------

    def _connect(self) -> None:
        feed = self.feed
        feed.world_changed.connect(self.refresh)
        feed.events_added.connect(lambda: self.events.show_events(feed.events))
        feed.refused.connect(self._refused)
        feed.lost_changed.connect(self._lost)
        self.list.chosen.connect(self._picked)
        self.time.chosen.connect(self._set_speed)
        self.hands.asked.connect(self.do_act)
        self.breaks.switched.connect(lambda fault, on, n: self.switch(fault, on, n, at_device=True))
        self.network.switched.connect(self.switch)
        self.air.switched.connect(lambda fault, on, n, own: self.switch(fault, on, n, at_device=own))
        self.place.near_asked.connect(
            lambda key: feed.do(lambda control: control.walk_to(key), self.tr("Walk there"))
        )
        self.place.place_asked.connect(
            lambda x, y, level: feed.do(lambda control: control.walk_on(x, y, level), self.tr("Walk there"))
        )
        self.place.device_chosen.connect(self.choose)
        self._key(self.tr("Find a device"), ["Ctrl+F", "Ctrl+K"], self.search.setFocus)
        self._key(self.tr("Close this window"), ["Ctrl+W"], self.close)
        self._key(self.tr("Next pane"), ["F6"], self._next_pane)
        self._lost(False)

    def _key(self, text: str, keys: list[str], act: Any) -> None:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    def _next_pane(self) -> None:
        first = self.hands.tile("walk")
        panes = [self.list, *([first] if first is not None else []), self.place.plan, self.events]
        now = next((n for n, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(now + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    # --- layout -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self._left)
        columns.addWidget(line("v"))
        columns.addWidget(self._middle_side(), 1)
        columns.addWidget(line("v"))
        columns.addWidget(self._right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._top())
        whole.addWidget(line())
        whole.addLayout(columns, 1)

    def _top(self) -> QFrame:
        bar = panel("surface")
        bar.setFixedHeight(52)
        row = QHBoxLayout(bar)
        row.setContentsMargins(18, 0, 14, 0)
        row.setSpacing(12)
        self._sentence = ElidedText(
            self.tr("You are the hands, the building and the bad luck."), "base", "text2"
        )
        row.addWidget(Sign("flask-conical", "accent", 20))
        row.addWidget(Text(self.tr("Practice site control"), "heading"))
        row.addWidget(self.running)
        row.addWidget(self._sentence, 1)
        row.addStretch(0)
        row.addWidget(Text(self.tr("Time"), "medium"))
        row.addWidget(self.time)
        return bar

    def _middle_side(self) -> QWidget:
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addWidget(self.note)
        column.addWidget(self.head)
        column.addWidget(self.hands)
        self._pair.setSpacing(14)
        self._pair.addWidget(self.air, 1)
        self._pair.addWidget(self.breaks, 1)
        column.addLayout(self._pair)
        column.addWidget(self.place)
        column.addWidget(self.network)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._middle)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._middle.setProperty("plain", "true")
        waiting = EmptyState()
        waiting.say(
            "flask-conical",
            self.tr("Looking at the practice site"),
            self.tr("Its devices appear as soon as it answers."),
        )
        self._pages.addWidget(area)
        self._pages.addWidget(waiting)
        self._pages.setCurrentIndex(1)
        return self._pages
