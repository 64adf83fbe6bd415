"""SMP over Bluetooth: requests may come in several writes, answers go out in as many notifications."""

from __future__ import annotations

from bumble import device, gatt
from bumble.core import UUID

from larry.devices.protocol import uuids
from larry.devices.protocol.smp_stream import SmpStreamAssembler, SmpStreamError
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.firmware.gatt_profile import Properties, characteristic
from larry.simulator.firmware.notifier import Notifier
from larry.simulator.firmware.smp_server import BUFFER_SIZE, SmpServer

_ATT_NOTIFICATION_HEADER = 3


class SmpService:
    """The SMP service of one device."""

    def __init__(self, firmware: Firmware, server: SmpServer, notifier: Notifier) -> None:
        self._firmware = firmware
        self._server = server
        self._notifier = notifier
        self._channel = ClientChannel("ble")
        self._assembler = SmpStreamAssembler(BUFFER_SIZE)
        self._characteristic = characteristic(
            uuids.SMP_CHARACTERISTIC,
            Properties.WRITE_WITHOUT_RESPONSE | Properties.NOTIFY,
            write=self._written,
        )
        self.service = gatt.Service(UUID(uuids.SMP_SERVICE), [self._characteristic])

    def disconnected(self) -> None:
        """The connection ended: its session too."""
        self._firmware.closed(self._channel)
        self._channel = ClientChannel("ble")
        self._assembler.reset()

    def _written(self, connection: device.Connection, value: bytes) -> None:
        try:
            requests = self._assembler.feed(value)
        except SmpStreamError:
            return  # firmware has no answer to what is no request
        for request in requests:
            answer = self._server.answer(request, self._channel)
            if answer is not None:
                self._send(connection, answer)

    def _send(self, connection: device.Connection, answer: bytes) -> None:
        size = max(20, connection.att_mtu - _ATT_NOTIFICATION_HEADER)
        for start in range(0, len(answer), size):
            self._notifier.send(self._characteristic, answer[start : start + size], connection)
