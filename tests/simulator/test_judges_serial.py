"""smpclient's own serial transport on the practice site's cable, log lines and Improv in between."""

from __future__ import annotations

import asyncio

import pytest
import serial
from smpclient import SMPClient
from smpclient.generics import success
from smpclient.requests.os_management import EchoWrite, MCUMgrParametersRead
from smpclient.transport.serial import SMPSerialTransport

from larry.devices.protocol import group65, improv
from larry.devices.protocol.console import ConsoleDecoder
from larry.devices.protocol.improv import ImprovFrame, ImprovFrameType, ImprovMessage, ImprovState
from larry.simulator.practice_site import PracticeSite

pytestmark = pytest.mark.timeout(60)


async def test_smpclients_own_serial_transport_reads_an_iq(practice_site: PracticeSite) -> None:
    cable = practice_site.serial[0]
    iq = practice_site.world.find(cable["device_id"])
    async with SMPClient(SMPSerialTransport(), cable["path"], timeout_s=10) as client:
        for number in range(20):
            iq.identify(1)  # writes a log line between the frames
            answer = await client.request(EchoWrite(d=f"hello {number}"))
            assert success(answer)
            assert answer.r == f"hello {number}"
        parameters = await client.request(MCUMgrParametersRead())
        assert success(parameters)
        assert parameters.buf_size >= 2475
        text = "x" * (parameters.buf_size - 40)
        answer = await client.request(EchoWrite(d=text))
        assert success(answer)
        assert answer.r == text
        info = await client.request(group65.InfoRead())
        assert success(info)
        assert info.device_id == cable["device_id"]


async def test_a_plain_terminal_sees_improv_as_it_is_published(practice_site: PracticeSite) -> None:
    """pyserial and the bytes of the published Improv example, nothing of our client."""

    def converse() -> list[object]:
        decoder = ConsoleDecoder()
        with serial.Serial(practice_site.serial[0]["path"], timeout=0.2) as port:
            request = bytes.fromhex("494D50524F56 01 03 02 0200")
            port.write(request + bytes((sum(request) & 0xFF,)) + b"\n")
            items: list[object] = []
            for _ in range(25):
                items += decoder.feed(port.read(256))
                if any(isinstance(item, ImprovFrame) for item in items):
                    break
            return items

    items = await asyncio.to_thread(converse)
    frame = next(item for item in items if isinstance(item, ImprovFrame))
    assert frame.type == ImprovFrameType.STATE
    assert ImprovState(frame.content[0]) is ImprovState.AUTHORIZED
    ours = improv.encode_frame(ImprovFrame(ImprovFrameType.COMMAND, improv.encode_body(ImprovMessage(2))))
    assert ours[:-2] == bytes.fromhex("494D50524F56 01 03 02 0200")
