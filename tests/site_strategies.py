"""Random sites and random edits for property tests: legal, overfull, crooked."""

from __future__ import annotations

import random

from larry.domain.edits import (
    AddFloor,
    AddNode,
    Edit,
    MoveNode,
    RemoveFloor,
    SetFloor,
    SetLink,
    SetNode,
    SetSite,
    remove_subtree,
)
from larry.domain.hardware import Floor, Link, Node, SiteInfo, Wall
from larry.domain.kind import Kind
from larry.domain.site import Site, SiteStructureError

_MODELS = {
    Kind.IQ: ("iq2-bluenet", "iq2-bluenet-2022", None, "escutcheon"),
    Kind.REPEATER: ("repeater-bluenet", None),
    Kind.LOCK: ("escutcheon", "cylinder", "wall-reader", "no-such-model"),
}
_ZONES = (None, "Europe/Vienna", "Europe/Vienna", "America/New_York", "Mars/Olympus")
_NAMES = ("", "Lobby", "lobby ", "Room 101", "Room 102", "Stair", "Äther 1")
_IDS = (None, None, "00A1B2C3D4E5F6", "00a1b2c3d4e5f6", "0011223344556A", "4A.21.7C", "1A2B3C4D", "odd id")


def random_node(rng: random.Random, node_id: str, parent: str | None) -> Node:
    """Return a node of any kind, often sensible, sometimes not."""
    kind = rng.choice((Kind.LOCK, Kind.LOCK, Kind.LOCK, Kind.REPEATER, Kind.REPEATER, Kind.IQ))
    placed = rng.random() < 0.8
    return Node(
        id=node_id,
        kind=kind,
        model=rng.choice(_MODELS[kind]),
        name=rng.choice(_NAMES) if rng.random() < 0.4 else f"Door {node_id}",
        parent=parent,
        floor=rng.choice(("f0", "f1", "f9", None)),
        x_m=round(rng.uniform(0, 25), 1) if placed else None,
        y_m=round(rng.uniform(0, 12), 1) if placed else None,
        z_m=rng.choice((None, 2.2)),
        device_id=rng.choice(_IDS),
        time_zone=rng.choice(_ZONES) if kind is Kind.IQ else None,
        outdoor=rng.random() < 0.1,
        wifi_band_ghz=rng.choice((None, 2.4, 5.0)),
        open_time_s=rng.choice((None, 7, 300)) if kind is Kind.LOCK else None,
        supply_v=rng.choice((None, 12.0, 48.0)) if kind is Kind.REPEATER else None,
        extra={"note": "kept"} if rng.random() < 0.1 else {},
    )


def random_site(rng: random.Random, size: int) -> Site:
    """Return a site of about `size` nodes, built through edits."""
    site = Site(SiteInfo("Test", time_zone="Europe/Vienna", owner_email="owner@example.com"))
    AddFloor(Floor("f0", "Ground", 0, walls=(Wall(0, 0, 5, 0, 5.9, "brick"),))).apply(site)
    AddFloor(Floor("f1", "First", 1)).apply(site)
    for number in range(size):
        parents = [None, *site.nodes]
        AddNode(random_node(rng, f"n{number}", rng.choice(parents))).apply(site)
    for _ in range(size // 3):
        random_edit(rng, site).apply(site)
    return site


def random_edit(rng: random.Random, site: Site) -> Edit:
    """Return an edit that fits the site as it is."""
    nodes = list(site.nodes)
    if not nodes:
        return AddNode(random_node(rng, f"x{rng.randrange(10**6)}", None))
    pick = rng.choice(nodes)
    choice = rng.randrange(10)
    if choice == 0:
        return AddNode(_fresh(rng, site), rng.choice((None, 0, 1)))
    if choice == 1:
        return remove_subtree(site, pick)
    if choice in (2, 3, 4):
        return _legal_move(rng, site, pick)
    if choice == 5:
        other = rng.choice(nodes)
        return SetLink(pick, other, _random_link(rng, pick, other))
    if choice == 6:
        return SetSite(*rng.choice((("time_zone", "Europe/Berlin"), ("owner_email", None), ("name", "B"))))
    if choice == 7:
        return _floor_edit(rng, site)
    return SetNode(
        pick,
        *rng.choice(
            (
                ("name", rng.choice(_NAMES)),
                ("device_id", rng.choice(_IDS)),
                ("x_m", 3.0),
                ("floor", "f1"),
                ("model", "cylinder"),
                ("outdoor", True),
                ("time_zone", "Europe/Berlin"),
            )
        ),
    )


def _fresh(rng: random.Random, site: Site) -> Node:
    node_id = f"x{rng.randrange(10**9)}"
    return random_node(rng, node_id, rng.choice([None, *site.nodes]))


def _legal_move(rng: random.Random, site: Site, pick: str) -> Edit:
    below = set(site.subtree(pick))
    parents = [None, *(each for each in site.nodes if each not in below)]
    return MoveNode(pick, rng.choice(parents), rng.choice((None, 0, 1, 2)))


def _random_link(rng: random.Random, a: str, b: str) -> Link | None:
    if rng.random() < 0.2:
        return None
    return Link(
        a, b, rng.choice((None, -60.0, -71.0, -80.0)), rng.choice((None, -66.0, -72.0)), 30, "door closed"
    )


def _floor_edit(rng: random.Random, site: Site) -> Edit:
    if "f1" not in site.floors:
        return AddFloor(Floor("f1", "First", 1))
    return rng.choice(
        (RemoveFloor("f1"), SetFloor("f1", "level", 2), SetFloor("f1", "walls", (Wall(0, 0, 1, 1),)))
    )


__all__ = ["SiteStructureError", "random_edit", "random_node", "random_site"]
