"""Every light a practice device can show has its meaning in the LED helper."""

from __future__ import annotations

import itertools

import pytest

from larry.services.led_helper import what_it_means
from larry.simulator.world import led
from larry.simulator.world.iq_led import iq_led
from larry.simulator.world.led import Led

IQ_STATES = [
    "off",
    "starting",
    "rebooting",
    "resetting",
    "updating",
    "window-open",
    "no-network",
    "connecting",
    "radio-fault",
    "suspended",
    "restore-required",
    "no-site",
    "ok",
]
SHOWN = (
    {
        ("iq", iq_led(state, identifying=blinks, app_connected=connected, green_heartbeat=heartbeat))
        for state, blinks, connected, heartbeat in itertools.product(IQ_STATES, *[[True, False]] * 3)
    }
    | {("repeater", light) for light in (led.LED_FACTORY, led.LED_OFF, led.LED_YES, led.LED_IDENTIFY)}
    | {
        ("lock", light)
        for light in (led.LED_CARD_READ, led.LED_YES, led.LED_NO, led.LED_OFF, led.LED_IDENTIFY)
    }
)


@pytest.mark.parametrize(
    ("kind", "light"), sorted(SHOWN, key=str), ids=lambda value: str(value).replace(" ", "-")
)
def test_light_is_in_the_table(kind: str, light: Led) -> None:
    meaning = what_it_means(kind, light.colour, light.pattern)
    assert meaning.known, f"{kind}: {light} has no meaning in resources/led.toml"
