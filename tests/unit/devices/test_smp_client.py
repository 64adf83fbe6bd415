import asyncio
import contextlib

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_transport import ScriptedTransport
from smp import header
from smp.error import MGMT_ERR
from smpclient.requests.os_management import EchoWrite, MCUMgrParametersRead

from larry.devices.protocol.group65_errors import EXPLANATIONS, Group65Error
from larry.devices.smp_client import SmpClient
from larry.devices.smp_errors import _GENERAL, group_refusal, smp_refusal
from larry.errors import (
    DeviceDisconnectedError,
    DeviceProtocolError,
    DeviceRefusedError,
    DeviceTimeoutError,
    DeviceUnsupportedError,
)


def _answer(request, payload, *, sequence=None, op=3):
    asked = header.Header.loads(request[:8])
    body = cbor2.dumps(payload)
    head = header.Header(
        header.OP(op),
        header.Version.V2,
        header.Flag(0),
        len(body),
        asked.group_id,
        asked.sequence if sequence is None else sequence,
        asked.command_id,
    )
    return head.BYTES + body


async def test_echo_and_late_answers_of_others_are_dropped(scripted):
    transport = scripted()
    transport.answers = lambda m: [
        _answer(m, {"r": "old"}, sequence=(m[6] + 7) % 256),
        b"short",
        _answer(m, {"r": cbor2.loads(m[8:])["d"]}),
    ]
    client = SmpClient(transport, "the IQ")
    assert (await client.request(EchoWrite(d="new"))).r == "new"


async def test_many_at_once_are_sent_one_after_the_other(scripted):
    transport = scripted()
    transport.answers = lambda m: [_answer(m, {"r": cbor2.loads(m[8:])["d"]})]
    client = SmpClient(transport, "the IQ")
    answers = await asyncio.gather(*(client.request(EchoWrite(d=str(n))) for n in range(50)))
    assert [answer.r for answer in answers] == [str(n) for n in range(50)]


async def test_no_answer_times_out_without_the_packet_in_the_text(scripted):
    client = SmpClient(scripted(), "the IQ")
    with pytest.raises(DeviceTimeoutError) as caught:
        await client.request(EchoWrite(d="secret-text"), timeout_s=0.01)
    assert "secret-text" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_the_end_of_the_link_ends_the_wait(scripted):
    transport = scripted()
    transport.answers = lambda _message: transport.ended.set() or []
    with pytest.raises(DeviceDisconnectedError):
        await SmpClient(transport, "the IQ").request(EchoWrite(d="x"), timeout_s=30)


async def test_a_damaged_read_is_repeated_once_a_write_never(scripted):
    transport = scripted()
    damaged = DeviceProtocolError("damaged")
    transport.answers = lambda m: (
        [damaged] if len(transport.sent) == 1 else [_answer(m, {"buf_size": 512, "buf_count": 2}, op=1)]
    )
    client = SmpClient(transport, "the IQ")
    assert await client.read_parameters() == (512, 2)
    transport.sent.clear()
    with pytest.raises(DeviceProtocolError):
        await client.request(EchoWrite(d="x"))
    assert len(transport.sent) == 1


@pytest.mark.parametrize("payload", [{"x": 1}, {"r": 5}, {"err": "no"}, [], "text", {}])
async def test_what_is_not_an_answer_is_a_protocol_error(scripted, payload):
    transport = scripted()
    transport.answers = lambda m: [_answer(m, payload)]
    with pytest.raises(DeviceProtocolError) as caught:
        await SmpClient(transport, "the IQ").request(EchoWrite(d="x"))
    assert "input" not in repr(caught.value.__cause__)


@given(st.binary(max_size=120))
def test_noise_behind_a_good_header_is_an_answer_or_a_protocol_error(noise):
    async def ask():
        transport = ScriptedTransport()
        transport.answers = lambda m: [bytes((0x0B, 0, *len(noise).to_bytes(2, "big"), *m[4:8])) + noise]
        with contextlib.suppress(DeviceProtocolError, DeviceRefusedError, DeviceUnsupportedError):
            await SmpClient(transport, "the IQ").request(EchoWrite(d="x"))

    asyncio.run(ask())


async def test_too_long_for_the_device_is_not_sent(scripted):
    transport = scripted("serial")
    transport.answers = lambda m: [_answer(m, {"buf_size": 96, "buf_count": 2}, op=1)]
    client = SmpClient(transport, "the IQ")
    await client.read_parameters()
    assert client.message_limit == 92
    transport.sent.clear()
    with pytest.raises(DeviceProtocolError, match="too long"):
        await client.request(EchoWrite(d="x" * 96))
    assert transport.sent == []


async def test_errors_of_both_versions(scripted):
    transport = scripted()
    client = SmpClient(transport, "the IQ")
    transport.answers = lambda m: [_answer(m, {"rc": 8})]
    with pytest.raises(DeviceUnsupportedError):
        await client.request(EchoWrite(d="x"))
    transport.answers = lambda m: [_answer(m, {"rc": 10})]
    with pytest.raises(DeviceRefusedError) as refused:
        await client.request(EchoWrite(d="x"))
    assert refused.value.code == "smp-ebusy"
    transport.answers = lambda m: [_answer(m, {"err": {"group": 0, "rc": 2}}, op=1)]
    with pytest.raises(DeviceRefusedError) as refused:
        await client.request(MCUMgrParametersRead())
    assert refused.value.code.startswith("smp-0-")


def test_every_general_code_has_a_sentence_and_a_next_step():
    assert set(_GENERAL) == set(MGMT_ERR) - {MGMT_ERR.EOK, MGMT_ERR.EPERUSER}
    for why, remedy in _GENERAL.values():
        assert why.endswith(".")
        assert remedy.endswith(".")
    unknown = smp_refusal(type("R", (), {"rc": 99})(), "the IQ")
    assert "99" in unknown.why


@pytest.mark.parametrize("code", sorted(EXPLANATIONS))
def test_every_group65_code_becomes_its_explanation(code):
    error = group_refusal(65, code, "the IQ")
    assert error.why == EXPLANATIONS[code].why
    assert error.remedy == EXPLANATIONS[code].remedy
    if code is not Group65Error.NOT_SUPPORTED:
        assert error.code == EXPLANATIONS[code].code
        assert error.exit_code == 1
