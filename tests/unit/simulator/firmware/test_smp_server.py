"""The dispatcher: whole requests in, whole answers out, never an exception on foreign bytes."""

from __future__ import annotations

import random
from typing import Any

import cbor2
import pytest
from smp import header as smp_header
from smp import os_management, settings_management
from smp.error import MGMT_ERR

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.firmware.smp_server import SmpServer
from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock

VERSION_1, VERSION_2 = smp_header.Version.V1, smp_header.Version.V2


@pytest.fixture
def server(world: World, iq: SimulatedIq) -> SmpServer:
    server = Firmware(world, iq).smp
    assert server is not None
    return server


def packet(
    op: int, group: int, command: int, content: object, version: smp_header.Version = VERSION_2
) -> bytes:
    data = cbor2.dumps(content)
    head = smp_header.Header(
        op=smp_header.OP(op),
        version=version,
        flags=smp_header.Flag(0),
        length=len(data),
        group_id=group,
        sequence=77,
        command_id=command,
    )
    return bytes(head) + data


def content_of(answer: bytes | None) -> dict[str, Any]:
    assert answer is not None
    content: dict[str, Any] = cbor2.loads(answer[8:])
    return content


def test_answer_repeats_sequence_and_version(server: SmpServer) -> None:
    request = os_management.EchoWriteRequest(d="x" * 500, sequence=200, version=VERSION_1)
    answer = server.answer(bytes(request), ClientChannel("ble"))
    assert answer is not None
    head = smp_header.Header.loads(answer[:8])
    assert (head.sequence, head.version, head.op) == (200, VERSION_1, smp_header.OP.WRITE_RSP)
    assert os_management.EchoWriteResponse.loads(answer).r == "x" * 500


def test_unknown_commands_and_contents_get_a_general_code(server: SmpServer) -> None:
    channel = ClientChannel("ble")
    assert content_of(server.answer(packet(0, 99, 0, {}), channel)) == {"rc": MGMT_ERR.ENOTSUP}
    assert content_of(server.answer(packet(2, 0, 0, {"d": 5}), channel)) == {"rc": MGMT_ERR.EINVAL}
    assert content_of(server.answer(packet(2, 0, 0, [1]), channel)) == {"rc": MGMT_ERR.EINVAL}
    assert content_of(server.answer(packet(2, 0, 0, {"d": "a", "header": 1}), channel)) == {
        "rc": MGMT_ERR.EINVAL
    }


def test_refusals_speak_the_version_of_the_request(server: SmpServer) -> None:
    request = settings_management.ReadSettingRequest(name="iq/unknown", version=VERSION_2)
    channel = ClientChannel("serial")
    assert content_of(server.answer(bytes(request), channel)) == {"err": {"group": 3, "rc": 3}}
    request = settings_management.ReadSettingRequest(name="iq/unknown", version=VERSION_1)
    assert content_of(server.answer(bytes(request), channel)) == {"rc": MGMT_ERR.EUNKNOWN}


def test_changing_commands_need_presence(server: SmpServer, iq: SimulatedIq) -> None:
    reset = bytes(os_management.ResetWriteRequest())
    assert content_of(server.answer(reset, ClientChannel("ble"))) == {"rc": MGMT_ERR.EACCESSDENIED}
    assert content_of(server.answer(reset, ClientChannel("serial"))) == {}
    iq.hold_reset(2)
    assert content_of(server.answer(reset, ClientChannel("ble"))) == {}


def test_reset_answers_before_it_happens(server: SmpServer, world: World, iq: SimulatedIq) -> None:
    server.answer(bytes(os_management.ResetWriteRequest()), ClientChannel("serial"))
    assert iq.running
    world.advance(1)
    assert iq.phase == "rebooting"


@pytest.mark.parametrize("request_class", group65.SEALED_REQUESTS)
def test_sealed_commands_are_refused_in_the_open(server: SmpServer, request_class: Any) -> None:
    op, number = int(request_class._OP), int(request_class._COMMAND_ID)
    answer = content_of(server.answer(packet(op, 65, number, {}), ClientChannel("serial")))
    # What the device does not offer at all says so; what it offers asks for the session.
    assert answer in ({"err": {"group": 65, "rc": Group65Error.SESSION_REQUIRED}}, {"rc": MGMT_ERR.ENOTSUP})


def test_application_information(server: SmpServer, iq: SimulatedIq) -> None:
    request = os_management.OSApplicationInfoReadRequest(format="nr")
    answer = server.answer(bytes(request), ClientChannel("ble"))
    assert answer is not None
    loaded = os_management.OSApplicationInfoReadResponse.loads(answer)
    assert loaded.output == f"{iq.device_id} {iq.identity.firmware}"
    wrong = os_management.OSApplicationInfoReadRequest(format="?")
    assert content_of(server.answer(bytes(wrong), ClientChannel("ble"))) == {"err": {"group": 0, "rc": 2}}


def test_lock_offers_no_session(world: World, lock: SimulatedLock) -> None:
    server = Firmware(world, lock).smp
    assert server is not None
    request = group65.SessionWrite(step=1, sid=bytes(16), share=bytes(32))
    assert content_of(server.answer(bytes(request), ClientChannel("ble"))) == {"rc": MGMT_ERR.ENOTSUP}
    info = group65.InfoReadResponse.loads(
        server.answer(bytes(group65.InfoRead()), ClientChannel("ble")) or b""
    )
    assert (info.kind, info.link_state, info.battery_percent) == ("lock", "free", 96)


@pytest.mark.parametrize("seed", range(5))
def test_noise_never_raises(server: SmpServer, seed: int) -> None:
    chance = random.Random(seed)
    channel = ClientChannel("serial")
    whole = bytes(os_management.EchoWriteRequest(d="hello"))
    for _ in range(400):
        data = bytearray(whole if chance.random() < 0.7 else chance.randbytes(chance.randint(0, 60)))
        for _ in range(chance.randint(0, 4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        answer = server.answer(bytes(data), channel)
        assert answer is None or len(answer) >= 8
