"""The cables of the practice site: each IQ on a pseudo-terminal, or on a TCP port where there are none."""

from __future__ import annotations

import os

from larry.simulator.firmware.firmware import Firmware
from larry.simulator.pty_cable import PtyCable
from larry.simulator.serial_console import SerialConsole
from larry.simulator.tcp_cable import TcpCable
from larry.simulator.world import World
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.event_log import WorldEvent


class SerialPorts:
    """All cables of one site."""

    def __init__(self, world: World, firmwares: dict[str, Firmware]) -> None:
        self._world = world
        self._consoles: dict[str, SerialConsole] = {}
        self._cables: dict[str, PtyCable | TcpCable] = {}
        for iq in world.iqs:
            cable = PtyCable() if hasattr(os, "openpty") else TcpCable()
            console = SerialConsole(firmwares[iq.device_id], cable.write)
            cable.feed = console.feed
            self._consoles[iq.device_id] = console
            self._cables[iq.device_id] = cable
        self._unsubscribe = [world.subscribe(self._changed), world.events.subscribe(self._event)]

    @property
    def listing(self) -> list[dict[str, str]]:
        """What `larry simulate` publishes: path, Device ID, description."""
        return [
            {"path": cable.path, "device_id": device_id, "description": f"Practice cable of {iq.name}"}
            for device_id, cable in self._cables.items()
            if (iq := self._world.device(device_id)) is not None
        ]

    async def start(self) -> None:
        """Plug all in."""
        for cable in self._cables.values():
            await cable.open()

    async def close(self) -> None:
        """Unplug all."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for cable in self._cables.values():
            await cable.close()

    def _changed(self, device: SimulatedDevice) -> None:
        console = self._consoles.get(device.device_id)
        if console is not None:
            console.refresh()

    def _event(self, event: WorldEvent) -> None:
        console = self._consoles.get(event.device_id)
        if console is not None:
            console.show_event(event)
