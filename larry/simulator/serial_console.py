"""The UART of an IQ: SMP frames, Improv frames and log lines on one wire."""

from __future__ import annotations

from collections.abc import Callable

from larry.devices.protocol import console, improv, smp_serial
from larry.devices.protocol.improv import ImprovFrame, ImprovFrameType, ImprovMessage
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.firmware.improv_server import ImprovServer
from larry.simulator.firmware.smp_server import BUFFER_SIZE
from larry.simulator.world.event_log import WorldEvent


class SerialConsole:
    """Bytes in, bytes out; whoever owns the wire calls `feed` and takes what `write` is called with.

    Args:
        firmware: of the IQ.
        write: sends bytes; `True` as second argument marks a log line, which may be dropped.
    """

    def __init__(self, firmware: Firmware, write: Callable[[bytes, bool], None]) -> None:
        self._firmware = firmware
        self._write = write
        self._channel = ClientChannel("serial")
        self._decoder = console.ConsoleDecoder(BUFFER_SIZE)
        improv_device = firmware.improv_over_cable()
        self._improv = (
            ImprovServer(
                improv_device,
                send_state=lambda state: self._send(ImprovFrameType.STATE, bytes([state])),
                send_error=lambda error: self._send(ImprovFrameType.ERROR, bytes([error])),
                send_result=lambda message: self._send(ImprovFrameType.RESULT, improv.encode_body(message)),
                one_network_per_result=True,
            )
            if improv_device is not None
            else None
        )

    def feed(self, data: bytes) -> None:
        """Take bytes from the cable; a device without power takes none."""
        if not self._firmware.device.running:
            return
        for item in self._decoder.feed(data):
            if isinstance(item, console.SmpMessage):
                self._smp(item.data)
            elif isinstance(item, ImprovFrame):
                self._improv_frame(item)
            elif isinstance(item, console.BrokenFrame):
                self._log(f"<wrn> console: {item.why}")

    def refresh(self) -> None:
        """Follow a change of the device; a stopped one forgets its session."""
        if not self._firmware.device.running:
            self._firmware.closed(self._channel)
            self._channel = ClientChannel("serial")
        if self._improv is not None:
            self._improv.refresh()

    def show_event(self, event: WorldEvent) -> None:
        """Print a log line for an event of the device."""
        if self._firmware.device.running:
            self._log(f"[{event.at_s:012.3f}] <inf> {event.source}: {event.what}")

    def _smp(self, request: bytes) -> None:
        server = self._firmware.smp
        answer = server.answer(request, self._channel) if server is not None else None
        if answer is not None:
            self._write(smp_serial.encode_frame(answer), False)

    def _improv_frame(self, frame: ImprovFrame) -> None:
        if self._improv is None or frame.type != ImprovFrameType.COMMAND:
            return
        try:
            message = improv.decode_body(frame.content)
        except improv.ImprovDecodeError:
            self._improv.malformed()
            return
        if message.command == improv.SERIAL_REQUEST_STATE:
            self._report_state()
        else:
            self._improv.handle(message)

    def _report_state(self) -> None:
        """State, and the address again when it is provisioned, as the standard has it."""
        assert self._improv is not None
        state = self._improv.state
        self._send(ImprovFrameType.STATE, bytes([state]))
        if state is improv.ImprovState.PROVISIONED:
            result = ImprovMessage(improv.SERIAL_REQUEST_STATE, (self._improv.url,))
            self._send(ImprovFrameType.RESULT, improv.encode_body(result))

    def _send(self, kind: ImprovFrameType, content: bytes) -> None:
        self._write(improv.encode_frame(ImprovFrame(kind, content)), False)

    def _log(self, text: str) -> None:
        self._write(text.encode() + b"\r\n", True)
