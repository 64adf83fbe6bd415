"""A repeater: factory mode, its reset button links it, CLEAR 3 s frees it (domain.md 4 and 5)."""

from __future__ import annotations

from larry.simulator.world import led
from larry.simulator.world.led import Led
from larry.simulator.world.node import SimulatedNode
from larry.simulator.world.refusal import RefusalError


class SimulatedRepeater(SimulatedNode):
    """One repeater. LED: red in factory mode, off once it is linked."""

    @property
    def led(self) -> Led:
        """What an eye sees."""
        if not self.running:
            return led.LED_OFF
        if self.identifying:
            return led.LED_IDENTIFY
        return self.shown or (led.LED_OFF if self.attached_to else led.LED_FACTORY)

    def hold_reset(self, seconds: float) -> None:
        """Press the reset button: links it to the IQ that waits for it."""
        if not self.running:
            self.log("you", "button-dead", f"reset button of {self.name}: no reaction")
            return
        self.log("you", "button-2s", f"reset button of {self.name}, {seconds:g} s")
        try:
            self.link()
        except RefusalError as refusal:
            self.log("device", refusal.code, refusal.text)
            return
        self.show(led.LED_YES, self.site.timings.card_answer_s)

    def hold_clear(self, seconds: float) -> None:
        """Hold CLEAR: after 3 s it is red and free.

        When the software still counts it as attached (the wrong order), the IQ keeps it in its tree, offline.
        """
        if not self.running:
            self.log("you", "button-dead", f"CLEAR of {self.name}: no reaction")
            return
        self.log("you", "clear-3s", f"CLEAR of {self.name}, {seconds:g} s")
        if seconds < 3:
            return
        iq = self.iq
        if iq is not None and self._pending_at(iq, "detached_pending"):
            iq.tree.set_link_state(self.device_id, "detached")
            self.log("device", "detached", f"{iq.name}: {self.name} detached, revision {iq.tree.revision}")
            self.site.changed(iq)
        self.attached_to = None
        self.log("device", "factory", f"{self.name}: red, factory mode")
