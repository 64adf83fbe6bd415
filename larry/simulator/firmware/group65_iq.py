"""Group 65, what an IQ does inside the session: tree, link, nameplate, events."""

from __future__ import annotations

from larry.devices.protocol import group65
from larry.devices.protocol.group65_errors import Group65Error
from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.group65_refusals import refusals, refuse
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand
from larry.simulator.world.event_log import EventLog
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.iq_tree import TreeItem

_EVENTS_PER_ANSWER = 20
_NODE_KINDS = ("lock", "repeater")
_LONGEST_NAME = 64


class Group65Iq:
    """Sealed commands of one IQ."""

    def __init__(self, iq: SimulatedIq, events: EventLog) -> None:
        self._iq = iq
        self._events = events

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(group65.TreeRead, Access.SEALED, self._read_tree),
            SmpCommand(group65.TreeWrite, Access.SEALED, self._write_tree),
            SmpCommand(group65.LinkWrite, Access.SEALED, self._link),
            SmpCommand(group65.NameplateRead, Access.SEALED, self._read_nameplate),
            SmpCommand(group65.NameplateWrite, Access.SEALED, self._write_nameplate),
            SmpCommand(group65.EventsRead, Access.SEALED, self._read_events),
        ]

    def _read_tree(self, request: group65.TreeRead, channel: ClientChannel) -> Payload:
        del request, channel
        tree = self._iq.tree
        items = [
            {"device_id": i.device_id, "parent": i.parent_id, "kind": i.kind, "link_state": i.link_state}
            for i in tree.items
        ]
        return {"revision": tree.revision, "items": items}

    def _write_tree(self, request: group65.TreeWrite, channel: ClientChannel) -> Payload:
        del channel
        if any(item.kind not in _NODE_KINDS for item in request.items):
            raise refuse(Group65Error.INVALID)
        items = [TreeItem(_id(i.device_id), self._parent(i.parent), i.kind) for i in request.items]
        with refusals():
            return {"revision": self._iq.links.write(items, request.expected_revision)}

    def _link(self, request: group65.LinkWrite, channel: ClientChannel) -> Payload:
        del channel
        device_id = _id(request.device_id)
        with refusals():
            if request.action == "detach":
                return {"link_state": self._iq.links.detach(device_id)}
            if request.kind not in _NODE_KINDS:
                raise refuse(Group65Error.INVALID)
            parent_id = self._parent(request.parent)
            return {"link_state": self._iq.links.attach(device_id, parent_id, request.kind)}

    def _parent(self, parent: str | None) -> str | None:
        """None and the IQ itself mean the same place."""
        return None if parent is None or _id(parent) in ("", self._iq.device_id) else _id(parent)

    def _read_nameplate(self, request: group65.NameplateRead, channel: ClientChannel) -> Payload:
        del request, channel
        return dict(self._iq.nameplate)

    def _write_nameplate(self, request: group65.NameplateWrite, channel: ClientChannel) -> Payload:
        del channel
        names = {"site": request.site, "device": request.device, "parent": request.parent}
        if any(len(name.encode()) > _LONGEST_NAME for name in names.values()):
            raise refuse(Group65Error.INVALID)
        self._iq.nameplate = names
        self._iq.log("larry", "nameplate", f"Larry to {self._iq.name}: nameplate")
        return {}

    def _read_events(self, request: group65.EventsRead, channel: ClientChannel) -> Payload:
        """Its own events and those of what hangs below it; a lock's card it only learns with the link."""
        del channel
        own = {self._iq.device_id} | {item.device_id for item in self._iq.tree.items}
        events = [event for event in self._events.since(request.since) if event.device_id in own]
        shown = [
            {"n": event.number, "what": event.what, "device_id": event.device_id, "at_s": event.at_s}
            for event in events[:_EVENTS_PER_ANSWER]
        ]
        return {"events": shown, "more": len(events) > _EVENTS_PER_ANSWER}


def _id(device_id: str) -> str:
    return device_id.strip().upper()
