"""What the LED of an IQ shows (the table of domain.md 4)."""

from __future__ import annotations

from larry.simulator.world import led
from larry.simulator.world.led import Led

_BY_STATE = {
    "off": led.LED_OFF,
    "starting": led.LED_STARTING,
    "rebooting": led.LED_REBOOTING,
    "resetting": led.LED_RESETTING,
    "updating": led.LED_UPDATING,
    "no-network": led.LED_NO_NETWORK,
    "connecting": led.LED_CONNECTING,
    "radio-fault": led.LED_RADIO_FAULT,
    "suspended": led.LED_NOT_IN_SITE,
    "restore-required": led.LED_NOT_IN_SITE,
    "no-site": led.LED_NOT_IN_SITE,
}


def iq_led(state: str, *, identifying: bool, app_connected: bool, green_heartbeat: bool) -> Led:
    """Return what an eye sees on an IQ in this state.

    Args:
        state: `SimulatedIq.state`.
        identifying: it was asked to blink; start and reset phases show through.
        app_connected: an app holds a connection.
        green_heartbeat: the setting that lets it blink green when all is OK.
    """
    if identifying:
        return led.LED_IDENTIFY
    if state == "window-open":
        return led.LED_APP_CONNECTED if app_connected else led.LED_WINDOW_OPEN
    if state == "ok":
        return led.LED_HEARTBEAT if green_heartbeat else led.LED_OFF
    return _BY_STATE[state]
