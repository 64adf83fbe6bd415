"""A lock: batteries, door, maintenance card, construction card, tag (domain.md 4 and 5)."""

from __future__ import annotations

from larry.simulator.world import led
from larry.simulator.world.device import Identity
from larry.simulator.world.led import Led
from larry.simulator.world.node import NodeSite, SimulatedNode
from larry.simulator.world.position import Position
from larry.simulator.world.refusal import RefusalError


class SimulatedLock(SimulatedNode):
    """An escutcheon, a cylinder or a wall reader.

    Attributes:
        technology: `ble` or `rf`: which card tells whether it is free.
        door_open: the door stands open.
    """

    def __init__(
        self, site: NodeSite, identity: Identity, position: Position, *, technology: str, battery_percent: int
    ) -> None:
        super().__init__(site, identity, position)
        self.technology = technology
        self.battery_percent = battery_percent
        self.door_open = False

    @property
    def running(self) -> bool:
        """True with batteries that are not empty."""
        return self.powered and bool(self.battery_percent)

    @property
    def door_stands_open(self) -> bool:
        """True while its door is open."""
        return self.door_open

    @property
    def led(self) -> Led:
        """What an eye sees; a lock is dark unless a card was read or it is asked to blink."""
        if not self.running:
            return led.LED_OFF
        if self.identifying:
            return led.LED_IDENTIFY
        return self.shown or led.LED_OFF

    def set_power(self, on: bool) -> None:
        """Put batteries in or take them out."""
        super().set_power(on)
        self.show(led.LED_OFF, 0.0)

    def present_maintenance_card(self) -> None:
        """Hold the maintenance card to it.

        Pending: orange blinks, then green when it is linked (or freed), red when not. Already linked: green
        when online, red when offline.
        """
        if not self._reads("card", "maintenance card"):
            return
        if self.attached_to is not None and self.link_state == "attached" and self.waiting_iq is None:
            self._answer(self.online, "online" if self.online else "offline")
            return
        self.show(led.LED_CARD_READ, self.site.timings.card_s + 1.0)
        self.site.timers.after(self.site.timings.card_s, self._finish_card)

    def _finish_card(self) -> None:
        if not self.running:
            return
        try:
            state = self.link_or_unlink()
        except RefusalError as refusal:
            self._answer(False, refusal.code, refusal.text)
            return
        self._answer(True, "card-done", f"{self.name}: green, {state}")

    def present_construction_card(self) -> None:
        """Hold the construction card to it: opens a Bluetooth lock that is free."""
        self._try_open("construction-card", "construction card", self.technology == "ble")

    def present_tag(self) -> None:
        """Hold any tag to it: opens a radio (RF) lock that is free."""
        self._try_open("tag", "tag", self.technology == "rf")

    def _try_open(self, what: str, words: str, fits: bool) -> None:
        if not self._reads(what, words):
            return
        free = self.attached_to is None
        self._answer(free and fits, "opened" if free and fits else "rejected")

    def set_door(self, is_open: bool) -> None:
        """Open or close the door."""
        if self.door_open != is_open:
            self.door_open = is_open
            word = "open" if is_open else "closed"
            self.log("you", f"door-{word}", f"door of {self.name} {word}")

    def _reads(self, what: str, words: str) -> bool:
        self.log("you", what, f"{words} on {self.name}")
        if not self.running:
            self.log("device", "no-reaction", f"{self.name}: dark, no reaction")
        return self.running

    def _answer(self, yes: bool, what: str, text: str = "") -> None:
        colour = "green" if yes else "red"
        self.show(led.LED_YES if yes else led.LED_NO, self.site.timings.card_answer_s)
        self.log("device", what, text or f"{self.name}: {colour}, {what}")
