import secrets

import cpace
import pytest
from cpace import CPace, CPaceError, CPaceRole
from hypothesis import given, settings
from hypothesis import strategies as st

from larry.devices.protocol.back_off import BackOff
from larry.devices.protocol.secure_session import Initiator, Responder, SecureSessionError, WrongCodeError

# draft-irtf-cfrg-cpace, appendix "Test vector for CPace using group X25519 and hash SHA-512"
_PRS = b"Password"
_CI = bytes.fromhex("0a41696e69746961746f720a42726573706f6e646572")
_SID = bytes.fromhex("7e4b4791d6a8ef019b936c79fb7f2c57")
_G = "4e6098733061c0e8486611a904fe5edb049804d26130a44131a6229e55c5c321"
_YA_SCALAR = bytes.fromhex("45acf93116ae5d3dae995a7c627df2924321a8e857d9a200807131e38839b0c2")
_YA = bytes.fromhex("6f7fd31863b18b0cc9830fc842c60dea80120ccf2fd375498225e45a52065361")
_YB_SCALAR = bytes.fromhex("a145e914b347002d298ce2051394f0ed68cf3623dfe5db082c78ffa5a667acdc")
_YB = bytes.fromhex("e1b730a4956c0f853d96c5d125cebeeea46952c07c6f66da65bd9ffd2f71a462")
_ISK = (
    "99a9e0ff35acb94ad8af1cd6b32ac409dc7d00557ccd9a7d19d3b4629e5f1f08"
    "4f9332096162438c7ecc78331b4eda17e1a229a47182eccc9ea58cd9cdcd8e9a"
)
_LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


def test_draft_generator_and_shares():
    generator = cpace._calculate_generator(_PRS, _CI, _SID)
    assert generator.hex() == _G
    assert cpace._scalar_mult_vfy(_YA_SCALAR, generator) == _YA
    assert cpace._scalar_mult_vfy(_YB_SCALAR, generator) == _YB


def test_draft_session_key_of_both_roles():
    client = CPace(role=CPaceRole.INITIATOR, sid=_SID, ad=b"ADa", scalar=_YA_SCALAR, public_share=_YA)
    device = CPace(role=CPaceRole.RESPONDER, sid=_SID, ad=b"ADb", scalar=_YB_SCALAR, public_share=_YB)
    client.derive(_YB, b"ADb")
    device.derive(_YA, b"ADa")
    assert client.isk.hex() == device.isk.hex() == _ISK


@pytest.mark.parametrize("point", _LOW_ORDER)
def test_draft_low_order_points_abort(point):
    client = CPace.start(role=CPaceRole.INITIATOR, prs=_PRS, sid=_SID, ci=_CI)
    with pytest.raises(CPaceError):
        client.derive(bytes.fromhex(point))
    responder = Responder("CODE", "0011223344556A")
    with pytest.raises(SecureSessionError):
        responder.answer(bytes(16), bytes.fromhex(point))


def _pair(code="ABCD-1234", device_code=" abcd-1234 ", device_id="0011223344556A"):
    client = Initiator(code, device_id)
    device = Responder(device_code, "0011223344556a")
    share = device.answer(client.hello.sid, client.hello.share)
    tag, device_channel = device.verify(client.prove(share))
    return client.accept(tag), device_channel


@settings(max_examples=20)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=6))
def test_a_conversation(texts):
    client, device = _pair()
    for text in texts:
        counter, box = client.seal(text)
        assert device.open(counter, box) == text
        number, answer = device.seal(text[::-1], answer_to=counter)
        assert client.open(number, answer, answer_to=counter) == text[::-1]
        assert text not in box or len(text) < 3


def test_wrong_code_is_noticed_by_the_device_first():
    with pytest.raises(WrongCodeError):
        _pair(device_code="OTHER")
    with pytest.raises(WrongCodeError):
        _pair(device_id="FFFFFFFFFFFFFF")  # the code of another device


def test_a_device_that_does_not_know_the_code_is_noticed():
    client = Initiator("CODE", "0011223344556A")
    device = Responder("WRONG", "0011223344556A")
    client.prove(device.answer(client.hello.sid, client.hello.share))
    with pytest.raises(WrongCodeError):
        client.accept(secrets.token_bytes(64))


def test_one_guess_per_attempt():
    client = Initiator("GUESS", "0011223344556A")
    device = Responder("CODE", "0011223344556A")
    tag = client.prove(device.answer(client.hello.sid, client.hello.share))
    with pytest.raises(WrongCodeError):
        device.verify(tag)
    with pytest.raises(SecureSessionError, match="no attempt"):
        device.verify(tag)


def test_replay_reorder_truncation_and_reflection_are_refused():
    client, device = _pair()
    first, second = client.seal(b"first"), client.seal(b"second")
    assert device.open(*second) == b"second"
    for counter, box in (first, second, (9, second[1]), (9, b""), (9, second[1][:-1])):
        with pytest.raises(SecureSessionError):
            device.open(counter, box)
    with pytest.raises(SecureSessionError):
        client.open(*client.seal(b"third"))  # its own bytes thrown back
    number, answer = device.seal(b"ok", answer_to=2)
    with pytest.raises(SecureSessionError):
        client.open(number, answer, answer_to=3)
    with pytest.raises(SecureSessionError):
        device.seal(b"again", answer_to=2)  # one nonce, one message


def test_two_sessions_share_nothing():
    client, _ = _pair()
    _, other_device = _pair()
    with pytest.raises(SecureSessionError):
        other_device.open(*client.seal(b"x"))


def test_back_off_doubles_and_forgets():
    back_off = BackOff()
    pauses = []
    now = 0.0
    for _ in range(12):
        back_off.failed(now)
        pauses.append(back_off.remaining_s(now))
        now += pauses[-1]
    assert pauses == [0, 0, 30, 60, 120, 240, 480, 960, 1920, 3840, 3840, 3840]
    back_off.succeeded()
    assert back_off.remaining_s(now) == 0
    assert back_off.failures == 0
