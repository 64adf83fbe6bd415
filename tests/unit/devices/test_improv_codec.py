import pytest
from hypothesis import given
from hypothesis import strategies as st
from improv_ble_client import protocol as judge

from larry.devices.protocol import improv
from larry.devices.protocol.improv import ImprovDecodeError, ImprovMessage, MessageAssembler, WifiEntry

_strings = st.lists(st.binary(max_size=60), max_size=4).map(tuple)
_messages = st.builds(ImprovMessage, command=st.integers(0, 255), strings=_strings)


@given(_messages)
def test_round_trip_and_reassembly(message):
    data = improv.encode_message(message)
    assert improv.decode_message(data) == message
    assembler = MessageAssembler()
    answers = [assembler.feed(data[start : start + 20]) for start in range(0, len(data), 20)]
    assert answers[-1] == message
    assert all(answer is None for answer in answers[:-1])


@given(st.binary(max_size=300))
def test_noise_is_refused_or_canonical(noise):
    try:
        message = improv.decode_message(noise)
    except ImprovDecodeError:
        return
    assert improv.encode_message(message) == noise


@given(_messages, st.integers(0, 400), st.integers(1, 255))
def test_one_wrong_byte_is_noticed(message, position, flip):
    data = bytearray(improv.encode_message(message))
    data[position % len(data)] ^= flip
    with pytest.raises(ImprovDecodeError):
        improv.decode_message(bytes(data))


def test_home_assistants_client_reads_and_writes_the_same_bytes():
    ours = improv.encode_message(improv.wifi_settings("Adler-Staff", "a password"))
    theirs = judge.WiFiSettingsCmd(b"Adler-Staff", b"a password").as_bytes()
    assert ours == theirs
    networks = [WifiEntry("A", -50, True), WifiEntry("Ünited", -71, False)]
    result = improv.encode_message(ImprovMessage(4, improv.encode_networks(networks)))
    read = judge.ScanWifiRes.from_bytes(result).networks
    assert read == [(b"A", b"-50", b"YES"), ("Ünited".encode(), b"-71", b"NO")]


def test_networks_round_trip_and_odd_values():
    networks = (WifiEntry("A", -50, True), WifiEntry("", None, False))
    assert improv.decode_networks(improv.encode_networks(networks)) == networks
    assert improv.decode_networks((b"x", b"weak", b"WPA2"))[0] == WifiEntry("x", None, True)
    with pytest.raises(ImprovDecodeError):
        improv.decode_networks((b"x", b"-50"))


def test_no_password_in_repr_or_error():
    secret = improv.wifi_settings("net", "Sesame-2026")
    data = bytearray(improv.encode_message(secret))
    data[-1] ^= 1
    with pytest.raises(ImprovDecodeError) as caught:
        improv.decode_message(bytes(data))
    assert "Sesame" not in str(caught.value) + repr(secret) + repr(improv.ImprovFrame(3, bytes(data)))


def test_too_long_is_refused_before_sending():
    with pytest.raises(ValueError):
        improv.encode_message(ImprovMessage(1, (b"x" * 256,)))
    with pytest.raises(ValueError):
        improv.encode_message(ImprovMessage(1, (b"x" * 200, b"x" * 200)))
