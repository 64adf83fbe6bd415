import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from smp import packet

from larry.devices.protocol import improv, smp_serial
from larry.devices.protocol.console import BrokenFrame, ConsoleDecoder, LogLine, SmpMessage
from larry.devices.protocol.improv import ImprovFrame
from larry.devices.protocol.smp_serial import FrameAssembler, SmpFrameError

_messages = st.binary(min_size=0, max_size=1500)
_lines = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=80).filter(
    lambda text: "IMPROV" not in text
)
_items = st.one_of(
    _messages.map(SmpMessage),
    st.builds(ImprovFrame, type=st.integers(0, 255), content=st.binary(max_size=255)),
    _lines.map(LogLine),
)


def _encode(item):
    if isinstance(item, SmpMessage):
        return smp_serial.encode_frame(item.data)
    if isinstance(item, ImprovFrame):
        return improv.encode_frame(item)
    return item.text.encode() + b"\r\n"


def _published_decode(lines):
    decoder = packet.decode()
    next(decoder)
    try:
        for line in lines.splitlines(keepends=True):
            decoder.send(line)
    except StopIteration as stopped:
        return bytes(stopped.value)
    return None


@given(_messages, st.integers(7, 128))
def test_smp_lines_round_trip_and_stay_short(message, line_length):
    encoded = smp_serial.encode_frame(message, line_length)
    lines = encoded.split(b"\n")[:-1]
    assert all(len(line) < line_length for line in lines)
    assembler = FrameAssembler()
    answers = [assembler.feed_line(line) for line in lines]
    assert answers[-1] == message
    assert all(answer is None for answer in answers[:-1])


@given(_messages.filter(bool))
def test_the_published_codec_reads_our_lines_and_we_read_its(message):
    assert _published_decode(smp_serial.encode_frame(message)) == message
    assert ConsoleDecoder().feed(b"".join(packet.encode(message))) == [SmpMessage(message)]


@settings(max_examples=60)
@given(st.lists(_items, max_size=8), st.integers(1, 64))
def test_three_voices_on_one_uart_in_pieces(items, size):
    stream = b"".join(_encode(item) for item in items)
    decoder = ConsoleDecoder()
    got = [
        item for start in range(0, len(stream), size) for item in decoder.feed(stream[start : start + size])
    ]
    assert got == items


@given(st.binary(max_size=600), _messages)
def test_a_frame_behind_noise_is_found_after_at_most_one_improv_length(noise, message):
    decoder = ConsoleDecoder()
    decoder.feed(noise)
    decoder.feed(b"\n" * 300)  # an Improv-like head in the noise may swallow what it announces
    assert SmpMessage(message) in decoder.feed(smp_serial.encode_frame(message))


def test_a_log_line_without_end_does_not_hide_a_frame():
    decoder = ConsoleDecoder()
    frame = ImprovFrame(1, b"\x02")
    assert decoder.feed(b"uart:~$ " + improv.encode_frame(frame)) == [LogLine("uart:~$ "), frame]
    assert decoder.feed(b"uart:~$ " + smp_serial.encode_frame(b"x")) == [
        LogLine("uart:~$ "),
        SmpMessage(b"x"),
    ]


def test_wrong_crc_checksum_and_length_are_named():
    decoder = ConsoleDecoder()
    packed = bytearray(base64.b64decode(smp_serial.encode_frame(b"hello")[2:]))
    packed[4] ^= 1
    assert decoder.feed(smp_serial.FIRST + base64.b64encode(packed) + b"\n") == [BrokenFrame("wrong CRC")]
    frame = bytearray(improv.encode_frame(ImprovFrame(1, b"\x02")))
    frame[-2] ^= 0xFF
    assert decoder.feed(bytes(frame))[0] == BrokenFrame("an Improv frame with a wrong checksum")
    with pytest.raises(SmpFrameError):
        FrameAssembler().feed_line(smp_serial.NEXT + b"AAAA")


def test_memory_is_bounded():
    decoder = ConsoleDecoder(max_message=1000)
    for _ in range(100):
        decoder.feed(b"x" * 1000)
    assert len(decoder._buffer) <= 4096
    assert decoder.feed(b"\n" + smp_serial.encode_frame(b"y" * 1001))[-1].__class__ is BrokenFrame
