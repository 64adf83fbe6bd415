"""Random site files as raw JSON documents: sound, at the limits, just over them, and chaotic."""

from __future__ import annotations

import random
from typing import Any

Document = dict[str, Any]

MODELS = {
    "iq": ["iq2-bluenet", "iq2-bluenet-2022", "iq-rfnet", None, "escutcheon", "iq9"],
    "repeater": ["repeater-bluenet", "repeater-rfnet", None, "iq2-bluenet"],
    "lock": ["escutcheon", "cylinder", "wall-reader", "padlock", None, "door-handle", ""],
}
ZONES = ["Europe/Vienna", "Europe/Vienna", "Europe/Berlin", "UTC", "Mars/Olympus", "Europe/Wien", None]
EMAILS = [
    "owner@example.com",
    "a.b+c@mail.example.com",
    None,
    "",
    "owner",
    "owner@",
    "@example.com",
    "a b@example.com",
]
IDS = [
    "0011223344556A",
    "0011223344556a",
    "00:11:22:33:44:55:6A",
    "00-11-22-33-44-55-6b",
    "4A.21.7C",
    "4a.21.7c",
    "1A2B3C4D",
    "123",
    "XYZ",
    "0011223344556AA",
    "4A.21",
    "",
    None,
]
NAMES = ["Room 101", "room 101", " Room  101 ", "ROOM 101", "", "   ", "Äther", "äther", "Straße", "STRASSE"]


def random_document(rng: random.Random) -> Document:
    """Return a readable document of one of several makes, its nodes in a shuffled but meaningful order."""
    make = rng.choice((_hotel, _hotel, _limits, _limits, _chaos, _chaos, _radio, _radio))
    document = make(rng)
    if rng.random() < 0.5:
        _blemish(rng, document)
    if rng.random() < 0.3:
        rng.shuffle(document["nodes"])  # children may stand before their parents
    return document


def unreadable_document(rng: random.Random) -> Document:
    """Return a document whose parents are missing or run in a circle."""
    document = _hotel(rng)
    nodes = document["nodes"]
    if rng.random() < 0.5:
        for node in rng.sample(nodes, rng.randrange(1, 3)):
            node["parent"] = f"gone{rng.randrange(100)}"
        return document
    ring = rng.sample(nodes, rng.randrange(1, min(5, len(nodes))))
    for one, two in zip(ring, ring[1:] + ring[:1], strict=True):
        one["parent"] = two["id"]
    return document


def _document(rng: random.Random, nodes: list[Document]) -> Document:
    floors = [
        {"id": f"f{n}", "name": f"Floor {n}", "level": n - 1, "walls": []} for n in range(rng.randrange(1, 4))
    ]
    return {
        "format": "larry-site",
        "version": 1,
        "site": {"name": "Random", "time_zone": "Europe/Vienna", "owner_email": "owner@example.com"},
        "floors": floors,
        "nodes": nodes,
        "links": [],
    }


def _node(node_id: str, kind: str, parent: str | None, x_m: float = 0.0, floor: str = "f0") -> Document:
    node = {
        "id": node_id,
        "kind": kind,
        "model": MODELS[kind][0],
        "name": f"{kind} {node_id}",
        "parent": parent,
        "floor": floor,
        "x_m": x_m,
        "y_m": 0.0,
        "device_id": None,
    }
    if kind == "iq":
        node["time_zone"] = "Europe/Vienna"
    return node


def _hotel(rng: random.Random) -> Document:
    """IQs with repeaters and locks, mostly inside the limits."""
    nodes: list[Document] = []
    for number in range(rng.randrange(1, 4)):
        iq = f"iq{number}"
        nodes.append(_node(iq, "iq", None))
        parents = [iq]
        for each in range(rng.randrange(5)):
            repeater = f"r{number}-{each}"
            nodes.append(_node(repeater, "repeater", rng.choice(parents), rng.randrange(80) / 10))
            parents.append(repeater)
        for each in range(rng.randrange(1, 15)):
            parent = rng.choice(parents[1:] or parents)
            nodes.append(_node(f"l{number}-{each}", "lock", parent, rng.randrange(80) / 10))
    return _document(rng, nodes)


def _limits(rng: random.Random) -> Document:
    """Exactly at a limit, or one over it."""
    nodes = [_node("iq", "iq", None)]
    over = rng.randrange(-1, 2)
    which = rng.randrange(4)
    if which == 0:
        middle = rng.random() < 0.5
        if middle:
            nodes.append(_node("r", "repeater", "iq"))
        parents = ["r", "iq"] if middle else ["iq"]
        nodes += [_node(f"l{n}", "lock", rng.choice(parents)) for n in range(16 + over)]
    elif which == 1:
        nodes += [_node(f"r{n}", "repeater", "iq") for n in range(6 + over)]
        nodes.append(_node("l", "lock", "r0"))
    elif which == 2:
        nodes += [
            _node(f"r{n}", "repeater", f"r{n - 1}" if n else rng.choice(("iq", None)))
            for n in range(3 + over)
        ]
        nodes.append(_node("l", "lock", f"r{2 + over}"))
    else:
        nodes.append(_node("r", "repeater", "iq"))
        nodes += [_node(f"c{n}", "repeater", "r") for n in range(2 + over)]
        if rng.random() < 0.5:
            nodes.append(_node("l", "lock", "iq"))
    return _document(rng, nodes)


def _radio(rng: random.Random) -> Document:
    """Distances and measured links around their limits, on one floor and across floors."""
    nodes = [_node("iq", "iq", None)]
    document = _document(rng, nodes)
    floors = [floor["id"] for floor in document["floors"]] + ["f9"]
    for number in range(rng.randrange(1, 12)):
        parent = rng.choice([node["id"] for node in nodes if node["kind"] != "lock"])
        node = _node(f"n{number}", rng.choice(("lock", "lock", "repeater")), parent, floor=rng.choice(floors))
        node["x_m"], node["y_m"] = rng.choice(
            (
                (7.0, 0.0),
                (7.01, 0),
                (10, 0.0),
                (10.01, 0),
                (6, 8),
                (6.0, 8.01),
                (4.2, 5.6),
                (0.1, 7.0),
                (None, 1.0),
                (round(rng.uniform(0, 13), 2), round(rng.uniform(0, 13), 2)),
            )
        )
        if rng.random() < 0.3:
            node["z_m"] = rng.choice((0, 1.05, 2.2, -0.5))
        nodes.append(node)
        if rng.random() < 0.5:
            document["links"].append(_link(rng, node["id"], parent))
    return document


def _link(rng: random.Random, a: str, b: str) -> Document:
    ends = [a, b]
    rng.shuffle(ends)
    values = [rng.choice((-69, -69.0, -68.9, -69.1, -70, -50, -90, None)) for _ in range(2)]
    return {"a": ends[0], "b": ends[1], "rssi_ab_dbm": values[0], "rssi_ba_dbm": values[1], "count": 30}


def _chaos(rng: random.Random) -> Document:
    """Any kind below any kind."""
    nodes: list[Document] = []
    for number in range(rng.randrange(1, 30)):
        parent = rng.choice([None, *(node["id"] for node in nodes)])
        kind = rng.choice(("iq", "repeater", "repeater", "lock", "lock"))
        nodes.append(_node(f"n{number}", kind, parent, rng.randrange(120) / 10))
    return _document(rng, nodes)


def _blemish(rng: random.Random, document: Document) -> None:
    """Give some things other values, right and wrong ones."""
    site = document["site"]
    for key, values in (("time_zone", ZONES), ("owner_email", EMAILS)):
        if rng.random() < 0.4:
            site[key] = rng.choice(values)
    for node in document["nodes"]:
        if rng.random() < 0.5:
            _blemish_node(rng, node)


def _blemish_node(rng: random.Random, node: Document) -> None:
    kind = node["kind"]
    choices: list[tuple[str, Any]] = [
        ("model", rng.choice(MODELS[kind])),
        ("device_id", rng.choice(IDS)),
        ("name", rng.choice(NAMES)),
        ("floor", rng.choice(("f0", "f1", "f9", None))),
        ("parent", None),
        ("x_m", None),
        ("note of another program", {"kept": [1, "x"]}),
    ]
    if kind == "iq":
        choices += [("time_zone", rng.choice(ZONES)), ("outdoor", rng.random() < 0.7)]
        choices.append(("wifi_band_ghz", rng.choice((2.4, 5, None))))
    for key, value in rng.sample(choices, rng.randrange(1, 4)):
        node[key] = value
