"""Turns a place in the tree view into a question to the placing service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from larry.domain.catalogue import Catalogue
from larry.domain.kind import Kind
from larry.domain.placement import Verdict
from larry.domain.records import DeviceRecord
from larry.domain.rule_context import display_name
from larry.domain.site import Site
from larry.services.place_node import PlaceAnswer, place_found, place_planned
from ui.models.payload import Payload

PARKED = "#parked"  # no node has such an id: the exchange file's ids come first, ours are kind-…


@dataclass(frozen=True, slots=True)
class DropTarget:
    """Where the pointer is: on a row (`row` None), or in the gap before row `row` of `node_id`.

    `node_id` None is beside the tree, `PARKED` the folder of what is not placed yet.
    """

    node_id: str | None
    row: int | None = None


def answer_drop(
    site: Site,
    catalogue: Catalogue,
    records: Mapping[str, DeviceRecord],
    payload: Payload,
    target: DropTarget,
) -> PlaceAnswer:
    """Say what a drop would do."""
    parent = None if target.node_id == PARKED else target.node_id
    if payload.found is not None:
        return place_found(site, catalogue, records, payload.found, parent)
    if payload.node_id not in site.nodes:
        return PlaceAnswer(Verdict.NO, "none", "Nothing changes", "The device is no longer in the project.")
    node = site.nodes[payload.node_id]
    if node.kind is Kind.IQ and target.node_id == PARKED:
        reason = f"{display_name(node)} is an IQ; an IQ stands at the top."
        return PlaceAnswer(Verdict.NO, "none", "Nothing changes", reason)
    index = _sibling_index(site, payload.node_id, parent, target.row)
    return place_planned(site, catalogue, records, payload.node_id, parent, index)


def _sibling_index(site: Site, node_id: str, parent: str | None, row: int | None) -> int | None:
    """Translate a gap of the view into the place after the device was taken out."""
    if row is None:
        return None
    node = site.nodes[node_id]
    siblings = list(site.children(parent))
    if parent is None:
        shown = [s for s in siblings if (site.nodes[s].kind is Kind.IQ) == (node.kind is Kind.IQ)]
    else:
        shown = siblings
    rest = [each for each in siblings if each != node_id]
    before = [each for each in shown[:row] if each != node_id]
    if not before:
        following = [each for each in shown if each != node_id]
        return rest.index(following[0]) if following else 0
    return rest.index(before[-1]) + 1
