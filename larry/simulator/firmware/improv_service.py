"""Improv over Bluetooth: the five characteristics."""

from __future__ import annotations

from bumble import device, gatt
from bumble.core import UUID

from larry.devices.protocol import improv, uuids
from larry.devices.protocol.advertising import improv_advertisement
from larry.simulator.firmware.gatt_profile import Properties, characteristic
from larry.simulator.firmware.improv_server import CAPABILITIES, ImprovDevice, ImprovServer
from larry.simulator.firmware.notifier import Notifier


class ImprovService:
    """The Improv service of one device."""

    def __init__(self, improv_device: ImprovDevice, notifier: Notifier) -> None:
        notifies = Properties.READ | Properties.NOTIFY
        self._notifier = notifier
        self._assembler = improv.MessageAssembler()
        self._last_result = b""
        self._state = characteristic(
            uuids.IMPROV_STATE, notifies, read=lambda connection: bytes([self.server.state])
        )
        self._error = characteristic(
            uuids.IMPROV_ERROR, notifies, read=lambda connection: bytes([self.server.error])
        )
        self._command = characteristic(
            uuids.IMPROV_RPC_COMMAND,
            Properties.WRITE | Properties.WRITE_WITHOUT_RESPONSE,
            write=self._written,
        )
        self._result = characteristic(
            uuids.IMPROV_RPC_RESULT, notifies, read=lambda connection: self._last_result
        )
        self._capabilities = characteristic(
            uuids.IMPROV_CAPABILITIES, Properties.READ, read=lambda connection: bytes([CAPABILITIES])
        )
        self.server = ImprovServer(
            improv_device,
            send_state=lambda state: notifier.send(self._state, bytes([state])),
            send_error=lambda error: notifier.send(self._error, bytes([error])),
            send_result=self._send_result,
        )
        self.service = gatt.Service(
            UUID(uuids.IMPROV_SERVICE),
            [self._state, self._error, self._command, self._result, self._capabilities],
        )

    @property
    def payload(self) -> bytes:
        """The advertisement that carries the state."""
        return improv_advertisement(self.server.state, CAPABILITIES)

    def disconnected(self) -> None:
        """The connection ended in the middle of whatever."""
        self._assembler.reset()

    def _written(self, connection: device.Connection, value: bytes) -> None:
        del connection
        try:
            message = self._assembler.feed(value)
        except improv.ImprovDecodeError:
            self.server.malformed()
            return
        if message is not None:
            self.server.handle(message)

    def _send_result(self, message: improv.ImprovMessage) -> None:
        self._last_result = improv.encode_message(message)
        self._notifier.send(self._result, self._last_result)
