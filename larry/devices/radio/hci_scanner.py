"""bleak's scanner interface over our own HCI host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason

from larry.devices.radio.hci_host import AdvertisingReport, HciHost

_UUIDS_16 = (0x02, 0x03)
_UUIDS_128 = (0x06, 0x07)
_NAMES = (0x08, 0x09)
_SERVICE_DATA = {0x16: 2, 0x21: 16}  # bytes of the UUID in front
_MANUFACTURER = 0xFF
_MOST_DEVICES = 2000


class HciScanner(BaseBleakScanner):
    """Scanner of one `HciHost`; `bound_to` gives the class that bleak can instantiate."""

    host: ClassVar[HciHost]

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None = None,
        service_uuids: list[str] | None = None,
        scanning_mode: str = "active",
        **_kwargs: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._collected: dict[str, _Collected] = {}

    @classmethod
    def bound_to(cls, host: HciHost) -> type[HciScanner]:
        """Return a class for `BleakScanner(backend=…)`."""
        return type("HciScanner", (cls,), {"host": host})

    async def start(self) -> None:
        """Start to listen.

        Raises:
            BleakBluetoothNotAvailableError: the controller is gone.
        """
        self.seen_devices = {}
        self._collected = {}
        try:
            await self.host.listen(self._on_report)
        except ConnectionError as error:
            raise BleakBluetoothNotAvailableError(
                "the Bluetooth controller is gone", BleakBluetoothNotAvailableReason.NO_BLUETOOTH
            ) from error

    async def stop(self) -> None:
        """Stop to listen."""
        await self.host.unlisten(self._on_report)

    def _on_report(self, report: AdvertisingReport) -> None:
        address = report.address.to_string(False)
        collected = self._collected.setdefault(address, _Collected())
        if len(self._collected) > _MOST_DEVICES:  # phones change their address every quarter of an hour
            oldest = next(iter(self._collected))
            del self._collected[oldest]
            self.seen_devices.pop(oldest, None)
        collected.update(report.data)
        if not self.is_allowed_uuid(collected.service_uuids):
            return
        data = collected.advertisement(report.rssi)
        device = self.create_or_update_device(address, address, collected.name, report.address, data)
        self.call_detection_callbacks(device, data)


class _Collected:
    """What one device said so far: like the systems' own stacks, advertisement and scan response together."""

    def __init__(self) -> None:
        self.name: str | None = None
        self.service_uuids: list[str] = []
        self._manufacturer: dict[int, bytes] = {}
        self._service_data: dict[str, bytes] = {}

    def update(self, raw: bytes) -> None:
        """Take the structures of one report; what it says replaces what was said before."""
        for kind, content in _structures(raw):
            self._take(kind, content)

    def _take(self, kind: int, content: bytes) -> None:
        if kind in _UUIDS_16:
            self._add_uuids(content, 2)
        elif kind in _UUIDS_128:
            self._add_uuids(content, 16)
        elif kind in _NAMES:
            self.name = content.decode("utf-8", "replace")
        elif kind in _SERVICE_DATA:
            size = _SERVICE_DATA[kind]
            self._service_data[uuid_text(content[:size])] = content[size:]
        elif kind == _MANUFACTURER:
            self._manufacturer[int.from_bytes(content[:2], "little")] = content[2:]

    def _add_uuids(self, content: bytes, size: int) -> None:
        for start in range(0, len(content) - size + 1, size):
            uuid = uuid_text(content[start : start + size])
            if uuid not in self.service_uuids:
                self.service_uuids.append(uuid)

    def advertisement(self, rssi_dbm: int) -> AdvertisementData:
        """Return bleak's record."""
        return AdvertisementData(
            local_name=self.name,
            manufacturer_data=dict(self._manufacturer),
            service_data=dict(self._service_data),
            service_uuids=list(self.service_uuids),
            tx_power=None,
            rssi=rssi_dbm,
            platform_data=(),
        )


def uuid_text(little_endian: bytes) -> str:
    """Return a UUID as bleak writes it, from the 2, 4 or 16 bytes that travel."""
    if len(little_endian) == 16:
        return str(UUID(bytes=little_endian[::-1]))
    return f"{int.from_bytes(little_endian, 'little'):08x}-0000-1000-8000-00805f9b34fb"


def _structures(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and content of each complete structure; a cut or empty one ends the list."""
    position = 0
    while position + 1 < len(raw):
        length = raw[position]
        end = position + 1 + length
        if length == 0 or end > len(raw):
            return
        yield raw[position + 1], bytes(raw[position + 2 : end])
        position = end
