"""What the practice site looks like now and what happens in it, fetched while it is in view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from larry.errors import LarryError, UnreachableError
from larry.services.practice_control import PracticeControl
from ui.bridge.tasks import Tasks

INTERVAL_MS = 600
MOST_EVENTS = 600
Act = Callable[[PracticeControl], Awaitable[Any]]


class PracticeFeed(QObject):
    """Eyes and hands on one practice site.

    Attributes:
        world: the last answer of the control API, {} before the first one.
        events: what happened, oldest first.
        homes: where each device was when it was first seen: (x_m, y_m, level).

    Signals:
        world_changed: there is a new look at the world.
        events_added: something happened.
        refused: an act was refused; carries the `LarryError`.
        lost_changed: True when the practice site stopped to answer, False when it answers again.
    """

    world_changed = Signal()
    events_added = Signal()
    refused = Signal(object)
    lost_changed = Signal(bool)

    def __init__(self, control_url: str, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.world: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.homes: dict[str, tuple[float, float, int]] = {}
        self.lost = False
        self._url, self._tasks = control_url, tasks
        self._asking = False
        self._acts = 0
        self._acts_at_look = 0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.poll)

    def set_watching(self, watching: bool) -> None:
        """Look while somebody watches."""
        if watching:
            self._timer.start()
            self.poll()
        else:
            self._timer.stop()

    def poll(self) -> None:
        """Look once; an answer that is still awaited is not asked for twice."""
        if not self._asking:
            self._asking = True
            self._acts_at_look = self._acts
            name = self.tr("Look at the practice site")
            if self._tasks.start(self._look(), name, done=self._seen, failed=self._not_seen) is None:
                self._asking = False

    def do(self, act: Act, name: str) -> None:
        """Do something in the practice site, then look.

        Args:
            act: gets the control; `lambda control: control.act("Room 103", "tag")`.
            name: for people.
        """
        self._acts += 1
        self._tasks.start(self._do(act), name, done=self._done, failed=self._not_done)

    def device(self, device_id: str) -> dict[str, Any] | None:
        """Return a device as it was last seen."""
        return next((each for each in self.world.get("devices", ()) if each["device_id"] == device_id), None)

    def fault(self, name: str, device: str = "") -> Any:
        """Return the numbers of a fault that is on (True without numbers), None when it is off."""
        return self.world.get("faults", {}).get(f"{name}:{device}" if device else name)

    async def _look(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        last = self.events[-1]["number"] if self.events else 0
        async with PracticeControl(self._url) as control:
            return await control.world(), await control.events(last)

    async def _do(self, act: Act) -> None:
        async with PracticeControl(self._url) as control:
            await act(control)

    def _done(self, _nothing: object) -> None:
        self._acts += 1
        self.poll()

    def _seen(self, answer: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
        self._asking = False
        if self._acts != self._acts_at_look:
            self.poll()  # it shows the world before an act: a switch would jump back for a moment
            return
        self.world, news = answer
        for device in self.world["devices"]:
            at = device["position"]
            self.homes.setdefault(device["device_id"], (at["x_m"], at["y_m"], at["level"]))
        self._set_lost(False)
        self.world_changed.emit()
        if news:
            last = self.events[-1]["number"] if self.events else 0
            self.events = [*self.events, *(each for each in news if each["number"] > last)][-MOST_EVENTS:]
            self.events_added.emit()

    def _not_seen(self, error: LarryError) -> None:
        self._asking = False
        self._set_lost(True)

    def _not_done(self, error: LarryError) -> None:
        self._acts += 1
        self.poll()
        if isinstance(error, UnreachableError):
            self._set_lost(True)
        else:
            self.refused.emit(error)

    def _set_lost(self, lost: bool) -> None:
        if lost != self.lost:
            self.lost = lost
            self.lost_changed.emit(lost)
