"""Over real pseudo-terminals; the other end is the test."""

import asyncio
import os
import sys
from contextlib import suppress

import pytest
import serial

from larry.devices.protocol import improv, smp_serial
from larry.devices.protocol.improv import ImprovFrame, ImprovMessage, ImprovState
from larry.devices.serial_transport import SerialTransport
from larry.devices.service import DeviceService
from larry.errors import DeviceProtocolError, DeviceUnavailableError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


with suppress(ImportError):  # Windows
    import pty
    import tty


class Cable:
    def __init__(self):
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)

    def say(self, data):
        os.write(self.master, data)

    def unplug(self):
        if self.master is not None:
            os.close(self.master)
            os.close(self.slave)
            self.master = None


@pytest.fixture
def cable():
    cable = Cable()
    yield cable
    cable.unplug()


async def test_three_voices_reach_their_listeners(cable):
    transport = await SerialTransport.open(cable.path)
    message = bytes(range(200))
    state = improv.encode_frame(ImprovFrame(1, b"\x02"))
    cable.say(b"booting\r\n" + smp_serial.encode_frame(message) + b"<inf> log" + state + b"done\n")
    assert await asyncio.wait_for(transport.receive_smp(), 2) == message
    event = await asyncio.wait_for(transport.improv.events.get(), 2)
    assert event.state is ImprovState.AUTHORIZED
    await transport.improv.send(ImprovMessage(2))
    await transport.send_smp(b"12345678")
    expected = improv.encode_frame(ImprovFrame(3, b"\x02\x00")) + smp_serial.encode_frame(b"12345678")
    assert await asyncio.to_thread(os.read, cable.master, 200) in (expected, expected[:12])
    assert transport.log_lines()[:2] == ["booting", "<inf> log"]
    await transport.close()


async def test_a_wrong_crc_is_a_protocol_error(cable):
    transport = await SerialTransport.open(cable.path)
    frame = bytearray(smp_serial.encode_frame(b"12345678"))
    frame[8] ^= 1
    cable.say(bytes(frame))
    with pytest.raises(DeviceProtocolError):
        await asyncio.wait_for(transport.receive_smp(), 2)
    await transport.close()


async def test_unplugging_ends_the_link(cable):
    transport = await SerialTransport.open(cable.path)
    cable.unplug()
    await asyncio.wait_for(transport.ended.wait(), 2)
    with pytest.raises(DeviceUnavailableError) as gone:
        await transport.send_smp(b"12345678")
    assert gone.value.reason == "port-gone"
    await transport.close()


async def test_a_busy_port_says_so(cable):
    with serial.Serial(cable.path, exclusive=True):
        with pytest.raises(DeviceUnavailableError) as busy:
            await SerialTransport.open(cable.path)
        assert busy.value.reason == "port-busy"
        async with DeviceService("none", [cable.path]) as service:
            found = await service.wait_until(lambda snapshot: bool(snapshot.problems), 5)
    assert [problem.reason for problem in found.problems] == ["port-busy"]


async def test_a_port_is_looked_at_again_when_it_is_free(cable, monkeypatch):
    monkeypatch.setattr("larry.devices.port_watch._RETRY_S", 0.05)
    monkeypatch.setattr("larry.devices.open_device._SMP_PROBE_S", 0.1)
    monkeypatch.setattr("larry.devices.open_device._IMPROV_PROBE_S", 0.1)
    async with DeviceService("none", [cable.path]) as service:
        with serial.Serial(cable.path, exclusive=True):
            await service.wait_until(lambda snapshot: bool(snapshot.problems), 5)
        # nobody answers at the free port, but a named one is listed as what it is: unknown
        found = await service.wait_until(lambda snapshot: bool(snapshot.devices), 15)
    assert (found.devices[0].kind, found.devices[0].speaks, found.devices[0].port) == (
        "unknown",
        (),
        cable.path,
    )


async def test_a_missing_port_says_so():
    async with DeviceService("none", ["/dev/larry-none", "socket://127.0.0.1:1"]) as service:
        found = await service.wait_until(lambda snapshot: len(snapshot.problems) == 2, 5)
        assert {problem.reason for problem in found.problems} == {"port-gone"}
        with pytest.raises(DeviceUnavailableError):
            await service.open("/dev/larry-none", 3)


async def test_unplugging_takes_the_row_away(cable):
    async with DeviceService("none", [cable.path]) as service:
        await service.wait_until(lambda snapshot: not snapshot.problems, 5)
        cable.unplug()
        found = await service.wait_until(lambda snapshot: bool(snapshot.problems), 10)
    assert found.devices == ()
    assert [problem.reason for problem in found.problems] == ["port-gone"]
