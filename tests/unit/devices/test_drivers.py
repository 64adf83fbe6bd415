import asyncio
from types import SimpleNamespace

import cbor2
import pytest
from smp import header

from larry.devices.device_data import DeviceInfo, TreeItem
from larry.devices.drivers import generic, larry_profile
from larry.devices.drivers.device_session import DeviceSession
from larry.devices.drivers.driver import LinkTools
from larry.devices.drivers.load_drivers import choose_driver, load_drivers
from larry.devices.open_device import open_device
from larry.devices.protocol import group65, uuids
from larry.devices.protocol.group65_errors import Group65Error
from larry.devices.protocol.improv import ImprovMessage, ImprovState
from larry.devices.protocol.sealed_commands import InnerAnswer, InnerRequest, payload_of
from larry.devices.protocol.secure_session import Responder, WrongCodeError
from larry.devices.smp_client import SmpClient
from larry.devices.transport import ImprovEvent
from larry.errors import DeviceProtocolError, DeviceRefusedError, DeviceUnsupportedError

DEVICE_ID = "00A1B2C34A217C"


class EntryPoint:
    def __init__(self, name, value):
        self.name, self._value = name, value

    def load(self):
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


class OtherMaker:
    name = "other-maker"

    async def accepts(self, tools):
        return tools.transport.information.get("maker") == "Other"

    def session(self, tools):
        session = DeviceSession(tools.device)
        session.info = lambda: _value(DeviceInfo(model="Other 1", driver=self.name))
        return session


class Failing(OtherMaker):
    name = "failing"

    async def accepts(self, tools):
        raise KeyError("its own bug")


async def _value(value):
    return value


def test_others_first_ours_next_generic_last():
    drivers, problems = load_drivers([EntryPoint("other-maker", OtherMaker())])
    assert [driver.name for driver in drivers] == ["other-maker", "larry-profile", "generic"]
    assert problems == []


@pytest.mark.parametrize("broken", [ImportError("gone"), object(), SimpleNamespace(name=3)])
def test_a_broken_driver_is_reported_and_left_out(broken):
    drivers, problems = load_drivers([EntryPoint("broken", broken), EntryPoint("other-maker", OtherMaker())])
    assert [driver.name for driver in drivers] == ["other-maker", "larry-profile", "generic"]
    assert [problem.reason for problem in problems] == ["driver"]
    assert "“broken”" in problems[0].what


def test_the_installed_entry_points_load():
    drivers, problems = load_drivers()
    assert problems == []
    assert drivers[-2:] == [larry_profile.DRIVER, generic.DRIVER]


async def test_a_third_party_driver_is_used_for_its_devices_only(scripted):
    drivers = [Failing(), OtherMaker(), generic.DRIVER]
    theirs, other = scripted(), scripted()
    theirs.information = {"maker": "Other"}
    other.speaks = frozenset({"improv"})
    other.improv.state = ImprovState.AUTHORIZED
    for transport in (theirs, other):
        transport.answers = _foreign_smp
        transport.improv.answers = lambda m: [
            ImprovEvent(result=ImprovMessage(m.command, (b"fw", b"1", b"hw", b"Plug")))
        ]
    assert (await open_device(theirs, drivers)).info.model == "Other 1"
    assert (await open_device(other, drivers)).info.driver == "generic"


async def test_a_driver_that_fails_on_a_lost_link_does_not_hide_the_loss(scripted):
    transport = scripted()
    transport.ended.set()
    with pytest.raises(KeyError):
        await choose_driver([Failing(), generic.DRIVER], LinkTools(transport, None, None, "x"))


async def test_a_device_that_speaks_nothing_is_refused_and_closed(scripted):
    transport = scripted()
    transport.speaks, transport.improv = frozenset(), None
    with pytest.raises(DeviceUnsupportedError):
        await open_device(transport, [generic.DRIVER])
    assert transport.ended.is_set()


async def test_generic_puts_together_what_the_standards_tell(scripted):
    transport = scripted()
    transport.answers = _foreign_smp
    transport.improv.state = ImprovState.AUTHORIZED
    transport.improv.answers = lambda m: [
        ImprovEvent(result=ImprovMessage(3, (b"fw", b"2.0", b"ESP32", b"Plug")))
    ]
    transport.information = {uuids.SERIAL_NUMBER: "S-1", uuids.MANUFACTURER_NAME: "Foreign"}
    transport.battery = 55
    info = (await open_device(transport, [generic.DRIVER])).info
    assert (info.kind, info.device_id, info.manufacturer) == ("unknown", "S-1", "Foreign")
    assert (info.name, info.model, info.firmware, info.battery_percent) == ("Plug", "ESP32", "2.0", 55)
    assert info.state == "authorized"


async def test_what_a_session_does_not_offer_is_unsupported():
    session = DeviceSession("the thing")
    operations = [
        session.info(),
        session.identify(1),
        session.battery(),
        session.wifi_networks(),
        session.wifi_state(),
        session.provision_wifi("a", "b", 1, None),
        session.unlock("x"),
        session.read_tree(),
        session.write_tree([], 0),
        session.attach("x", None, "lock"),
        session.detach("x"),
        session.read_nameplate(),
        session.events(0),
        session.read_setting("x"),
        session.write_setting("x", b""),
        session.reboot(),
        session.echo("x"),
        session.smp_parameters(),
    ]
    for operation in operations:
        with pytest.raises(DeviceUnsupportedError):
            await operation


# --- a small device of group 65 -------------------------------------------------------


def _respond(request, payload, op_offset=1):
    asked = header.Header.loads(request[:8])
    body = cbor2.dumps(payload)
    head = header.Header(
        header.OP(asked.op + op_offset),
        header.Version.V2,
        header.Flag(0),
        len(body),
        asked.group_id,
        asked.sequence,
        asked.command_id,
    )
    return head.BYTES + body


def _foreign_smp(request):
    asked = header.Header.loads(request[:8])
    if (asked.group_id, asked.command_id) == (0, 6):
        return [_respond(request, {"buf_size": 512, "buf_count": 1})]
    return [_respond(request, {"rc": 8})]


class SmallIq:
    """Answers group 65 as device-profile.md says; the tree is whatever the test put there."""

    def __init__(self, code):
        self.code = code
        self.recorded = b""
        self.tamper = False
        self._responder = None
        self._channel = None
        self.items = []
        self.pages = []

    def answers(self, request):
        self.recorded += request
        asked = header.Header.loads(request[:8])
        payload = cbor2.loads(request[8:])
        if asked.group_id != group65.GROUP_ID:
            return _foreign_smp(request)
        answer = {0: self._info, 1: self._session, 2: self._sealed}[int(asked.command_id)](payload)
        response = _respond(request, answer)
        self.recorded += response
        return [response]

    def _info(self, _payload):
        return {"kind": "iq", "device_id": DEVICE_ID, "model": "iq2", "something_new": 1}

    def _session(self, payload):
        if payload["step"] == 1:
            self._responder = Responder(self.code, DEVICE_ID)
            return {"share": self._responder.answer(payload["sid"], payload["share"])}
        try:
            tag, self._channel = self._responder.verify(payload["tag"])
        except WrongCodeError:
            return {"err": {"group": 65, "rc": int(Group65Error.WRONG_CODE)}}
        return {"tag": tag}

    def _sealed(self, payload):
        inner = InnerRequest.decode(self._channel.open(payload["n"], payload["box"]))
        number, box = self._channel.seal(self._inner(inner).encode(), answer_to=payload["n"])
        return {"n": number, "box": box[:-1] + bytes((box[-1] ^ 1,)) if self.tamper else box}

    def _inner(self, inner):
        if (inner.command, inner.op) == (6, 0):
            return InnerAnswer(payload=payload_of(group65.TreeReadResponse(revision=4, items=self.items)))
        if inner.command == 9:
            page, more = self.pages.pop(0)
            return InnerAnswer(payload={"events": page, "more": more})
        return InnerAnswer(error=(65, int(Group65Error.TREE_STALE)))


async def _open_small_iq(scripted, code="ABCD-1234"):
    transport, iq = scripted(), SmallIq(code)
    transport.answers = iq.answers
    transport.improv.state = ImprovState.AUTHORIZED
    opened = await open_device(transport, [larry_profile.DRIVER, generic.DRIVER])
    assert opened.info.driver == "larry-profile"
    return opened.session, iq


async def test_session_tree_and_refusals_inside_the_seal(scripted):
    session, iq = await _open_small_iq(scripted)
    iq.items = [group65.TreeEntry(device_id="B", parent=None, kind="lock", link_state="attached")]
    with pytest.raises(DeviceRefusedError) as refused:
        await session.read_tree()
    assert refused.value.code == "session-required"
    await session.unlock(" abcd-1234 ")
    tree = await session.read_tree()
    assert (tree.revision, tree.items) == (4, (TreeItem("B", None, "lock", "attached"),))
    with pytest.raises(DeviceRefusedError) as refused:
        await session.write_tree(tree.items, 3)
    assert refused.value.code == "tree-stale"


async def test_the_wrong_code_is_refused_and_stands_in_no_text_and_on_no_wire(scripted):
    session, iq = await _open_small_iq(scripted)
    with pytest.raises(DeviceRefusedError) as refused:
        await session.unlock("SESAME-9999")
    assert refused.value.code == "activation-code"
    assert "SESAME" not in str(refused.value) + repr(session.__dict__)
    await session.unlock("ABCD-1234")
    assert b"ABCD-1234" not in iq.recorded
    assert b"SESAME" not in iq.recorded


async def test_events_come_page_by_page(scripted):
    session, iq = await _open_small_iq(scripted)
    await session.unlock("ABCD-1234")
    iq.pages = [
        ([{"n": 1, "what": "reset-button"}, {"n": 2, "what": "card", "device_id": "B", "at_s": 3.5}], True),
        ([{"n": 3, "what": "attached"}], False),
    ]
    events = await session.events(0)
    assert [event.number for event in events] == [1, 2, 3]
    assert (events[1].device_id, events[1].at_s) == ("B", 3.5)


async def test_an_altered_answer_breaks_the_session(scripted):
    session, iq = await _open_small_iq(scripted)
    await session.unlock("ABCD-1234")
    iq.tamper = True
    with pytest.raises(DeviceProtocolError, match="session"):
        await session.read_tree()


async def test_impostor_without_the_code_is_noticed(scripted):
    session, iq = await _open_small_iq(scripted)
    iq._session = lambda payload: (
        SmallIq._session(iq, payload) if payload["step"] == 1 else {"tag": bytes(64)}
    )
    with pytest.raises(DeviceRefusedError) as refused:
        await session.unlock("ABCD-1234")
    assert refused.value.code == "activation-code"


async def test_two_drivers_do_not_talk_over_each_other(scripted):
    transport = scripted()
    transport.answers = _foreign_smp
    client = SmpClient(transport, "x")
    tools = LinkTools(transport, client, None, "x")
    assert await asyncio.gather(larry_profile.DRIVER.accepts(tools), generic.DRIVER.accepts(tools)) == [
        False,
        True,
    ]
