"""The device side of Improv Wi-Fi, over Bluetooth and over the cable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from larry.devices.protocol import improv
from larry.devices.protocol.improv import (
    ImprovCapability,
    ImprovCommand,
    ImprovError,
    ImprovMessage,
    ImprovState,
)
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.refusal import RefusalError
from larry.simulator.world.wifi_station import WifiStation

CAPABILITIES = ImprovCapability.IDENTIFY | ImprovCapability.DEVICE_INFO | ImprovCapability.SCAN_WIFI
_IDENTIFY_S = 10.0
_NETWORKS_PER_BLE_RESULT = 6


class ImprovDevice(Protocol):
    """What Improv needs of a device."""

    @property
    def device(self) -> SimulatedDevice:
        """The device itself."""
        ...

    @property
    def station(self) -> WifiStation:
        """Its Wi-Fi side."""
        ...

    @property
    def authorised(self) -> bool:
        """True when settings may be given now."""
        ...

    @property
    def provisioned(self) -> bool:
        """True when it counts as provisioned: shown as state 4."""
        ...

    def provision(self, ssid: str, password: str) -> None:
        """Take settings; raises `RefusalError`."""
        ...


class ImprovServer:
    """One Improv service. `refresh` is called after every change of the device.

    Args:
        device: whose service it is.
        send_state, send_error, send_result: what goes to the client.
        one_network_per_result: as over serial, ended by an empty result.
    """

    def __init__(
        self,
        device: ImprovDevice,
        *,
        send_state: Callable[[ImprovState], None],
        send_error: Callable[[ImprovError], None],
        send_result: Callable[[ImprovMessage], None],
        one_network_per_result: bool = False,
    ) -> None:
        self._device = device
        self._send_state = send_state
        self._send_error = send_error
        self._send_result = send_result
        self._one_network_per_result = one_network_per_result
        self._waits_for_outcome = False
        self.error = ImprovError.NONE
        self._shown_state = self.state

    @property
    def state(self) -> ImprovState:
        """The state of this moment."""
        if self._device.station.state == "joining" and self._waits_for_outcome:
            return ImprovState.PROVISIONING
        if self._device.provisioned:
            return ImprovState.PROVISIONED
        if self._device.authorised:
            return ImprovState.AUTHORIZED
        return ImprovState.AUTHORIZATION_REQUIRED

    def handle(self, message: ImprovMessage) -> None:
        """Carry out a command; it first clears the last error."""
        self._set_error(ImprovError.NONE)
        if message.command == ImprovCommand.WIFI_SETTINGS:
            self._provision(message)
        elif message.command == ImprovCommand.IDENTIFY:
            self._device.device.identify(_IDENTIFY_S)
        elif message.command == ImprovCommand.DEVICE_INFO:
            self._send_result(ImprovMessage(ImprovCommand.DEVICE_INFO, self._information()))
        elif message.command == ImprovCommand.SCAN_WIFI:
            self._scan()
        else:
            self._set_error(ImprovError.UNKNOWN_COMMAND)

    def malformed(self) -> None:
        """The client sent something that is no message."""
        self._set_error(ImprovError.INVALID_RPC)

    def _provision(self, message: ImprovMessage) -> None:
        if len(message.strings) != 2 or not message.strings[0]:
            self._set_error(ImprovError.INVALID_RPC)
            return
        if not self._device.authorised or self.state is ImprovState.PROVISIONING:
            self._set_error(ImprovError.NOT_AUTHORIZED)
            return
        self._waits_for_outcome = True
        try:
            self._device.provision(*message.texts())
        except RefusalError:
            self._waits_for_outcome = False
            self._set_error(ImprovError.NOT_AUTHORIZED)
        self.refresh()

    def refresh(self) -> None:
        """Tell the client what changed: the state, and how an attempt ended."""
        outcome = self._device.station.state if self._waits_for_outcome else ""
        if outcome and outcome != "joining":
            self._waits_for_outcome = False
        if outcome == "failed":
            self._set_error(ImprovError.UNABLE_TO_CONNECT)
        if self.state is not self._shown_state:
            self._shown_state = self.state
            self._send_state(self._shown_state)
        if outcome == "joined":
            self._send_result(ImprovMessage(ImprovCommand.WIFI_SETTINGS, (self.url,)))

    @property
    def url(self) -> bytes:
        """Where a browser would find the device; leads nowhere on the practice site."""
        return f"https://{self._device.device.device_id.lower()}.invalid/".encode()

    def _information(self) -> tuple[bytes, ...]:
        identity = self._device.device.identity
        words = ("Larry practice", identity.firmware, identity.model or "unknown", identity.device_id)
        return tuple(word.encode() for word in words)

    def _scan(self) -> None:
        networks = [
            improv.WifiEntry(network.ssid, network.rssi_dbm, network.secured)
            for network in self._device.station.networks()
        ]
        if self._one_network_per_result:
            for network in networks:
                self._send_result(ImprovMessage(ImprovCommand.SCAN_WIFI, improv.encode_networks([network])))
            networks = []
        strings = improv.encode_networks(networks[:_NETWORKS_PER_BLE_RESULT])
        self._send_result(ImprovMessage(ImprovCommand.SCAN_WIFI, strings))

    def _set_error(self, error: ImprovError) -> None:
        if error is not self.error:
            self.error = error
            self._send_error(error)
