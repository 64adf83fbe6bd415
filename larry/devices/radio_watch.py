"""Listens by radio for as long as the service runs, and starts again when the radio comes back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Final

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import BleakError

from larry.devices.ble_errors import radio_unavailable
from larry.devices.device_table import DeviceTable
from larry.devices.found_device import DeviceProblem
from larry.devices.protocol import uuids
from larry.devices.protocol.advertising import COMPANY_ID, ManufacturerData
from larry.devices.protocol.improv import ImprovState
from larry.devices.radio.radio_provider import RadioProvider
from larry.errors import DeviceUnavailableError

_LOGGER: Final = logging.getLogger(__name__)
_SPEAKS: Final = {uuids.SMP_SERVICE: "smp", uuids.IMPROV_SERVICE: "improv"}


class RadioWatch:
    """Feeds the table with advertisements.

    Args:
        radio: where to listen.
        table: what is fed.
        retry_s: pause before a radio that failed is tried again.
    """

    def __init__(self, radio: RadioProvider, table: DeviceTable, *, retry_s: float = 3.0) -> None:
        self.devices: dict[str, BLEDevice] = {}
        self._radio = radio
        self._table = table
        self._retry_s = retry_s
        self._any_heard = False

    async def run(self) -> None:
        """Listen until cancelled; never raises for a broken radio."""
        try:
            while True:
                try:
                    if not await self._listen():
                        continue  # only silent: ask the radio at once
                except (BleakError, OSError, TimeoutError, NotImplementedError, ImportError) as error:
                    self._failed(radio_unavailable(error, self._radio.spec))
                except Exception as error:  # a system's Bluetooth stack may raise anything
                    _LOGGER.debug("the radio failed", exc_info=error)
                    self._failed(radio_unavailable(error, self._radio.spec))
                await asyncio.sleep(self._retry_s)
        finally:
            self._table.set_listening(False)
            with contextlib.suppress(Exception):
                await self._radio.close()

    async def _listen(self) -> bool:
        """Listen until the radio is gone (True) or suspiciously silent (False)."""
        await self._radio.start()
        scanner: BleakScanner = self._radio.scanner(self._on_advertisement)
        await scanner.start()
        self._table.set_problem("radio", None)
        self._table.set_listening(True)
        try:
            lost = await self._lost_or_silent()
            if lost:
                self._failed(radio_unavailable(ConnectionError("gone"), self._radio.spec))
            return lost
        finally:
            with contextlib.suppress(BleakError, OSError, TimeoutError):
                async with asyncio.timeout(3):
                    await scanner.stop()

    async def _lost_or_silent(self) -> bool:
        """Return True when the radio is gone, False when it should be started anew to see whether it works.

        No system tells a scanner that its radio was switched off; the scan just falls silent.
        """
        lost = asyncio.ensure_future(self._radio.wait_lost())
        limit_s = self._radio.silence_limit_s
        try:
            while True:
                self._any_heard = False
                await asyncio.wait({lost}, timeout=limit_s)
                if lost.done():
                    return True
                if not self._any_heard:
                    return False
        finally:
            lost.cancel()
            await asyncio.gather(lost, return_exceptions=True)

    def _failed(self, error: DeviceUnavailableError) -> None:
        self._table.set_listening(False)
        self._table.set_problem("radio", as_problem(error))

    def _on_advertisement(self, device: BLEDevice, heard: AdvertisementData) -> None:
        self._any_heard = True
        speaks = frozenset(_SPEAKS[uuid] for uuid in heard.service_uuids if uuid in _SPEAKS)
        payload = heard.manufacturer_data.get(COMPANY_ID)
        data = ManufacturerData.decode(payload) if payload is not None else None
        if not speaks and data is None and device.address not in self.devices:
            return  # a phone, a television: none of our business
        self.devices[device.address] = device
        self._table.heard(
            device.address,
            float(heard.rssi),
            name=heard.local_name or "",
            data=data,
            wifi_state=_wifi_state(heard.service_data.get(uuids.IMPROV_SERVICE_DATA)),
            speaks=speaks,
        )


def as_problem(error: DeviceUnavailableError) -> DeviceProblem:
    """Return an error as the snapshot shows it."""
    return DeviceProblem(error.reason, error.what, error.why, error.remedy)  # type: ignore[arg-type]


def _wifi_state(service_data: bytes | None) -> str:
    try:
        return ImprovState(service_data[0]).name.lower().replace("_", "-") if service_data else ""
    except ValueError:
        return ""
