"""The tree an IQ really has, as a site of its own: limits are checked against it before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping

from larry.domain.catalogue import Catalogue
from larry.domain.hardware import Node
from larry.domain.ids import normalise_device_id
from larry.domain.kind import Kind
from larry.domain.placement import Placement, can_place
from larry.domain.records import DeviceRecord
from larry.domain.site import Site, SiteStructureError
from larry.services.commission.ports import ReportedItem, ReportedTree

_GONE = "detached"


def find_item(tree: ReportedTree, device_id: str) -> ReportedItem | None:
    """Return the item of a device; one whose detach was confirmed is none."""
    wanted = normalise_device_id(device_id)
    for item in tree.items:
        if normalise_device_id(item.device_id) == wanted and item.link_state != _GONE:
            return item
    return None


def place_in_tree(tree: ReportedTree, device_id: str) -> int | None:
    """Return the place of a device in the IQ's list, counted from 1."""
    wanted = normalise_device_id(device_id)
    for place, item in enumerate(tree.items, start=1):
        if normalise_device_id(item.device_id) == wanted:
            return place
    return None


def same_parent(item: ReportedItem, parent: Node) -> bool:
    """Tell whether an item hangs where the plan wants it; the IQ itself is None or its own ID."""
    planned = normalise_device_id(parent.device_id or "")
    if item.parent_device_id is None:
        return parent.kind is Kind.IQ
    return normalise_device_id(item.parent_device_id) == planned


def may_attach(
    site: Site,
    catalogue: Catalogue,
    records: Mapping[str, DeviceRecord],
    iq: Node,
    node: Node,
    tree: ReportedTree,
) -> Placement:
    """Judge attaching a planned device to the tree that the IQ has now.

    The plan may be right and the device full: it still carries what somebody else attached.
    """
    actual = actual_site(site, iq, tree)
    if node.id in actual.nodes:
        actual.remove_node(node.id)
    parent = node.parent if node.parent in actual.nodes else iq.id
    copy = node.copy()
    copy.parent = parent
    return can_place(actual, catalogue, copy, parent, records)


def actual_site(site: Site, iq: Node, tree: ReportedTree) -> Site:
    """Return the IQ's tree as a site: planned devices keep their ids, strangers get their Device ID as id."""
    planned = {normalise_device_id(node.device_id): node for node in site.nodes.values() if node.device_id}
    actual = Site(site.info)
    actual.set_floors(site.floors.values())
    top = iq.copy()
    top.parent = None
    actual.insert_node(top)
    ids = {normalise_device_id(iq.device_id or ""): iq.id}
    for item in tree.items:
        if item.link_state == _GONE:
            continue
        device_id = normalise_device_id(item.device_id)
        known = planned.get(device_id)
        node = known.copy() if known else Node(id=device_id, kind=Kind(item.kind), name=device_id)
        node.parent = ids.get(normalise_device_id(item.parent_device_id or iq.device_id or ""), iq.id)
        try:
            actual.insert_node(node)
        except SiteStructureError:
            continue  # a device that tells an ID twice must not stop the check
        ids[device_id] = node.id
    return actual
