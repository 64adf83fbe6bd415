"""Bad luck, by name: what the practice control can switch on (device-profile.md, Physical acts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.node import UNKNOWN_IQ, SimulatedNode

if TYPE_CHECKING:
    from larry.simulator.world.device import SimulatedDevice
    from larry.simulator.world.world import World


class FaultError(ValueError):
    """The fault, its device or its number is not known; the text says which."""


class Faults:
    """Switches of one world.

    Attributes:
        noise_db: standard deviation added to every reading.
        loss: share of advertisements that are lost, 0 to 1.
        cloud_slow_s: seconds the practice cloud waits before each answer.
        cloud_error: error code of its next answer, None when it behaves.
        on_link_lost: called with a device whose Bluetooth link is to break; set by the air.
        on_changed: called after each change; the practice cloud follows.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.noise_db = 1.5
        self.loss = 0.0
        self.cloud_slow_s = 0.0
        self.cloud_error: int | None = None
        self.on_link_lost: Callable[[SimulatedDevice], None] = lambda device: None
        self.on_changed: Callable[[], None] = lambda: None
        self._active: dict[str, Any] = {}
        network = {
            "wifi-wrong-password": "refuses_password",
            "no-dhcp": "no_dhcp",
            "ports-blocked": "ports_blocked",
            "5-ghz-only": "five_ghz_only",
            "cloud-offline": "cloud_offline",
            "802.1x": "asks_802_1x",
            "no-dns": "no_dns",
            "captive-portal": "captive_portal",
            "port-40000-blocked": "port_40000_blocked",
            "port-40001-blocked": "port_40001_blocked",
            "updates-blocked": "updates_blocked",
        }
        self._switches: dict[str, Callable[[bool, dict[str, Any]], None]] = {
            name: self._network_switch(attribute) for name, attribute in network.items()
        } | {
            "cloud-slow": self._cloud_slow,
            "cloud-error": self._cloud_error,
            "link-lost": self._link_lost,
            "out-of-range": self._out_of_range,
            "stuck-at-other-iq": self._stuck,
            "extra-loss-db": self._extra_loss,
            "battery-low": self._battery_low,
            "radio-fault": self._radio_fault,
            "updating": self._updating,
            "firmware-does-not-start": self._does_not_start,
            "subscription-expired": self._subscription,
            "noise_db": self._noise,
            "loss": self._loss,
        }

    @property
    def names(self) -> list[str]:
        """All faults there are."""
        return sorted(self._switches)

    @property
    def active(self) -> dict[str, Any]:
        """What is switched on now, with its numbers; device faults as `name:device`."""
        return dict(self._active)

    def set(self, fault: str, on: bool, numbers: dict[str, Any]) -> None:
        """Switch a fault.

        Args:
            fault: one of `names`.
            on: on or off; `link-lost` is a single happening and needs no off.
            numbers: what the fault needs: `device`, `db`, `code`, `seconds`, `value`.

        Raises:
            FaultError: unknown fault, device or number.
        """
        switch = self._switches.get(fault)
        if switch is None:
            raise FaultError(f"There is no fault {fault!r}. Known: {', '.join(self.names)}.")
        switch(on, numbers)
        device = numbers.get("device")
        name = self._world.find(device).name if device else ""
        key = f"{fault}:{name}" if name else fault
        self._active.pop(key, None)
        if on and fault != "link-lost":
            self._active[key] = {k: v for k, v in numbers.items() if k != "device"} or True
        self._world.note("you", "fault", f"{key.replace(':', ', ')} {'on' if on else 'off'}")
        self.on_changed()

    def _network_switch(self, attribute: str) -> Callable[[bool, dict[str, Any]], None]:
        def switch(on: bool, numbers: dict[str, Any]) -> None:
            del numbers
            setattr(self._world.network, attribute, on)
            for iq in self._world.iqs:
                iq.wifi.reconsider()

        return switch

    def _cloud_slow(self, on: bool, numbers: dict[str, Any]) -> None:
        self.cloud_slow_s = _number(numbers, "seconds", 4.0) if on else 0.0

    def _cloud_error(self, on: bool, numbers: dict[str, Any]) -> None:
        self.cloud_error = int(_number(numbers, "code", 3105)) if on else None

    def _link_lost(self, on: bool, numbers: dict[str, Any]) -> None:
        if on:
            self.on_link_lost(self._device(numbers))

    def _out_of_range(self, on: bool, numbers: dict[str, Any]) -> None:
        device = self._device(numbers)
        device.out_of_range = on
        if on:
            self.on_link_lost(device)

    def _stuck(self, on: bool, numbers: dict[str, Any]) -> None:
        device = self._device(numbers)
        if not isinstance(device, SimulatedNode):
            raise FaultError(f"{device.name} is no lock or repeater.")
        if on and device.attached_to is None:
            device.attached_to = UNKNOWN_IQ
        elif not on and device.attached_to == UNKNOWN_IQ:
            device.attached_to = None

    def _extra_loss(self, on: bool, numbers: dict[str, Any]) -> None:
        self._device(numbers).extra_loss_db = _number(numbers, "db", 10.0) if on else 0.0

    def _battery_low(self, on: bool, numbers: dict[str, Any]) -> None:
        device = self._device(numbers)
        if device.battery_percent is None:
            raise FaultError(f"{device.name} has no batteries.")
        device.battery_percent = int(_number(numbers, "percent", 5.0)) if on else 96

    def _radio_fault(self, on: bool, numbers: dict[str, Any]) -> None:
        iq = self._iq(numbers)
        iq.radio_fault = on
        self._world.changed(iq)

    def _updating(self, on: bool, numbers: dict[str, Any]) -> None:
        self._iq(numbers).set_updating(on)

    def _does_not_start(self, on: bool, numbers: dict[str, Any]) -> None:
        self._device(numbers).slots.does_not_start = on

    def _subscription(self, on: bool, numbers: dict[str, Any]) -> None:
        del numbers
        for iq in self._world.iqs:
            iq.suspended = on
            self._world.changed(iq)

    def _iq(self, numbers: dict[str, Any]) -> SimulatedIq:
        device = self._device(numbers)
        if not isinstance(device, SimulatedIq):
            raise FaultError(f"{device.name} is no IQ.")
        return device

    def _noise(self, on: bool, numbers: dict[str, Any]) -> None:
        self.noise_db = _number(numbers, "value", 6.0) if on else 1.5

    def _loss(self, on: bool, numbers: dict[str, Any]) -> None:
        self.loss = min(1.0, _number(numbers, "value", 0.2)) if on else 0.0

    def _device(self, numbers: dict[str, Any]) -> SimulatedDevice:
        wanted = numbers.get("device")
        try:
            return self._world.find(str(wanted))
        except KeyError:
            raise FaultError(f"There is no device {wanted!r} in the practice site.") from None


def _number(numbers: dict[str, Any], name: str, default: float) -> float:
    value = numbers.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise FaultError(f"{name} must be a number of 0 or more.")
    return float(value)
