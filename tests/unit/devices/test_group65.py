import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from smp import header
from smp.error import Err

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import EXPLANATIONS, Group65Error, explain
from larry.devices.protocol.sealed_commands import InnerAnswer, InnerRequest, SealedCommandError, payload_of

_entry = st.builds(
    group65.TreeEntry,
    device_id=st.text("0123456789ABCDEF", min_size=14, max_size=14),
    parent=st.none() | st.just("0011223344556A"),
    kind=st.sampled_from(["lock", "repeater"]),
    link_state=st.just("attached"),
)


@given(st.lists(_entry, max_size=22), st.integers(0, 2**31))
def test_tree_through_the_wire_and_inside_the_box(items, revision):
    request = group65.TreeWrite(expected_revision=revision, items=items)
    assert group65.TreeWrite.loads(request.BYTES).items == items
    inner = InnerRequest.decode(InnerRequest.of(request).encode())
    assert (inner.group, inner.op, inner.command) == (65, header.OP.WRITE, 6)
    assert group65.TreeWrite(**inner.payload).items == items
    response = group65.TreeReadResponse(revision=revision, items=items, sequence=7)
    assert group65.TreeReadResponse.loads(response.BYTES).items == items
    answer = InnerAnswer.decode(InnerAnswer(payload=payload_of(response)).encode())
    assert group65.TreeReadResponse(**answer.payload).revision == revision


def test_the_biggest_tree_fits_a_usual_buffer():
    entry = group65.TreeEntry(
        device_id="0" * 14, parent="0" * 14, kind="repeater", link_state="detached_pending"
    )
    request = group65.TreeWrite(expected_revision=2**31, items=[entry] * 22)
    assert len(InnerRequest.of(request).encode()) < 2475 - 60  # a common MCUmgr buffer, less header and seal


def test_an_error_never_passes_for_an_answer_without_keys():
    refusal = group65.Group65ErrorV2(
        header=header.Header(header.OP.WRITE_RSP, header.Version.V2, header.Flag(0), 0, 65, 3, 8),
        err=Err[Group65Error](group=65, rc=Group65Error.WINDOW_CLOSED),
        smp_data=b"",
    )
    assert refusal.err.rc is Group65Error.WINDOW_CLOSED
    for response in (
        group65.NameplateReadResponse,
        group65.IdentifyWriteResponse,
        group65.SessionWriteResponse,
    ):
        for content in ({"err": {"group": 65, "rc": 5}}, {"rc": 8}):
            with pytest.raises(ValidationError):
                response(**content)


def test_later_devices_may_say_more():
    assert group65.InfoReadResponse(kind="iq", device_id="X", colour_of_tomorrow="mauve").kind == "iq"


def test_every_refusal_has_words():
    assert set(EXPLANATIONS) == set(Group65Error) - {Group65Error.OK}
    codes = [explanation.code for explanation in EXPLANATIONS.values()]
    assert len(set(codes)) == len(codes)
    assert all(words.why.endswith(".") and words.remedy.endswith(".") for words in EXPLANATIONS.values())
    assert explain(200).code == "group65-200"


@given(st.binary(max_size=80))
def test_noise_inside_the_box(noise):
    for decode in (InnerRequest.decode, InnerAnswer.decode):
        try:
            decode(noise)
        except SealedCommandError:
            continue


def test_inner_refusal():
    answer = InnerAnswer.decode(InnerAnswer(error=(65, 8)).encode())
    assert answer.error == (65, Group65Error.TREE_STALE)
    assert answer.payload is None
