"""A BLE link: one bleak client that carries SMP, Improv, Device Information and Battery together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.exc import BleakError

from larry.devices.ble_errors import translate_ble_error
from larry.devices.protocol import improv, uuids
from larry.devices.protocol.improv import ImprovCapability, ImprovError, ImprovMessage, ImprovState
from larry.devices.protocol.smp_stream import SmpStreamAssembler, SmpStreamError
from larry.devices.radio.radio_provider import RadioProvider
from larry.devices.transport import ImprovEvent, TransportName
from larry.devices.waiting import disconnected
from larry.errors import DeviceProtocolError

_LOGGER: Final = logging.getLogger(__name__)
_T = TypeVar("_T")
_QUEUE_LIMIT: Final = 64

_INFORMATION: Final = (
    uuids.MANUFACTURER_NAME,
    uuids.MODEL_NUMBER,
    uuids.SERIAL_NUMBER,
    uuids.HARDWARE_REVISION,
    uuids.FIRMWARE_REVISION,
)


class BleTransport:
    """See `Transport`. Made by `open`."""

    name: TransportName = "ble"

    def __init__(self, address: str) -> None:
        self.address = address
        self.ended = asyncio.Event()
        self.speaks: frozenset[str] = frozenset()
        self._improv: BleImprovChannel | None = None
        self.smp_packet = 20
        self._client: BleakClient | None = None
        self._smp: BleakGATTCharacteristic | None = None
        self._assembler = SmpStreamAssembler()
        self._messages: asyncio.Queue[bytes | SmpStreamError] = asyncio.Queue(_QUEUE_LIMIT)

    @classmethod
    async def open(cls, radio: RadioProvider, device: BLEDevice, *, timeout_s: float) -> BleTransport:
        """Connect and subscribe; a failure leaves nothing open.

        Raises:
            DeviceNotFoundError: not heard in time.
            DeviceDisconnectedError: lost while connecting.
            DeviceUnavailableError: the radio is gone.
        """
        transport = cls(device.address)

        def on_lost(_client: BleakClient) -> None:
            transport.ended.set()

        try:
            transport._client = radio.client(device, on_lost=on_lost, timeout_s=timeout_s)
            async with asyncio.timeout(timeout_s + 5):
                await transport._client.connect()
            await transport._subscribe(transport._client)
        except (BleakError, OSError, TimeoutError) as error:
            await transport.close()
            raise translate_ble_error(error, device.address, "connecting") from error
        except BaseException:
            await transport.close()
            raise
        return transport

    async def _subscribe(self, client: BleakClient) -> None:
        speaks = set()
        smp = client.services.get_characteristic(uuids.SMP_CHARACTERISTIC)
        if smp is not None:
            speaks.add("smp")
            self._smp = smp
            self.smp_packet = smp.max_write_without_response_size
            await client.start_notify(smp, self._on_smp)
        if client.services.get_service(uuids.IMPROV_SERVICE) is not None:
            speaks.add("improv")
            self._improv = BleImprovChannel(client, self._guard)
            await self._improv.subscribe()
        if client.services.get_service(uuids.DEVICE_INFORMATION_SERVICE) is not None:
            speaks.add("device-information")
        if client.services.get_service(uuids.BATTERY_SERVICE) is not None:
            speaks.add("battery")
        self.speaks = frozenset(speaks)

    @property
    def improv(self) -> BleImprovChannel | None:
        """The Improv channel."""
        return self._improv

    # --- SMP ------------------------------------------------------------------------

    def _on_smp(self, _characteristic: BleakGATTCharacteristic, part: bytearray) -> None:
        try:
            for message in self._assembler.feed(bytes(part)):
                self._put(message)
        except SmpStreamError as error:
            self._put(error)

    def _put(self, item: bytes | SmpStreamError) -> None:
        with contextlib.suppress(asyncio.QueueFull):  # nobody asked for that many
            self._messages.put_nowait(item)

    async def send_smp(self, message: bytes) -> None:
        """Send in packets that fit the MTU."""
        client, smp = self._client, self._smp
        if client is None or smp is None:
            raise disconnected(self.address, "sending")
        self._assembler.reset()
        with_response = "write-without-response" not in smp.properties
        size = max(20, smp.max_write_without_response_size)
        for start in range(0, len(message), size):
            part = message[start : start + size]
            await self._guard(client.write_gatt_char(smp, part, response=with_response), "sending")

    async def receive_smp(self) -> bytes:
        """Return the next message."""
        item = await self._messages.get()
        if isinstance(item, SmpStreamError):
            raise DeviceProtocolError(
                f"The device {self.address} sent a damaged message.",
                why=str(item),
                remedy="Connect again; if it repeats, update the device's firmware.",
            ) from item
        return item

    # --- information ----------------------------------------------------------------

    async def device_information(self) -> dict[str, str]:
        """Read all texts of the Device Information Service that are there."""
        texts: dict[str, str] = {}
        for uuid in _INFORMATION:
            raw = await self._read(uuid)
            if raw is not None:
                texts[uuid] = raw.decode("utf-8", "replace").strip("\x00 ")
        return texts

    async def battery_percent(self) -> int | None:
        """Read the battery level; values over 100 are not one."""
        raw = await self._read(uuids.BATTERY_LEVEL)
        return raw[0] if raw and raw[0] <= 100 else None

    async def _read(self, uuid: str) -> bytes | None:
        client = self._client
        if client is None:
            raise disconnected(self.address, "reading")
        characteristic = _find_characteristic(client, uuid)
        if characteristic is None:
            return None
        return bytes(await self._guard(client.read_gatt_char(characteristic), "reading"))

    def log_lines(self) -> list[str]:
        """BLE carries no log."""
        return []

    # --- end ------------------------------------------------------------------------

    async def _guard(self, operation: Awaitable[_T], doing: str) -> _T:
        try:
            return await operation
        except (BleakError, OSError) as error:
            raise translate_ble_error(error, self.address, doing) from error

    async def close(self) -> None:
        """Disconnect."""
        client, self._client = self._client, None
        self.ended.set()
        if client is not None:
            with contextlib.suppress(BleakError, OSError, TimeoutError):
                async with asyncio.timeout(5):
                    await client.disconnect()


_Guard = Callable[[Awaitable[_T], str], Awaitable[_T]]


class BleImprovChannel:
    """Improv over GATT; see `ImprovChannel`."""

    over_serial = False

    def __init__(self, client: BleakClient, guard: _Guard[object]) -> None:
        self.events: asyncio.Queue[ImprovEvent] = asyncio.Queue(_QUEUE_LIMIT)
        self._client = client
        self._guard = guard
        self._assembler = improv.MessageAssembler()

    async def subscribe(self) -> None:
        """Subscribe to what the device reports."""
        for uuid, on_value in (
            (uuids.IMPROV_STATE, self._on_state),
            (uuids.IMPROV_ERROR, self._on_error),
            (uuids.IMPROV_RPC_RESULT, self._on_result),
        ):
            characteristic = _find_characteristic(self._client, uuid)
            if characteristic is not None:
                await self._client.start_notify(characteristic, on_value)

    async def send(self, message: ImprovMessage) -> None:
        """Write a command, in parts when it does not fit one write."""
        self._assembler.reset()
        characteristic = _find_characteristic(self._client, uuids.IMPROV_RPC_COMMAND)
        if characteristic is None:
            raise DeviceProtocolError(
                f"The device {self._client.address} offers Improv incompletely.",
                why="It has no characteristic for commands.",
                remedy="Update its firmware.",
            )
        data = improv.encode_message(message)
        size = max(20, characteristic.max_write_without_response_size)
        for start in range(0, len(data), size):
            part = data[start : start + size]
            await self._guard(self._client.write_gatt_char(characteristic, part, response=True), "sending")

    async def request_state(self) -> ImprovState | None:
        """Read the state."""
        return _enum(ImprovState, await self._read(uuids.IMPROV_STATE))

    async def capabilities(self) -> int:
        """Read the capability bits; identify alone for devices older than the characteristic."""
        raw = await self._read(uuids.IMPROV_CAPABILITIES)
        return raw[0] if raw else int(ImprovCapability.IDENTIFY)

    async def _read(self, uuid: str) -> bytes:
        characteristic = _find_characteristic(self._client, uuid)
        if characteristic is None:
            return b""
        raw = await self._guard(self._client.read_gatt_char(characteristic), "reading")
        assert isinstance(raw, bytearray)
        return bytes(raw)

    def _on_state(self, _characteristic: BleakGATTCharacteristic, value: bytearray) -> None:
        state = _enum(ImprovState, bytes(value))
        if state is not None:
            self._put(ImprovEvent(state=state))

    def _on_error(self, _characteristic: BleakGATTCharacteristic, value: bytearray) -> None:
        error = _enum(ImprovError, bytes(value))
        self._put(ImprovEvent(error=ImprovError.UNKNOWN if error is None else error))

    def _on_result(self, _characteristic: BleakGATTCharacteristic, value: bytearray) -> None:
        try:
            message = self._assembler.feed(bytes(value))
        except improv.ImprovDecodeError as error:
            _LOGGER.debug("an Improv result did not check: %s", error)
            return
        if message is not None:
            self._put(ImprovEvent(result=message))

    def _put(self, event: ImprovEvent) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self.events.put_nowait(event)


_E = TypeVar("_E", ImprovState, ImprovError)


def _enum(kind: type[_E], value: bytes) -> _E | None:
    try:
        return kind(value[0])
    except (IndexError, ValueError):
        return None


def _find_characteristic(client: BleakClient, uuid: str) -> BleakGATTCharacteristic | None:
    """Return a characteristic of a connected device, None where it has none.

    Raises:
        DeviceDisconnectedError: the link ended, and bleak forgot its services with it.
    """
    try:
        return client.services.get_characteristic(uuid)
    except BleakError as error:
        raise disconnected(client.address, "looking up a service") from error
