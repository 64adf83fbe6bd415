"""The UART: three voices on one wire."""

from __future__ import annotations

import pytest
from smp import os_management

from larry.devices.protocol import console, improv, smp_serial
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.serial_console import SerialConsole
from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq


class Wire:
    def __init__(self, world: World, iq: SimulatedIq) -> None:
        self.sent = bytearray()
        self.dropped = bytearray()
        self.console = SerialConsole(Firmware(world, iq), self.write)
        world.subscribe(lambda device: self.console.refresh())
        world.events.subscribe(self.console.show_event)

    def write(self, data: bytes, may_drop: bool) -> None:
        self.sent += data

    def items(self) -> list[console.ConsoleItem]:
        data, self.sent = bytes(self.sent), bytearray()
        return console.ConsoleDecoder().feed(data)


@pytest.fixture
def wire(world: World, iq: SimulatedIq) -> Wire:
    return Wire(world, iq)


def echo(text: str) -> bytes:
    return smp_serial.encode_frame(bytes(os_management.EchoWriteRequest(d=text)))


def test_smp_byte_by_byte(wire: Wire) -> None:
    for byte in echo("x" * 300):
        wire.console.feed(bytes([byte]))
    (item,) = wire.items()
    assert isinstance(item, console.SmpMessage)
    assert os_management.EchoWriteResponse.loads(item.data).r == "x" * 300


def test_broken_frame_is_logged_and_the_next_one_answered(wire: Wire) -> None:
    broken = bytearray(echo("first"))
    broken[10] ^= 1
    wire.console.feed(bytes(broken) + echo("second"))
    kinds = [type(item).__name__ for item in wire.items()]
    assert kinds == ["LogLine", "SmpMessage"]


def test_improv_state_on_request(wire: Wire, iq: SimulatedIq) -> None:
    body = improv.encode_body(improv.ImprovMessage(improv.SERIAL_REQUEST_STATE))
    frame = improv.encode_frame(improv.ImprovFrame(improv.ImprovFrameType.COMMAND, body))
    wire.console.feed(b"some noise\n" + frame)
    assert wire.items() == [improv.ImprovFrame(improv.ImprovFrameType.STATE, b"\x02")]
    iq.wifi.station.restore("Adler-Staff", "practice-Edelweiss")
    wire.console.refresh()
    wire.items()
    wire.console.feed(frame)
    state, result = wire.items()
    assert state == improv.ImprovFrame(improv.ImprovFrameType.STATE, b"\x04")
    assert isinstance(result, improv.ImprovFrame)
    assert improv.decode_body(result.content).command == improv.SERIAL_REQUEST_STATE


def test_without_power_the_wire_is_dead(wire: Wire, iq: SimulatedIq) -> None:
    iq.set_power(False)
    wire.items()
    wire.console.feed(echo("anybody?"))
    assert wire.items() == []


def test_log_lines_tell_no_secrets(wire: Wire, world: World, iq: SimulatedIq) -> None:
    iq.hold_reset(2)
    iq.wifi.provision("Adler-Staff", "practice-Edelweiss")
    world.advance(5)
    lines = [item.text for item in wire.items() if isinstance(item, console.LogLine)]
    assert any("wifi-joined" in line for line in lines)
    assert "Edelweiss" not in " ".join(lines)
