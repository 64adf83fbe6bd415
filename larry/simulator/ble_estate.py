"""All devices of the world on one air."""

from __future__ import annotations

import asyncio

from larry.simulator.air import Air
from larry.simulator.firmware.ble_peripheral import BlePeripheral
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.hci_server import LAPTOP, HciServer
from larry.simulator.radio_controller import RadioController
from larry.simulator.world import World
from larry.simulator.world.device import SimulatedDevice


class BleEstate:
    """The radio side of a practice site.

    Attributes:
        air: the radio space.
        hci: where laptops plug in.
    """

    def __init__(self, world: World, firmwares: dict[str, Firmware]) -> None:
        self._world = world
        self.air = Air(self._level_dbm, world.seed)
        self.hci = HciServer(self.air)
        self._peripherals = {
            device_id: BlePeripheral(firmware, self.air) for device_id, firmware in firmwares.items()
        }
        self._dirty: set[str] = set()
        self._unsubscribe = world.subscribe(self._on_changed)
        world.faults.on_link_lost = self.lose_link
        self.follow_faults()

    async def start(self) -> None:
        """Switch all radios on."""
        await asyncio.gather(*(peripheral.start() for peripheral in self._peripherals.values()))
        await self.hci.start()

    async def close(self) -> None:
        """Switch all radios off."""
        self._unsubscribe()
        await self.hci.close()
        for peripheral in self._peripherals.values():
            await peripheral.close()

    def follow_faults(self) -> None:
        """Take over noise and loss."""
        self.air.noise_db = self._world.faults.noise_db
        self.air.loss = self._world.faults.loss

    def lose_link(self, device: SimulatedDevice) -> None:
        """Break the connection of one device."""
        self._peripherals[device.device_id].lose_link()

    def drop_unheard(self) -> None:
        """After a move or a fault: links between radios that do not hear each other any more break."""
        for peripheral in self._peripherals.values():
            if peripheral.connected and self._world.rssi_at_laptop_dbm(peripheral.device) is None:
                peripheral.lose_link()

    def _level_dbm(self, receiver: RadioController, sender: RadioController) -> float | None:
        if isinstance(sender.owner, SimulatedDevice) and receiver.owner == LAPTOP:
            return self._world.rssi_at_laptop_dbm(sender.owner)
        if isinstance(receiver.owner, SimulatedDevice) and sender.owner == LAPTOP:
            return self._world.rssi_at_laptop_dbm(receiver.owner)
        return None

    def _on_changed(self, device: SimulatedDevice) -> None:
        """Follow at the end of this turn of the loop: one refresh for many changes."""
        if not self._dirty:
            asyncio.get_running_loop().call_soon(self._refresh)
        self._dirty.add(device.device_id)

    def _refresh(self) -> None:
        dirty, self._dirty = self._dirty, set()
        for device_id in dirty:
            self._peripherals[device_id].refresh()
