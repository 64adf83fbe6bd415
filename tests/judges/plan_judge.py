"""An independent judge of plans: it reads the exchange file's nodes and shares no code with Larry.

Numbers are written out here on purpose (domain.md 2): a wrong catalogue is found, not believed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

IQ_PRICE, REPEATER_PRICE, REACH_M = 10, 3, 10.0


def judge_plan(nodes: Sequence[Mapping[str, Any]], doors: Sequence[str]) -> tuple[int, list[str]]:
    """Return the price of a plan and everything that is wrong with it.

    Args:
        nodes: nodes as in the exchange file.
        doors: ids of the locks that have to be served.
    """
    by_id = {node["id"]: node for node in nodes}
    faults = [f"door {door} is gone" for door in doors if door not in by_id]
    if len(by_id) != len(nodes):
        faults.append("an id is used twice")
    children: dict[str, list[Mapping[str, Any]]] = {}
    for node in nodes:
        children.setdefault(node.get("parent") or "", []).append(node)
        faults += _link_faults(node, by_id)
    for node in nodes:
        if node["kind"] == "iq":
            faults += _tree_faults(node, children)
    kinds = [node["kind"] for node in nodes]
    return IQ_PRICE * kinds.count("iq") + REPEATER_PRICE * kinds.count("repeater"), faults


def _link_faults(node: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> list[str]:
    parent = by_id.get(node.get("parent") or "")
    if node["kind"] == "iq":
        return [] if parent is None else [f"{node['id']}: an IQ below something"]
    if parent is None:
        return [f"{node['id']}: no parent"]
    if parent["kind"] == "lock":
        return [f"{node['id']}: below a lock"]
    if parent["floor"] != node["floor"]:
        return [f"{node['id']}: parent on another floor"]
    length = math.dist(
        (node["x_m"], node["y_m"], node.get("z_m") or 0.0),
        (parent["x_m"], parent["y_m"], parent.get("z_m") or 0.0),
    )
    return [f"{node['id']}: {length:.3f} m from {parent['id']}"] if length > REACH_M + 1e-9 else []


def _tree_faults(iq: Mapping[str, Any], children: Mapping[str, list[Mapping[str, Any]]]) -> list[str]:
    locks = repeaters = 0
    faults: list[str] = []
    stack = [(iq, 0)]
    direct = 0
    while stack:
        node, depth = stack.pop()
        below = children.get(node["id"], [])
        hubs = [child for child in below if child["kind"] == "repeater"]
        here = [child for child in below if child["kind"] == "lock"]
        locks, repeaters = locks + len(here), repeaters + len(hubs)
        if node is iq:
            direct = len(here)
        elif len(hubs) > 2:
            faults.append(f"{node['id']}: {len(hubs)} repeaters below")
        if depth > 3:
            faults.append(f"{node['id']}: repeater {depth} in a row")
        stack += [(child, depth + 1) for child in hubs]
    if locks > 16:
        faults.append(f"{iq['id']}: {locks} locks")
    if repeaters > 6:
        faults.append(f"{iq['id']}: {repeaters} repeaters")
    if repeaters and direct:
        faults.append(f"{iq['id']}: {direct} locks beside repeaters")
    return faults
