"""The whole practice site: building, devices, network, laptop, faults, log."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from larry.simulator.world.building_network import BuildingNetwork
from larry.simulator.world.clock import Clock, ManualClock
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.event_log import EventLog
from larry.simulator.world.faults import Faults
from larry.simulator.world.foreign_device import ForeignDevice
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.position import Position
from larry.simulator.world.propagation import BuildingWall, RadioModel
from larry.simulator.world.repeater import SimulatedRepeater
from larry.simulator.world.timer_queue import TimerQueue
from larry.simulator.world.timings import Timings


class World:
    """Everything that is true. Sync and single-threaded; whoever owns it runs its timers.

    Args:
        name: of the site.
        clock: source of virtual time.
        seed: of all chance in it.
        timings: how long things take.
        network: the building's Wi-Fi.
        walls: of all levels.
        radio: how signals weaken.
        laptop: where the installer's laptop stands.
    """

    def __init__(
        self,
        name: str,
        clock: Clock,
        *,
        seed: int = 0,
        timings: Timings | None = None,
        network: BuildingNetwork | None = None,
        walls: Sequence[BuildingWall] = (),
        radio: RadioModel | None = None,
        laptop: Position | None = None,
    ) -> None:
        self.name = name
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret comes from it
        self.timers = TimerQueue(clock)
        self.timings = timings or Timings()
        self.network = network or BuildingNetwork()
        self.walls = tuple(walls)
        self.radio = radio or RadioModel()
        self.laptop = laptop or Position(0.0, 0.0)
        self.events = EventLog()
        self.faults = Faults(self)
        self._devices: dict[str, SimulatedDevice] = {}
        self._subscribers: list[Callable[[SimulatedDevice], None]] = []

    # --- devices ------------------------------------------------------------------------

    def add(self, device: SimulatedDevice) -> None:
        """Put a device into the building.

        Raises:
            ValueError: its Device ID or name is taken.
        """
        if device.device_id in self._devices or any(device.name == other.name for other in self):
            raise ValueError(f"{device.name} ({device.device_id}) stands twice in the scenario")
        self._devices[device.device_id] = device

    def __iter__(self) -> Iterator[SimulatedDevice]:
        return iter(self._devices.values())

    @property
    def iqs(self) -> list[SimulatedIq]:
        """All IQs."""
        return [device for device in self if isinstance(device, SimulatedIq)]

    @property
    def repeaters(self) -> list[SimulatedRepeater]:
        """All repeaters."""
        return [device for device in self if isinstance(device, SimulatedRepeater)]

    @property
    def locks(self) -> list[SimulatedLock]:
        """All locks."""
        return [device for device in self if isinstance(device, SimulatedLock)]

    @property
    def foreign(self) -> list[ForeignDevice]:
        """Devices of other makers."""
        return [device for device in self if isinstance(device, ForeignDevice)]

    def device(self, device_id: str) -> SimulatedDevice | None:
        """Find a device by its Device ID."""
        return self._devices.get(device_id)

    def find(self, id_or_name: str) -> SimulatedDevice:
        """Find a device by Device ID or name.

        Raises:
            KeyError: there is none.
        """
        device = self._devices.get(id_or_name) or next((d for d in self if d.name == id_or_name), None)
        if device is None:
            raise KeyError(id_or_name)
        return device

    # --- radio ----------------------------------------------------------------------------

    def rssi_between_dbm(self, a: SimulatedDevice, b: SimulatedDevice) -> float | None:
        """Return the mean level between two devices; None when one is out of range of everything."""
        if a.out_of_range or b.out_of_range:
            return None
        level = self.radio.received_dbm(a.position, b.position, self.walls)
        level -= a.extra_loss_db + b.extra_loss_db
        level -= self.radio.door_open_db * sum(device.door_stands_open for device in (a, b))
        return level if level >= self.radio.sensitivity_dbm else None

    def rssi_at_laptop_dbm(self, device: SimulatedDevice) -> float | None:
        """Return the mean level at the laptop; None when it is out of range."""
        if device.out_of_range:
            return None
        level = self.radio.received_dbm(self.laptop, device.position, self.walls) - device.extra_loss_db
        return level if level >= self.radio.sensitivity_dbm else None

    def holds_link(self, a: SimulatedDevice, b: SimulatedDevice) -> bool:
        """Tell whether the two hold a link: both run and hear each other well enough."""
        level = self.rssi_between_dbm(a, b)
        return a.running and b.running and level is not None and level >= self.radio.link_limit_dbm

    def move_laptop(self, position: Position, where: str) -> None:
        """Carry the laptop somewhere."""
        self.laptop = position
        self.note("you", "laptop", f"the laptop stands {where}")

    # --- time and log -----------------------------------------------------------------------

    @property
    def now_s(self) -> float:
        """Virtual seconds since the start."""
        return self.timers.now_s

    def set_speed(self, speed: float) -> None:
        """Let virtual time run faster, slower, or (0) pause.

        Raises:
            ValueError: negative or over 1000.
        """
        self.timers.clock.set_speed(speed)
        self.timers.on_earlier()
        self.note("you", "speed", f"time {speed:g}×" if speed else "time paused")

    def advance(self, seconds: float) -> None:
        """Move a manual clock and run what became due, each at its own moment.

        Raises:
            TypeError: the clock follows real time.
        """
        clock = self.timers.clock
        if not isinstance(clock, ManualClock):
            raise TypeError("only a manual clock can be advanced")
        end_s = clock.now_s() + seconds
        while (due_s := self.timers.next_due_s) is not None and due_s <= end_s:
            clock.advance(max(0.0, due_s - clock.now_s()))
            self.timers.run_due()
        clock.advance(end_s - clock.now_s())

    def log(self, device: SimulatedDevice, source: str, what: str, text: str) -> None:
        """Write an event of a device."""
        self.events.add(self.now_s, source, what, device.name, device.device_id, text)

    def note(self, source: str, what: str, text: str) -> None:
        """Write an event of the site itself."""
        self.events.add(self.now_s, source, what, "", "", text)

    def changed(self, device: SimulatedDevice) -> None:
        """Tell the subscribers that a device looks or behaves differently now."""
        for tell in list(self._subscribers):
            tell(device)

    def subscribe(self, tell: Callable[[SimulatedDevice], None]) -> Callable[[], None]:
        """Call `tell` whenever a device changed; the result ends it."""
        self._subscribers.append(tell)
        return lambda: self._subscribers.remove(tell) if tell in self._subscribers else None
