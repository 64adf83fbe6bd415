"""A small `org.bluez` on a private bus, over the practice site's radio.

It lets the unmodified BlueZ backend of bleak run where there is no bluetoothd: the objects,
methods, signals and error names that BlueZ documents, as far as a central needs them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from larry.devices.radio.hci_client import HciClient
from larry.devices.radio.hci_host import HciHost
from larry.devices.radio.hci_scanner import HciScanner

ADAPTER = "/org/bluez/hci0"
_ADAPTER1, _DEVICE1 = "org.bluez.Adapter1", "org.bluez.Device1"
_SERVICE1, _CHARACTERISTIC1 = "org.bluez.GattService1", "org.bluez.GattCharacteristic1"
_DESCRIPTOR1 = "org.bluez.GattDescriptor1"
_PROPERTIES, _MANAGER = "org.freedesktop.DBus.Properties", "org.freedesktop.DBus.ObjectManager"
_Interfaces = dict[str, dict[str, Variant]]


class MiniBluez:
    """Serves one adapter. `powered` False = the user switched Bluetooth off; `present` False = no adapter."""

    def __init__(self, host: HciHost, *, powered: bool = True, present: bool = True) -> None:
        self._host = host
        self._bus: MessageBus | None = None
        self._scanner = HciScanner.bound_to(host)(self._on_advertisement, None)
        self._devices: dict[str, BLEDevice] = {}
        self._clients: dict[str, HciClient] = {}
        self._characteristics: dict[str, tuple[HciClient, BleakGATTCharacteristic]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.methods: list[str] = []
        self.objects: dict[str, _Interfaces] = {}
        if present:
            self.objects[ADAPTER] = {
                _ADAPTER1: {
                    "Address": Variant("s", "00:00:00:00:00:01"),
                    "Name": Variant("s", "mini"),
                    "Alias": Variant("s", "mini"),
                    "Powered": Variant("b", powered),
                    "Discovering": Variant("b", False),
                    "Roles": Variant("as", ["central"]),
                    "UUIDs": Variant("as", []),
                }
            }

    async def start(self, bus_address: str) -> None:
        self._bus = await MessageBus(bus_address=bus_address).connect()
        self._bus.add_message_handler(self._on_message)
        await self._bus.request_name("org.bluez")

    async def stop(self) -> None:
        for client in list(self._clients.values()):
            await client.disconnect()
        with contextlib.suppress(Exception):
            await self._scanner.stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._bus is not None:
            self._bus.disconnect()
            await self._bus.wait_for_disconnect()

    async def switch(self, powered: bool) -> None:
        """Let the user switch Bluetooth off or on: the scan ends without a word."""
        self._change(ADAPTER, _ADAPTER1, {"Powered": Variant("b", powered)})
        if not powered:
            await self._scanner.stop()

    # --- messages -------------------------------------------------------------------

    def _on_message(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        self.methods.append(message.member or "")
        if message.interface == _MANAGER and message.member == "GetManagedObjects":
            return Message.new_method_return(message, "a{oa{sa{sv}}}", [self.objects])
        handler = self._handlers().get(f"{message.interface}.{message.member}")
        if handler is None or message.path not in self.objects:
            return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownObject", "no such object")
        task = asyncio.ensure_future(self._answer(message, handler))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    def _handlers(self) -> dict[str, Callable[[Message], Awaitable[tuple[str, list[Any]]]]]:
        return {
            f"{_ADAPTER1}.SetDiscoveryFilter": self._nothing,
            f"{_ADAPTER1}.StartDiscovery": self._start_discovery,
            f"{_ADAPTER1}.StopDiscovery": self._stop_discovery,
            f"{_DEVICE1}.Connect": self._connect,
            f"{_DEVICE1}.Disconnect": self._disconnect,
            f"{_CHARACTERISTIC1}.ReadValue": self._read,
            f"{_CHARACTERISTIC1}.WriteValue": self._write,
            f"{_CHARACTERISTIC1}.StartNotify": self._start_notify,
            f"{_CHARACTERISTIC1}.StopNotify": self._nothing,
        }

    async def _answer(
        self, message: Message, handler: Callable[[Message], Awaitable[tuple[str, list[Any]]]]
    ) -> None:
        assert self._bus is not None
        try:
            signature, body = await handler(message)
            reply = Message.new_method_return(message, signature, body)
        except BleakGATTProtocolError as error:
            text = f"Operation failed with ATT error: 0x{int(error.code):02x}"
            reply = Message.new_error(message, "org.bluez.Error.Failed", text)
        except BleakDeviceNotFoundError:
            reply = Message.new_error(message, "org.bluez.Error.Failed", "le-connection-abort-by-timeout")
        except (BleakError, KeyError) as error:
            reply = Message.new_error(message, "org.bluez.Error.Failed", str(error))
        await self._bus.send(reply)

    async def _nothing(self, _message: Message) -> tuple[str, list[Any]]:
        return "", []

    # --- adapter --------------------------------------------------------------------

    async def _start_discovery(self, _message: Message) -> tuple[str, list[Any]]:
        await self._scanner.start()
        return "", []

    async def _stop_discovery(self, _message: Message) -> tuple[str, list[Any]]:
        await self._scanner.stop()
        return "", []

    def _on_advertisement(self, device: BLEDevice, heard: AdvertisementData) -> None:
        path = f"{ADAPTER}/dev_{device.address.replace(':', '_')}"
        self._devices[path] = device
        properties = {
            "RSSI": Variant("n", heard.rssi),
            "UUIDs": Variant("as", heard.service_uuids),
            "ManufacturerData": Variant(
                "a{qv}", {key: Variant("ay", value) for key, value in heard.manufacturer_data.items()}
            ),
            "ServiceData": Variant(
                "a{sv}", {key: Variant("ay", value) for key, value in heard.service_data.items()}
            ),
        }
        if heard.local_name:
            properties |= {"Name": Variant("s", heard.local_name), "Alias": Variant("s", heard.local_name)}
        if path in self.objects:
            self._change(path, _DEVICE1, properties)
            return
        fixed = {
            "Address": Variant("s", device.address),
            "AddressType": Variant("s", "random"),
            "Alias": Variant("s", device.address.replace(":", "-")),
            "Adapter": Variant("o", ADAPTER),
            "Connected": Variant("b", False),
            "Paired": Variant("b", False),
            "ServicesResolved": Variant("b", False),
        }
        self._add(path, {_DEVICE1: fixed | properties})

    # --- device ---------------------------------------------------------------------

    async def _connect(self, message: Message) -> tuple[str, list[Any]]:
        path = str(message.path)
        client = HciClient.bound_to(self._host)(
            self._devices[path], disconnected_callback=lambda: self._gone(path), timeout=8.0
        )
        await client.connect()
        self._clients[path] = client
        self._change(path, _DEVICE1, {"Connected": Variant("b", True)})
        assert client.services is not None
        for service in client.services:
            service_path = f"{path}/service{service.handle:04x}"
            properties = {
                "UUID": Variant("s", service.uuid),
                "Device": Variant("o", path),
                "Primary": Variant("b", True),
            }
            self._add(service_path, {_SERVICE1: properties})
            for characteristic in service.characteristics:
                self._add_characteristic(client, service_path, characteristic)
        self._change(path, _DEVICE1, {"ServicesResolved": Variant("b", True)})
        return "", []

    def _add_characteristic(
        self, client: HciClient, service_path: str, characteristic: BleakGATTCharacteristic
    ) -> None:
        path = f"{service_path}/char{characteristic.handle:04x}"
        self._characteristics[path] = (client, characteristic)
        properties = {
            "UUID": Variant("s", characteristic.uuid),
            "Service": Variant("o", service_path),
            "Flags": Variant("as", list(characteristic.properties)),
            "MTU": Variant("q", client.mtu_size),
        }
        self._add(path, {_CHARACTERISTIC1: properties})
        for descriptor in characteristic.descriptors:
            descriptor_path = f"{path}/desc{descriptor.handle:04x}"
            described = {"UUID": Variant("s", descriptor.uuid), "Characteristic": Variant("o", path)}
            self._add(descriptor_path, {_DESCRIPTOR1: described})

    async def _disconnect(self, message: Message) -> tuple[str, list[Any]]:
        client = self._clients.get(str(message.path))
        if client is not None:
            await client.disconnect()
        return "", []

    def _gone(self, path: str) -> None:
        """BlueZ forgets the services of a device that is not paired."""
        if self._clients.pop(path, None) is None:
            return
        for child in [known for known in self.objects if known.startswith(path + "/")]:
            interfaces = list(self.objects.pop(child))
            self._characteristics.pop(child, None)
            self._emit("/", _MANAGER, "InterfacesRemoved", "oas", [child, interfaces])
        off = {"ServicesResolved": Variant("b", False), "Connected": Variant("b", False)}
        self._change(path, _DEVICE1, off)

    # --- characteristic -------------------------------------------------------------

    async def _read(self, message: Message) -> tuple[str, list[Any]]:
        client, characteristic = self._characteristics[str(message.path)]
        return "ay", [bytes(await client.read_gatt_char(characteristic))]

    async def _write(self, message: Message) -> tuple[str, list[Any]]:
        client, characteristic = self._characteristics[str(message.path)]
        value, options = message.body
        kind = options["type"].value if "type" in options else "request"
        await client.write_gatt_char(characteristic, value, response=kind == "request")
        return "", []

    async def _start_notify(self, message: Message) -> tuple[str, list[Any]]:
        path = str(message.path)
        client, characteristic = self._characteristics[path]

        def on_value(value: bytearray) -> None:
            self._change(path, _CHARACTERISTIC1, {"Value": Variant("ay", bytes(value))})

        await client.start_notify(characteristic, on_value)
        return "", []

    # --- signals --------------------------------------------------------------------

    def _add(self, path: str, interfaces: _Interfaces) -> None:
        self.objects[path] = interfaces
        self._emit("/", _MANAGER, "InterfacesAdded", "oa{sa{sv}}", [path, interfaces])

    def _change(self, path: str, interface: str, changed: dict[str, Variant]) -> None:
        if path in self.objects:
            self.objects[path][interface].update(changed)
        self._emit(path, _PROPERTIES, "PropertiesChanged", "sa{sv}as", [interface, changed, []])

    def _emit(self, path: str, interface: str, member: str, signature: str, body: list[Any]) -> None:
        if self._bus is not None and self._bus.connected:
            self._bus.send(Message.new_signal(path, interface, member, signature, body))
