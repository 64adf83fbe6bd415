"""The Bluetooth side of a simulated device: advertises, accepts one connection, offers its services."""

from __future__ import annotations

import hashlib

from bumble import device as bumble_device
from bumble import gatt, hci

from larry.devices.protocol import uuids
from larry.devices.protocol.advertising import scan_response
from larry.simulator.air import Air
from larry.simulator.firmware import gatt_profile
from larry.simulator.firmware.advertised import advertised_name, profile_payload
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.firmware.improv_service import ImprovService
from larry.simulator.firmware.notifier import Notifier
from larry.simulator.firmware.smp_service import SmpService
from larry.simulator.radio_controller import RadioController

INTERVAL_MS = 250
_FLAGS = bytes((2, 0x01, 0x06))


class BlePeripheral:
    """One device on the air.

    Args:
        firmware: its program.
        air: where it advertises.

    Attributes:
        connected: an app holds a connection.
    """

    def __init__(self, firmware: Firmware, air: Air) -> None:
        self.firmware = firmware
        self.device = firmware.device
        self.radio = RadioController(self.device.name, air, owner=self.device)
        self._air = air
        self._host = bumble_device.Device.with_hci(
            advertised_name(self.device), _address(self.device.device_id), self.radio, self.radio
        )
        self._host.gatt_server.max_mtu = gatt_profile.MAX_MTU
        self._notifier = Notifier(self._host)
        self._smp = SmpService(firmware, firmware.smp, self._notifier) if firmware.smp else None
        improv_device = firmware.improv_over_ble()
        self._improv = ImprovService(improv_device, self._notifier) if improv_device else None
        self.connected = False

    async def start(self) -> None:
        """Switch the radio on and advertise."""
        self._host.add_services(self._services())
        self._host.on("connection", self._on_connection)
        await self._host.power_on()
        self.refresh()
        await self._host.start_advertising(
            advertising_data=self.radio.advertiser.alternatives[0],
            scan_response_data=scan_response(advertised_name(self.device)),
            advertising_interval_min=INTERVAL_MS,
            advertising_interval_max=INTERVAL_MS,
            auto_restart=True,
        )

    async def close(self) -> None:
        """Leave the air."""
        await self._notifier.close()
        self.radio.leave()

    def refresh(self) -> None:
        """Follow what changed in the device: payloads, name, silence when it does not run."""
        advertiser = self.radio.advertiser
        advertiser.alternatives = self._payloads()
        advertiser.scan_response_data = scan_response(advertised_name(self.device))
        self.radio.silent = not self.device.running
        if self.radio.silent and self.connected:
            self.lose_link()
        if self._improv is not None:
            self._improv.server.refresh()

    def lose_link(self) -> None:
        """Break its connection as if the radio had failed."""
        self._air.lose_links(self.radio)

    def _payloads(self) -> list[bytes]:
        payloads = [self._improv.payload] if self._improv is not None else []
        if self.device.kind != "foreign":
            payloads.append(profile_payload(self.device))
        elif self._smp is not None:
            uuid = uuids.uuid_bytes(uuids.SMP_SERVICE)
            payloads.append(_FLAGS + bytes((len(uuid) + 1, 0x07)) + uuid)
        return payloads

    def _services(self) -> list[gatt.Service]:
        services = [gatt_profile.device_information(self.device)]
        if self.device.kind == "lock":
            services.append(gatt_profile.battery(self.device))
        if self._improv is not None:
            services.append(self._improv.service)
        if self._smp is not None:
            services.append(self._smp.service)
        return services

    def _on_connection(self, connection: bumble_device.Connection) -> None:
        self.connected = True
        connection.on("disconnection", self._on_disconnection)
        self.device.client_connected()

    def _on_disconnection(self, reason: int) -> None:
        del reason
        self.connected = False
        if self._smp is not None:
            self._smp.disconnected()
        if self._improv is not None:
            self._improv.disconnected()
        self.device.client_disconnected()


def _address(device_id: str) -> hci.Address:
    """A static random address that is the same in every run, and not the Device ID."""
    digest = bytearray(hashlib.sha256(device_id.encode()).digest()[:6])
    digest[5] |= 0xC0
    return hci.Address(bytes(digest), hci.Address.RANDOM_DEVICE_ADDRESS)
