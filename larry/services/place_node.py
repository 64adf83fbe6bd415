"""Placing hardware: one answer, with its edit and its words, for drag, menu, key and paste alike.

A found device is dropped on a planned one (assign its ID) or on a parent (add and attach); a planned
device is moved to a parent, to another place among its siblings, or parked without a parent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from larry.domain.catalogue import Catalogue
from larry.domain.edits import AddNode, Composite, Edit, MoveNode, SetNode
from larry.domain.finding import Finding, Severity
from larry.domain.hardware import Node
from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.domain.placement import Placement, Verdict, can_place
from larry.domain.records import DeviceRecord
from larry.domain.rule_context import display_name
from larry.domain.site import Site

Records = Mapping[str, DeviceRecord]
_ATTACHED = {"attached_pending", "attached", "detached_pending"}


@dataclass(frozen=True, slots=True)
class FoundHardware:
    """A device heard nearby, as far as placing it needs to know.

    `kind` is iq, repeater, lock or unknown; `model` is a key of the catalogue or None.
    """

    identity: str
    kind: str
    device_id: str | None = None
    name: str = ""
    model: str | None = None
    mac: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What would happen, or why not.

    Attributes:
        act: assign, add, move, reorder, park or none.
        label: what the history will call it, such as "Move Room 105 to Rep 2".
        reason: one sentence with the numbers; "" when there is nothing to say against it.
        edit: the edit to do; None when the verdict is no or nothing would change.
    """

    verdict: Verdict
    act: str
    label: str
    reason: str = ""
    fix: str = ""
    edit: Edit | None = None
    placement: Placement | None = None


def place_planned(
    site: Site,
    catalogue: Catalogue,
    records: Records,
    node_id: str,
    parent: str | None,
    index: int | None = None,
) -> PlaceAnswer:
    """Answer moving a planned device to `parent` (None: park it, or put an IQ on top).

    Args:
        index: the place among the siblings after it was taken out; None is the end.
    """
    node = site.nodes[node_id]
    name = display_name(node)
    if parent == node.parent:
        return _reorder(site, node, index)
    if parent is None and node.kind is not Kind.IQ:
        return _park(site, node, records)
    placement = can_place(site, catalogue, node_id, parent, records)
    label = f"Move {name} to {display_name(site.nodes[parent])}" if parent else f"Put {name} on top"
    return _judged(placement, "move", label, MoveNode(node_id, parent, index))


def place_found(
    site: Site, catalogue: Catalogue, records: Records, found: FoundHardware, target: str | None
) -> PlaceAnswer:
    """Answer dropping a found device on a planned device, a parent, or (None) beside the tree."""
    if found.kind not in set(Kind):
        return _no("none", "Not added", "Nobody knows what kind of device this is.", "Identify it first.")
    twin = carrier_of(site, found.device_id)
    if twin is not None and twin.id != target:
        here = display_name(twin)
        return _no("none", "Not added", f"This device is already in the project as {here}.", f"Go to {here}.")
    aim = site.nodes[target] if target is not None else None
    if (
        aim is not None
        and aim.kind.value == found.kind
        and (not aim.device_id or aim.kind is not Kind.REPEATER)
    ):
        return _assign(aim, found, records)
    node = node_of(found)
    name = display_name(node)
    if aim is None:
        label = f"Add {name}"
        reason = "" if node.kind is Kind.IQ else "It is parked without a parent."
        verdict = Verdict.YES if node.kind is Kind.IQ else Verdict.CARE
        return PlaceAnswer(verdict, "add", label, reason, edit=AddNode(node))
    node.parent = aim.id
    node.floor = aim.floor  # the likely one; a plan or a person says better
    placement = can_place(site, catalogue, node, aim.id, records)
    return _judged(placement, "add", f"Add {name} to {display_name(aim)}", AddNode(node))


def carrier_of(site: Site, device_id: str | None) -> Node | None:
    """Return the planned device that carries a Device ID already."""
    if not device_id:
        return None
    key = normalise_device_id(device_id)
    return next(
        (n for n in site.nodes.values() if n.device_id and normalise_device_id(n.device_id) == key), None
    )


def node_of(found: FoundHardware) -> Node:
    """Return a new planned device for a found one."""
    kind = Kind(found.kind)
    return Node(
        id=f"{kind.value}-{uuid4().hex[:10]}",
        kind=kind,
        model=found.model,
        name=found.name or {"iq": "New IQ", "repeater": "New repeater", "lock": "New lock"}[kind.value],
        device_id=normalise_device_id(found.device_id) if found.device_id else None,
        mac=found.mac,
    )


def says(placement: Placement, site: Site) -> str:
    """Return the numbers of an answer in one line: "2.6 m · 18 dB margin · IQ Lobby 8 of 16"."""
    parts: list[str] = []
    if placement.distance_m is not None:
        parts.append(f"{placement.distance_m:.1f} m")
    if placement.margin_db is not None:
        parts.append(f"{placement.margin_db:.0f} dB margin")
    if placement.load is not None and placement.parent is not None:
        iq = site.iq_of(placement.parent)
        parts.append(f"{display_name(iq) if iq else ''} {placement.load} of {placement.limit}".strip())
    return " · ".join(parts)


def worst_of(placement: Placement) -> Finding | None:
    """Return the finding that speaks loudest against a place, None when nothing does."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return min(placement.findings, key=lambda finding: order[finding.severity], default=None)


def would_say(finding: Finding) -> str:
    """Return the sentence of a finding that is not there yet: what *would* be, not what is."""
    if finding.code in ("locks-per-iq", "repeaters-per-iq"):
        # The catalogue's sentence tells of a site that has the fault already.
        return finding.message.replace(" has ", " would have ", 1)
    return finding.message


# --- single answers ----------------------------------------------------------------------


def _reorder(site: Site, node: Node, index: int | None) -> PlaceAnswer:
    now = site.index_of(node.id)
    name = display_name(node)
    if index is None or index == now:
        where = display_name(site.nodes[node.parent]) if node.parent else "at the top"
        return _no("none", "Nothing changes", f"{name} is there already: {where}.", "")
    label = f"Move {name} {'up' if index < now else 'down'}"
    return PlaceAnswer(Verdict.YES, "reorder", label, edit=MoveNode(node.id, node.parent, index))


def _park(site: Site, node: Node, records: Records) -> PlaceAnswer:
    name = display_name(node)
    record = records.get(node.id)
    if record is not None and record.seen("link_state") in _ATTACHED:
        reason = f"{name} is attached to its IQ; taking it out needs the card at the lock."
        return _no("park", f"{name} not parked", reason, "Detach it first.")
    return PlaceAnswer(
        Verdict.CARE,
        "park",
        f"Park {name}",
        "It will have no parent, so it cannot be reached.",
        edit=MoveNode(node.id, None, None),
    )


def _assign(aim: Node, found: FoundHardware, records: Records) -> PlaceAnswer:
    name = display_name(aim)
    if not found.device_id:
        reason = "The device did not tell its Device ID."
        return _no("assign", f"{name} not assigned", reason, "Go closer, or type the ID from the device.")
    new_id = normalise_device_id(found.device_id)
    old_id = normalise_device_id(aim.device_id) if aim.device_id else None
    if old_id == new_id:
        return _no("none", "Nothing changes", f"{name} carries this Device ID already.", "")
    record = records.get(aim.id)
    if old_id and record is not None and record.seen("link_state") in _ATTACHED:
        reason = f"{name} is attached with another Device ID."
        return _no("assign", f"{name} not assigned", reason, "Detach it first, then assign the new one.")
    edits: list[Edit] = [SetNode(aim.id, "device_id", new_id)]
    if found.mac and not aim.mac:
        edits.append(SetNode(aim.id, "mac", found.mac))
    other_model = bool(found.model and aim.model and found.model != aim.model)
    if found.model and found.model != aim.model:
        edits.append(SetNode(aim.id, "model", found.model))
    edit = edits[0] if len(edits) == 1 else Composite(tuple(edits))
    if old_id:
        reason = f"It replaces the Device ID {old_id}."
        return PlaceAnswer(Verdict.CARE, "assign", f"Assign a new device to {name}", reason, edit=edit)
    if other_model:
        reason = f"{name} was planned as {aim.model}, this is {found.model}."
        return PlaceAnswer(Verdict.CARE, "assign", f"Assign {new_id} to {name}", reason, edit=edit)
    return PlaceAnswer(Verdict.YES, "assign", f"Assign {new_id} to {name}", edit=edit)


def _judged(placement: Placement, act: str, label: str, edit: Edit) -> PlaceAnswer:
    worst = worst_of(placement)
    return PlaceAnswer(
        placement.verdict,
        act,
        label,
        would_say(worst) if worst else "",
        worst.fix if worst else "",
        None if placement.verdict is Verdict.NO else edit,
        placement,
    )


def _no(act: str, label: str, reason: str, fix: str) -> PlaceAnswer:
    return PlaceAnswer(Verdict.NO, act, label, reason, fix)
