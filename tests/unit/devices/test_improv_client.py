import asyncio

import pytest

from larry.devices.improv_client import ImprovClient, improv_refusal
from larry.devices.protocol.improv import (
    ImprovError,
    ImprovMessage,
    ImprovState,
    WifiEntry,
    encode_networks,
)
from larry.devices.transport import ImprovEvent
from larry.errors import (
    DeviceDisconnectedError,
    DeviceProtocolError,
    DeviceRefusedError,
    DeviceTimeoutError,
    DeviceUnsupportedError,
    InputError,
)


def _client(transport):
    return ImprovClient(transport, transport.improv, "the IQ")


def _result(command, *strings):
    return ImprovEvent(result=ImprovMessage(command, tuple(s.encode() for s in strings)))


async def test_provisioning_reports_its_states_and_the_address(scripted):
    transport = scripted()
    transport.improv.answers = lambda m: [
        ImprovEvent(error=ImprovError.NONE),
        ImprovEvent(state=ImprovState.PROVISIONING),
        ImprovEvent(state=ImprovState.PROVISIONED),
        _result(1, "http://iq.local/"),
    ]
    states = []
    address = await _client(transport).provision("Adler-Staff", "secret", on_state=states.append)
    assert address == "http://iq.local/"
    assert states == [ImprovState.PROVISIONING, ImprovState.PROVISIONED]
    assert transport.improv.sent[0].strings == (b"Adler-Staff", b"secret")


async def test_what_was_said_before_the_command_does_not_count(scripted):
    transport = scripted()
    transport.improv.events.put_nowait(ImprovEvent(error=ImprovError.UNABLE_TO_CONNECT))
    transport.improv.answers = lambda m: [_result(1)]
    assert await _client(transport).provision("Adler", "x") == ""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ImprovError.NOT_AUTHORIZED, "window-closed"),
        (ImprovError.UNABLE_TO_CONNECT, "wifi-unable-to-connect"),
        (ImprovError.INVALID_RPC, "improv-invalid"),
        (ImprovError.UNKNOWN, "improv-unknown"),
    ],
)
async def test_refusals_have_codes_and_hide_the_password(scripted, error, code):
    transport = scripted()
    transport.improv.answers = lambda m: [ImprovEvent(error=error)]
    with pytest.raises(DeviceRefusedError) as refused:
        await _client(transport).provision("Adler", "Edelweiss-9")
    assert refused.value.code == code
    assert "Edelweiss-9" not in str(refused.value)


@pytest.mark.parametrize("error", [e for e in ImprovError if e is not ImprovError.NONE])
def test_every_error_has_words(error):
    refusal = improv_refusal(error, "the IQ")
    assert refusal.why.endswith(".")
    assert refusal.remedy.endswith(".")


async def test_ble_lists_networks_in_one_answer_serial_in_many(scripted):
    entries = [WifiEntry("A", -70, True), WifiEntry("B", -50, False), WifiEntry("A", -40, True)]
    ble = scripted("ble")
    ble.improv.answers = lambda m: [ImprovEvent(result=ImprovMessage(4, encode_networks(entries)))]
    cable = scripted("serial")
    cable.improv.answers = lambda m: [
        *(ImprovEvent(result=ImprovMessage(4, encode_networks([entry]))) for entry in entries),
        ImprovEvent(result=ImprovMessage(4)),
    ]
    for transport in (ble, cable):
        found = await _client(transport).networks()
        assert found == [WifiEntry("A", -40, True), WifiEntry("B", -50, False)]


async def test_an_endless_list_ends(scripted):
    transport = scripted("serial")
    one = ImprovEvent(result=ImprovMessage(4, encode_networks([WifiEntry("A", -70, True)])))
    transport.improv.answers = lambda m: [one] * 5000
    assert len(await _client(transport).networks()) == 1


async def test_a_list_that_stops_in_the_middle_is_refused(scripted):
    transport = scripted()
    transport.improv.answers = lambda m: [_result(4, "A", "-70")]
    with pytest.raises(DeviceProtocolError):
        await _client(transport).networks()


async def test_identify_means_something_else_over_serial(scripted):
    transport = scripted("serial")
    with pytest.raises(DeviceUnsupportedError):
        await _client(transport).identify()
    assert transport.improv.sent == []
    ble = scripted("ble")
    await _client(ble).identify()
    assert ble.improv.sent == [ImprovMessage(2)]
    ble.improv.bits = 0
    with pytest.raises(DeviceUnsupportedError):
        await _client(ble).identify()


async def test_state_by_reading_and_by_asking(scripted):
    ble = scripted("ble")
    ble.improv.state = ImprovState.AUTHORIZED
    assert await _client(ble).state() is ImprovState.AUTHORIZED
    cable = scripted("serial")
    cable.improv.state_later = ImprovState.PROVISIONED
    cable.improv.events.put_nowait(ImprovEvent(state=ImprovState.PROVISIONING))  # stale
    assert await _client(cable).state() is ImprovState.PROVISIONED


async def test_silence_and_loss_end_the_wait(scripted):
    transport = scripted()
    with pytest.raises(DeviceTimeoutError):
        await _client(transport).provision("Adler", "x", timeout_s=0.01)
    asyncio.get_running_loop().call_soon(transport.ended.set)
    with pytest.raises(DeviceDisconnectedError):
        await _client(transport).provision("Adler", "x", timeout_s=30)


@pytest.mark.parametrize(("ssid", "password"), [("", "x"), ("s" * 33, "x"), ("ü" * 17, "x"), ("s", "p" * 65)])
async def test_impossible_networks_are_not_sent(scripted, ssid, password):
    transport = scripted()
    with pytest.raises(InputError):
        await _client(transport).provision(ssid, password)
    assert transport.improv.sent == []
