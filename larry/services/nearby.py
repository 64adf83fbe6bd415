"""Found devices beside the plan: which are in it, which are new, and where a new one likely belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from itertools import islice

from larry.devices.found_device import DiscoverySnapshot, FoundDevice
from larry.domain.hardware import Node
from larry.domain.ids import normalise_device_id
from larry.domain.rule_context import display_name
from larry.domain.site import Site

MOST_SUGGESTIONS = 5


class Relation(StrEnum):
    """How a found device stands to the project."""

    NEW = "new"
    """Not in the plan yet; it may belong to one of the suggestions."""
    IN_PROJECT = "in-project"
    """A planned device carries its Device ID."""
    FOREIGN = "foreign"
    """Another maker's, or it has not told who it is."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A planned device without Device ID that a new one may be.

    Attributes:
        distance_m: on the plan from where the laptop seems to be, None when nobody knows.
    """

    node_id: str
    name: str
    distance_m: float | None


@dataclass(frozen=True, slots=True)
class NearbyRow:
    """One row of the list: the found device, its relation, and what can be said about it.

    Attributes:
        node_id: the planned device it is, or None.
        name: of the planned device, else what it calls itself, else its Device ID.
        suggestions: likely places, the likeliest first.
    """

    found: FoundDevice
    relation: Relation
    node_id: str | None
    name: str
    suggestions: tuple[Suggestion, ...] = ()


def nearby(snapshot: DiscoverySnapshot, site: Site) -> list[NearbyRow]:
    """Match what was found with the plan; the order is that of the snapshot, so rows do not jump.

    The laptop is taken to stand at the loudest device whose place is known; one reading proves no distance
    (domain.md 2), so the metres only put the suggestions into an order.
    """
    planned = {normalise_device_id(node.device_id): node for node in site.nodes.values() if node.device_id}
    here = _standing_at(snapshot.devices, planned)
    places = _OpenPlaces(site, here)
    return [_row(found, planned, places) for found in snapshot.devices]


class _OpenPlaces:
    """Planned devices without a Device ID; asked once per kind and model, however many are heard."""

    def __init__(self, site: Site, here: Node | None) -> None:
        self._site, self._here = site, here
        self._open = [node for node in site.walk() if not node.device_id]
        self._known: dict[tuple[str, str], tuple[Suggestion, ...]] = {}

    def suggestions(self, found: FoundDevice) -> tuple[Suggestion, ...]:
        """Return where a new device likely belongs, the likeliest first."""
        key = (found.kind, found.model)
        if key not in self._known:
            self._known[key] = self._judge(found)
        return self._known[key]

    def _judge(self, found: FoundDevice) -> tuple[Suggestion, ...]:
        fitting = (node for node in self._open if node.kind.value == found.kind and _same_model(found, node))
        # Stable: among equals, and without any known place, the tree order of the plan stays.
        if self._here is None:
            likely = list(islice(fitting, MOST_SUGGESTIONS))
        else:
            likely = nsmallest(MOST_SUGGESTIONS, fitting, key=self._far)
        return tuple(Suggestion(node.id, display_name(node), self._distance_m(node)) for node in likely)

    def _distance_m(self, node: Node) -> float | None:
        return None if self._here is None else self._site.distance_between_m(self._here, node)

    def _far(self, node: Node) -> float:
        distance_m = self._distance_m(node)
        return float("inf") if distance_m is None else distance_m


def _row(found: FoundDevice, planned: dict[str, Node], places: _OpenPlaces) -> NearbyRow:
    node = planned.get(normalise_device_id(found.device_id)) if found.device_id else None
    if node is not None:
        return NearbyRow(found, Relation.IN_PROJECT, node.id, display_name(node))
    name = found.name or found.device_id or found.identity
    if found.kind == "unknown":
        return NearbyRow(found, Relation.FOREIGN, None, name)
    return NearbyRow(found, Relation.NEW, None, name, places.suggestions(found))


def _same_model(found: FoundDevice, node: Node) -> bool:
    return not found.model or not node.model or found.model == node.model


def _standing_at(found: Iterable[FoundDevice], planned: dict[str, Node]) -> Node | None:
    heard = [
        (device.rssi_dbm, planned[normalise_device_id(device.device_id)])
        for device in found
        if device.rssi_dbm is not None and normalise_device_id(device.device_id) in planned
    ]
    placed = [(rssi, node) for rssi, node in heard if node.x_m is not None]
    return max(placed, key=lambda pair: pair[0])[1] if placed else None
