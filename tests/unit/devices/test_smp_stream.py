import pytest
from hypothesis import given
from hypothesis import strategies as st

from larry.devices.protocol.smp_stream import SmpStreamAssembler, SmpStreamError

_bodies = st.lists(st.binary(max_size=300), min_size=1, max_size=5)


def _message(body):
    return bytes((0x09, 0)) + len(body).to_bytes(2, "big") + b"\x00\x41\x07\x00" + body


@given(_bodies, st.integers(1, 500))
def test_messages_in_parts_of_any_size(bodies, size):
    assembler = SmpStreamAssembler()
    stream = b"".join(map(_message, bodies))
    parts = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert [m for part in parts for m in assembler.feed(part)] == [_message(body) for body in bodies]


def test_an_impossible_length_is_refused_and_forgotten():
    assembler = SmpStreamAssembler(max_message=100)
    with pytest.raises(SmpStreamError):
        assembler.feed(_message(b"x" * 200))
    assert assembler.feed(_message(b"ok")) == [_message(b"ok")]


@given(st.lists(st.binary(max_size=200), max_size=10))
def test_noise_stays_within_bounds(parts):
    assembler = SmpStreamAssembler(max_message=256)
    for part in parts:
        try:
            assembler.feed(part)
        except SmpStreamError:
            continue
        assert len(assembler._buffer) <= 256
