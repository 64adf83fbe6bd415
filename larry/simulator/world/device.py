"""What all simulated devices share: identity, place, power, events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from larry.simulator.world.building_network import BuildingNetwork
from larry.simulator.world.firmware_slots import FirmwareSlots
from larry.simulator.world.led import LED_OFF, Led
from larry.simulator.world.position import Position
from larry.simulator.world.refusal import RefusalError
from larry.simulator.world.timer_queue import TimerQueue
from larry.simulator.world.timings import Timings


@dataclass(frozen=True, slots=True)
class Identity:
    """What is fixed in a device when it leaves the factory."""

    device_id: str
    kind: str
    model: str
    name: str
    """How the practice site calls it: the name of its place in the plan. The device does not know it."""
    firmware: str = "3.4.1"
    hardware: str = "1.2"
    mac: str = ""


class Site(Protocol):
    """What a device may ask of the world around it."""

    timers: TimerQueue
    timings: Timings
    network: BuildingNetwork

    def log(self, device: SimulatedDevice, source: str, what: str, text: str) -> None:
        """Write an event."""
        ...

    def changed(self, device: SimulatedDevice) -> None:
        """Tell everybody who shows the device."""
        ...

    def device(self, device_id: str) -> SimulatedDevice | None:
        """Find a device by its Device ID."""
        ...

    def holds_link(self, a: SimulatedDevice, b: SimulatedDevice) -> bool:
        """Tell whether the two hear each other well enough to hold a link."""
        ...


class SimulatedDevice:
    """Base of IQ, repeater, lock and foreign device.

    Attributes:
        powered: a device without power (or batteries) does nothing.
        out_of_range: fault: nobody hears it.
        extra_loss_db: fault: added to every path to it.
        clients: connections of apps over Bluetooth at this moment.
        slots: its firmware images.
    """

    def __init__(self, site: Site, identity: Identity, position: Position) -> None:
        self.site = site
        self.identity = identity
        self.position = position
        self.powered = True
        self.out_of_range = False
        self.extra_loss_db = 0.0
        self.clients = 0
        self.battery_percent: int | None = None
        self.slots = FirmwareSlots(identity.firmware, identity.device_id)
        self.identify_until_s = 0.0
        self.started_at_s = 0.0
        self.nameplate: dict[str, str] = {"site": "", "device": "", "parent": ""}

    @property
    def device_id(self) -> str:
        """The Device ID, its serial number."""
        return self.identity.device_id

    @property
    def kind(self) -> str:
        """`iq`, `repeater`, `lock` or `foreign`."""
        return self.identity.kind

    @property
    def name(self) -> str:
        """The name of its place."""
        return self.identity.name

    @property
    def now_s(self) -> float:
        """The virtual moment."""
        return self.site.timers.now_s

    @property
    def uptime_s(self) -> float:
        """Seconds since it got power."""
        return self.now_s - self.started_at_s

    @property
    def running(self) -> bool:
        """True when it has power and its program runs."""
        return self.powered

    @property
    def identifying(self) -> bool:
        """True while it blinks to be found."""
        return self.running and self.now_s < self.identify_until_s

    @property
    def led(self) -> Led:
        """What an eye sees."""
        return LED_OFF

    @property
    def state(self) -> str:
        """One stable word for what it is doing."""
        return "running" if self.running else "off"

    @property
    def in_site(self) -> bool:
        """True when it belongs to a site."""
        return False

    @property
    def factory(self) -> bool:
        """True when it is as it left the factory."""
        return not self.in_site

    @property
    def window_open(self) -> bool:
        """True while the button has opened the Bluetooth window."""
        return False

    @property
    def fault(self) -> bool:
        """True when it shows a fault."""
        return False

    @property
    def door_stands_open(self) -> bool:
        """True for a lock whose door is open."""
        return False

    def log(self, source: str, what: str, text: str) -> None:
        """Write an event of this device and tell everybody."""
        self.site.log(self, source, what, text)
        self.site.changed(self)

    def identify(self, seconds: float) -> None:
        """Blink for some seconds so that a person finds it."""
        self.identify_until_s = self.now_s + seconds
        self.log("larry", "identify", f"{self.name} blinks for {seconds:g} s")
        self.site.timers.after(seconds, lambda: self.site.changed(self))

    def set_power(self, on: bool) -> None:
        """Give or take power."""
        if on == self.powered:
            raise RefusalError("no-change", f"{self.name} already {'has' if on else 'is without'} power.")
        self.powered = on
        self.started_at_s = self.now_s
        if on:
            self.boot()
        else:
            self.clients = 0
        self.log("you", "power-on" if on else "power-off", f"power {'on' if on else 'off'}, {self.name}")

    def reboot(self) -> None:
        """Start again; a device without a program of its own just does."""
        self.started_at_s = self.now_s
        self.boot()
        self.log("larry", "reboot", f"{self.name} starts again")

    def boot(self) -> None:
        """The boot loader runs: a new image is tried, or one that was not confirmed goes."""
        what = self.slots.started()
        if what:
            self.identity = replace(self.identity, firmware=self.slots.running.version)
            words = {"test": "tries the new firmware", "back": "went back to the old firmware"}[what]
            self.log("device", f"firmware-{what}", f"{self.name} {words}, {self.identity.firmware}")

    def client_connected(self) -> None:
        """An app opened a Bluetooth connection."""
        self.clients += 1
        self.site.changed(self)

    def client_disconnected(self) -> None:
        """An app's Bluetooth connection ended."""
        self.clients = max(0, self.clients - 1)
        self.site.changed(self)
