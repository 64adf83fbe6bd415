"""The GATT services of a simulated device, on bumble's server.

bumble checks neither "readable" nor "writeable", and a missing handler leaves the client without an answer
for 30 s; so every characteristic here has both handlers and says no by itself (radio.md 2.1).
"""

from __future__ import annotations

from collections.abc import Callable

from bumble import att, device, gatt
from bumble.core import UUID

from larry.devices.protocol import uuids
from larry.simulator.world.device import SimulatedDevice

MAX_MTU = 498
"""Keeps a write below bumble's limit of 512 bytes, over which it drops it silently."""

Read = Callable[[device.Connection], bytes]
Write = Callable[[device.Connection, bytes], None]
Properties = gatt.Characteristic.Properties


def characteristic(
    uuid: str, properties: Properties, *, read: Read | None = None, write: Write | None = None
) -> gatt.Characteristic[bytes]:
    """Return a characteristic with both handlers; what it does not offer is refused with an ATT error."""
    value = att.AttributeValueV2(read=_reader(read), write=_writer(write))
    permissions = att.Attribute.Permissions.READABLE | att.Attribute.Permissions.WRITEABLE
    return gatt.Characteristic(UUID(uuid), properties, permissions, value)  # type: ignore[arg-type]


def _reader(read: Read | None) -> Callable[[att.Bearer], bytes]:
    def reader(bearer: att.Bearer) -> bytes:
        if read is None or not isinstance(bearer, device.Connection):
            raise att.ATT_Error(att.ErrorCode.READ_NOT_PERMITTED)
        return read(bearer)

    return reader


def _writer(write: Write | None) -> Callable[[att.Bearer, bytes], None]:
    def writer(bearer: att.Bearer, value: bytes) -> None:
        if write is None or not isinstance(bearer, device.Connection):
            raise att.ATT_Error(att.ErrorCode.WRITE_NOT_PERMITTED)
        write(bearer, value)

    return writer


def _fixed(uuid: str, text: str) -> gatt.Characteristic[bytes]:
    return characteristic(uuid, Properties.READ, read=lambda connection: text.encode())


def device_information(simulated: SimulatedDevice) -> gatt.Service:
    """Return the Device Information service."""
    identity = simulated.identity
    return gatt.Service(
        UUID(uuids.DEVICE_INFORMATION_SERVICE),
        [
            _fixed(uuids.MANUFACTURER_NAME, "Larry practice"),
            _fixed(uuids.MODEL_NUMBER, identity.model or "unknown"),
            _fixed(uuids.SERIAL_NUMBER, identity.device_id),
            _fixed(uuids.HARDWARE_REVISION, identity.hardware),
            _fixed(uuids.FIRMWARE_REVISION, identity.firmware),
        ],
    )


def battery(simulated: SimulatedDevice) -> gatt.Service:
    """Return the Battery service."""

    def level(connection: device.Connection) -> bytes:
        del connection
        return bytes([max(0, min(100, simulated.battery_percent or 0))])

    return gatt.Service(
        UUID(uuids.BATTERY_SERVICE), [characteristic(uuids.BATTERY_LEVEL, Properties.READ, read=level)]
    )
