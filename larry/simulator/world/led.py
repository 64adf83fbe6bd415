"""What an eye sees on a device."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Led:
    """A colour and how it is shown (domain.md 4).

    `pattern` is one of `off`, `steady`, `flashing`, `every-second`, `every-5-min` and `sequence` (the
    colours of its name in turn); the same words as in group 65 info.
    """

    colour: str
    pattern: str

    def __str__(self) -> str:
        return self.pattern if self.pattern == "off" else f"{self.colour} {self.pattern}"


LED_OFF = Led("off", "off")
LED_HEARTBEAT = Led("green", "every-5-min")
LED_WINDOW_OPEN = Led("green", "every-second")
LED_APP_CONNECTED = Led("green", "steady")
LED_NO_NETWORK = Led("red", "steady")
LED_CONNECTING = Led("red", "flashing")
LED_NOT_IN_SITE = Led("purple", "steady")
LED_RADIO_FAULT = Led("purple", "flashing")
LED_REBOOTING = Led("blue", "steady")
LED_UPDATING = Led("blue", "flashing")
LED_STARTING = Led("white", "steady")
LED_RESETTING = Led("red-green-blue", "sequence")
LED_IDENTIFY = Led("white", "flashing")
LED_FACTORY = Led("red", "steady")
LED_CARD_READ = Led("orange", "flashing")
LED_YES = Led("green", "steady")
LED_NO = Led("red", "steady")
