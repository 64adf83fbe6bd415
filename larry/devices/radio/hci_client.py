"""bleak's client interface over our own HCI host."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar, Final, TypeVar

from bleak.args import SizedBuffer
from bleak.assigned_numbers import gatt_char_props_to_strs
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError
from bumble import core, gatt_client
from bumble.att import ATT_Error
from bumble.core import UUID
from bumble.device import Connection, Peer

from larry.devices.radio.hci_host import HciHost
from larry.devices.radio.hci_scanner import uuid_text

_LOGGER: Final = logging.getLogger(__name__)
_WANTED_MTU: Final = 517
_LONGEST_WRITE: Final = 512
"""Longest attribute (Core Specification, Vol 3, Part F, 3.2.9); bumble drops longer writes silently."""

_T = TypeVar("_T")


class HciClient(BaseBleakClient):
    """Client of one `HciHost`; `bound_to` gives the class that bleak can instantiate."""

    host: ClassVar[HciHost]

    def __init__(
        self,
        address_or_ble_device: BLEDevice | str,
        *,
        disconnected_callback: Callable[[], None] | None = None,
        timeout: float = 30.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            address_or_ble_device, disconnected_callback=disconnected_callback, timeout=timeout, **kwargs
        )
        self._name = address_or_ble_device.name if isinstance(address_or_ble_device, BLEDevice) else None
        self._connection: Connection | None = None
        self._peer: Peer | None = None
        self._ended = asyncio.Event()
        self._subscribed: dict[int, Callable[[bytes], None]] = {}

    @classmethod
    def bound_to(cls, host: HciHost) -> type[HciClient]:
        """Return a class for `BleakClient(backend=…)`."""
        return type("HciClient", (cls,), {"host": host})

    @property
    def name(self) -> str:
        """Name from the scan, else the address with dashes."""
        return self._name or self.address.replace(":", "-")

    @property
    def mtu_size(self) -> int:
        """Negotiated MTU in bytes."""
        return self._peer.gatt_client.mtu if self._peer is not None else 23

    @property
    def is_connected(self) -> bool:
        """Whether the link is up."""
        return self._connection is not None and not self._ended.is_set()

    async def connect(self, pair: bool = False, **_kwargs: Any) -> None:
        """Connect, negotiate the MTU and discover all services.

        Raises:
            BleakDeviceNotFoundError: not heard in time.
            BleakError: the link was lost meanwhile, or the controller refused.
        """
        try:
            connection = await self.host.connect(self.address, self._timeout)
        except TimeoutError as error:
            raise BleakDeviceNotFoundError(self.address, "the device was not heard in time") from error
        except ConnectionError as error:
            raise BleakError(str(error)) from error
        self._ended = asyncio.Event()
        self._subscribed = {}
        self._connection, self._peer = connection, Peer(connection)
        connection.on(connection.EVENT_DISCONNECTION, self._on_disconnection)
        self.host.device.host.on("flush", self._on_flush)
        try:
            async with asyncio.timeout(self._timeout):
                await self._prepare(pair)
        except BaseException as error:
            await self.disconnect()
            if isinstance(error, TimeoutError):
                raise BleakDeviceNotFoundError(
                    self.address, "the device did not list its services"
                ) from error
            raise

    async def _prepare(self, pair: bool) -> None:
        peer = self._peer
        assert peer is not None
        await self._call(peer.request_mtu(_WANTED_MTU))
        if pair:
            await self.pair()
        await self._call(peer.discover_all())  # type: ignore[no-untyped-call]
        self.services = self._collection(peer)

    def _collection(self, peer: Peer) -> BleakGATTServiceCollection:
        collection = BleakGATTServiceCollection()
        for proxy in peer.services:
            service = BleakGATTService(proxy, proxy.handle, uuid_text(proxy.uuid.uuid_bytes))
            collection.add_service(service)
            for characteristic_proxy in proxy.characteristics:
                characteristic = BleakGATTCharacteristic(
                    characteristic_proxy,
                    characteristic_proxy.handle,
                    uuid_text(characteristic_proxy.uuid.uuid_bytes),
                    list(gatt_char_props_to_strs(int(characteristic_proxy.properties))),
                    lambda: min(self.mtu_size - 3, _LONGEST_WRITE),
                    service,
                )
                collection.add_characteristic(characteristic)
                for descriptor_proxy in characteristic_proxy.descriptors:
                    # bumble keeps a descriptor's UUID in `type`
                    descriptor_type: UUID = descriptor_proxy.type
                    collection.add_descriptor(
                        BleakGATTDescriptor(
                            descriptor_proxy,
                            descriptor_proxy.handle,
                            uuid_text(descriptor_type.uuid_bytes),
                            characteristic,
                        )
                    )
        return collection

    async def disconnect(self) -> None:
        """Close the link; safe to repeat."""
        connection = self._connection
        if connection is None or self._ended.is_set():
            return
        with contextlib.suppress(core.BaseBumbleError, asyncio.TimeoutError, ConnectionError):
            async with asyncio.timeout(3.0):
                await connection.disconnect()
        self._end(notify=True)

    async def pair(self, *_args: Any, **_kwargs: Any) -> None:
        """Pair with the device (Just Works or what the host's pairing configuration allows)."""
        assert self._connection is not None
        await self._call(self._connection.pair())

    async def unpair(self) -> None:
        """Not offered: keys live only as long as the host."""
        raise NotImplementedError

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **_kwargs: Any
    ) -> bytearray:
        """Read a characteristic."""
        return bytearray(await self._call(characteristic.obj.read_value()))

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **_kwargs: Any
    ) -> bytearray:
        """Read a descriptor."""
        return bytearray(await self._call(descriptor.obj.read_value()))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        """Write a characteristic.

        Raises:
            BleakError: longer than 512 bytes, or than one packet without response.
        """
        value = bytes(data)
        if len(value) > (_LONGEST_WRITE if response else min(self.mtu_size - 3, _LONGEST_WRITE)):
            raise BleakError("the value is too long for one write")
        await self._call(characteristic.obj.write_value(value, with_response=response))

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        """Write a descriptor."""
        await self._call(descriptor.obj.write_value(bytes(data), with_response=True))

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **_kwargs: Any
    ) -> None:
        """Subscribe to notifications or indications."""

        def on_value(value: bytes) -> None:
            callback(bytearray(value))

        self._subscribed[characteristic.handle] = on_value
        proxy: gatt_client.CharacteristicProxy[bytes] = characteristic.obj
        await self._call(proxy.subscribe(on_value))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """Unsubscribe."""
        subscriber = self._subscribed.pop(characteristic.handle, None)
        proxy: gatt_client.CharacteristicProxy[bytes] = characteristic.obj
        await self._call(proxy.unsubscribe(subscriber, force=True) if subscriber else _nothing())

    # --- link end -------------------------------------------------------------------

    async def _call(self, operation: Coroutine[Any, Any, _T]) -> _T:
        """Await an ATT operation; the end of the link ends it, ATT errors become bleak's.

        An operation that is abandoned runs on: its answer must not be taken for the next one's.
        """
        if not self.is_connected:
            operation.close()
            raise BleakError("not connected")
        task = asyncio.ensure_future(operation)
        task.add_done_callback(_forget)
        ended = asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
        if not task.done() or task.cancelled():
            task.cancel()
            raise BleakError("the link was lost")
        try:
            return task.result()
        except ATT_Error as error:
            raise BleakGATTProtocolError(int(error.error_code)) from error
        except (core.BaseBumbleError, ConnectionError) as error:
            raise BleakError("the operation failed on the link") from error

    def _on_disconnection(self, _reason: int) -> None:
        self._end(notify=True)

    def _on_flush(self) -> None:
        self._end(notify=True)

    def _end(self, *, notify: bool) -> None:
        if self._ended.is_set():
            return
        self._ended.set()
        with contextlib.suppress(ConnectionError, KeyError):
            self.host.device.host.remove_listener("flush", self._on_flush)
        if notify and self._disconnected_callback is not None:
            self._disconnected_callback()


async def _nothing() -> None:
    return None


def _forget(task: asyncio.Future[Any]) -> None:
    """Retrieve the outcome of an abandoned operation, so that nobody warns about it."""
    if not task.cancelled():
        task.exception()
