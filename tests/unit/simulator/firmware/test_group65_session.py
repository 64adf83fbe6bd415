"""The session by activation code, from the device's side."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from smp import message, settings_management

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error
from larry.devices.protocol.sealed_commands import InnerAnswer, InnerRequest
from larry.devices.protocol.secure_session import Initiator, SealedChannel, SecureSessionError
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.firmware import Firmware
from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq


class Client:
    """A client over one channel, without any transport."""

    def __init__(
        self, world: World, iq: SimulatedIq, via: str = "ble", firmware: Firmware | None = None
    ) -> None:
        self.firmware = firmware or Firmware(world, iq)
        self.channel = ClientChannel(via)
        self.iq = iq
        self.seal: SealedChannel | None = None

    def ask(self, request: message.Request) -> dict[str, Any]:
        assert self.firmware.smp is not None
        answer = self.firmware.smp.answer(bytes(request), self.channel)
        assert answer is not None
        content: dict[str, Any] = cbor2.loads(answer[8:])
        return content

    def unlock(self, code: str) -> int:
        """Return 0, or the code of the refusal."""
        initiator = Initiator(code, self.iq.device_id)
        first = self.ask(group65.SessionWrite(step=1, sid=initiator.hello.sid, share=initiator.hello.share))
        if "err" in first:
            return int(first["err"]["rc"])
        second = self.ask(group65.SessionWrite(step=2, tag=initiator.prove(first["share"])))
        if "err" in second:
            return int(second["err"]["rc"])
        self.seal = initiator.accept(second["tag"])
        return 0

    def sealed(self, request: message.Request) -> InnerAnswer:
        assert self.seal is not None
        counter, box = self.seal.seal(InnerRequest.of(request).encode())
        answer = self.ask(group65.SealedWrite(n=counter, box=box))
        assert "err" not in answer, answer
        return InnerAnswer.decode(self.seal.open(answer["n"], answer["box"], answer_to=counter))


@pytest.fixture
def client(world: World, iq: SimulatedIq) -> Client:
    iq.hold_reset(2)
    return Client(world, iq)


def test_session_and_sealed_command(client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    answer = client.sealed(group65.TreeRead())
    assert answer.payload == {"revision": iq.tree.revision, "items": []}


def test_window_closed(world: World, iq: SimulatedIq) -> None:
    assert Client(world, iq).unlock(iq.activation_code) == Group65Error.WINDOW_CLOSED
    assert Client(world, iq, "serial").unlock(iq.activation_code) == 0


def test_failures_back_off_and_time_heals(world: World, iq: SimulatedIq) -> None:
    iq.hold_reset(2)
    firmware = Firmware(world, iq)
    codes = [Client(world, iq, firmware=firmware).unlock("WRONG") for _ in range(5)]
    assert codes == [Group65Error.WRONG_CODE] * 3 + [Group65Error.LOCKED_OUT] * 2
    right = Client(world, iq, firmware=firmware)
    assert right.unlock(iq.activation_code) == Group65Error.LOCKED_OUT
    info = right.ask(group65.InfoRead())
    assert info["session_wait_s"] == 30
    world.advance(31)
    assert right.unlock(iq.activation_code) == 0
    assert iq.back_off.failures == 0


def test_half_an_attempt_proves_nothing(client: Client, iq: SimulatedIq) -> None:
    answer = client.ask(group65.SessionWrite(step=2, tag=bytes(64)))
    assert answer["err"]["rc"] == Group65Error.INVALID
    answer = client.ask(group65.SessionWrite(step=1, sid=b"short", share=bytes(32)))
    assert answer["err"]["rc"] == Group65Error.INVALID
    assert iq.back_off.failures == 0


def test_one_answer_allows_one_guess(client: Client, iq: SimulatedIq) -> None:
    initiator = Initiator("GUESS", iq.device_id)
    first = client.ask(group65.SessionWrite(step=1, sid=initiator.hello.sid, share=initiator.hello.share))
    tag = initiator.prove(first["share"])
    assert client.ask(group65.SessionWrite(step=2, tag=tag))["err"]["rc"] == Group65Error.WRONG_CODE
    assert client.ask(group65.SessionWrite(step=2, tag=tag))["err"]["rc"] == Group65Error.INVALID
    assert iq.back_off.failures == 1


def test_repeated_and_altered_boxes_are_refused(client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    assert client.seal is not None
    counter, box = client.seal.seal(InnerRequest.of(group65.TreeRead()).encode())
    altered = bytes([box[0] ^ 1]) + box[1:]
    assert client.ask(group65.SealedWrite(n=counter, box=altered))["err"]["rc"] == Group65Error.SEAL_BROKEN
    assert "err" not in client.ask(group65.SealedWrite(n=counter, box=box))
    assert client.ask(group65.SealedWrite(n=counter, box=box))["err"]["rc"] == Group65Error.SEAL_BROKEN


def test_refusals_travel_inside_the_seal(client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    unknown = client.sealed(group65.LinkWrite(action="detach", device_id="00A1B2C35D0288"))
    assert unknown.error == (65, Group65Error.UNKNOWN_NODE)
    child = client.sealed(
        group65.LinkWrite(action="attach", device_id="AA", parent="00112233445566", kind="lock")
    )
    assert child.error == (65, Group65Error.WRONG_PARENT)
    kindless = client.sealed(group65.LinkWrite(action="attach", device_id="AA"))
    assert kindless.error == (65, Group65Error.INVALID)


def test_the_iq_itself_is_no_parent_to_note(client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    client.sealed(group65.LinkWrite(action="attach", device_id="aa", parent=iq.device_id, kind="lock"))
    assert [(item.device_id, item.parent_id) for item in iq.tree.items] == [("AA", None)]


def test_sealed_commands_include_settings(world: World, client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    answer = client.sealed(settings_management.WriteSettingRequest(name="iq/green_heartbeat", val=b"\x00"))
    assert answer.payload == {}
    assert not iq.green_heartbeat


def test_a_session_inside_a_session_is_refused(client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    assert client.sealed(group65.SealedWrite(n=1, box=b"x")).error == (65, Group65Error.SESSION_REQUIRED)
    inner = client.sealed(group65.SessionWrite(step=1, sid=bytes(16), share=bytes(32)))
    assert inner.error == (65, Group65Error.INVALID)


def test_the_end_of_the_connection_ends_the_session(world: World, client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    assert iq.sessions == 1
    assert client.seal is not None
    counter, box = client.seal.seal(InnerRequest.of(group65.TreeRead()).encode())
    client.firmware.closed(client.channel)
    assert iq.sessions == 0
    assert client.ask(group65.SealedWrite(n=counter, box=box))["err"]["rc"] == Group65Error.SESSION_REQUIRED
    with pytest.raises(SecureSessionError):
        client.seal.open(counter, box)


def test_events_come_in_pages(world: World, client: Client, iq: SimulatedIq) -> None:
    assert client.unlock(iq.activation_code) == 0
    for _ in range(30):
        iq.identify(1)
    seen: list[int] = []
    while True:
        page = client.sealed(group65.EventsRead(since=seen[-1] if seen else 0)).payload
        assert page is not None
        seen += [event["n"] for event in page["events"]]
        if not page["more"]:
            break
    assert len(seen) > 30
    assert seen == sorted(set(seen))
