"""The exchange file (contract.md, "Exchange file"): read with every check, written back equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

from larry.domain.hardware import Floor, Json, Link, Node, SiteInfo
from larry.domain.node_json import to_json
from larry.domain.site import Site
from larry.errors import InputError
from larry.storage.bounded_read import read_bounded
from larry.storage.exchange_parts import build, list_at, object_at, refuse
from larry.storage.exchange_secrets import SecretTaker, put_secrets
from larry.storage.field_specs import accept_json
from larry.storage.imported import Imported, SecretKey
from larry.storage.tree_assembly import assemble
from larry.storage.whole_write import write_whole

FORMAT = "larry-site"
VERSION = 1
_KEYS = frozenset({"format", "version", "site", "floors", "nodes", "links", "secrets"})
_NAMED = 50  # ids named in one error; the rest is counted
# Written even when empty: the keys the contract shows for every node.
_ALWAYS = frozenset({"id", "kind", "model", "name", "parent", "floor", "x_m", "y_m", "device_id"})


def read_exchange_json(path: Path) -> Imported:
    """Read a site file.

    Raises:
        FileUnreachableError: missing or not readable.
        InputError: not JSON, not a site file, newer, or wrong at a place that is named.
    """
    return exchange_from_bytes(read_bounded(path))


def exchange_from_bytes(data: bytes) -> Imported:
    """Read a site file from its bytes; the errors of `read_exchange_json`."""
    document = object_at(_parse(data), "the top of the file")
    _check_format(document)
    taker = SecretTaker()
    if "site" not in document:
        raise refuse("the file", "has no site")
    given = taker.from_site(document["site"])
    unnamed = isinstance(given, dict) and given.get("name") is None
    info = build(SiteInfo, {**given, "name": ""} if unnamed else given, "site")
    site = Site(info)
    site.set_floors(_floors(document))
    _insert_nodes(site, document, taker)
    not_carried = _insert_links(site, document)
    taker.from_list(document)
    try:
        site.extra = accept_json({key: value for key, value in document.items() if key not in _KEYS})
    except ValueError as error:
        raise refuse("an unknown key", str(error)) from error
    return Imported(site, taker.secrets, [*taker.refused, *not_carried])


def exchange_document(site: Site, secrets: Mapping[SecretKey, str] | None = None) -> Json:
    """Return a site as the JSON document of an exchange file; secrets only when they are given."""
    document: Json = {
        "format": FORMAT,
        "version": VERSION,
        "site": to_json(site.info),
        "floors": [to_json(floor) for floor in site.floors.values()],
        "nodes": [_lean(node) for node in site.walk()],
        "links": [to_json(link) for link in site.links.values()],
        **site.extra,
    }
    if secrets:
        put_secrets(document, secrets)
    return document


def write_exchange_json(site: Site, path: Path, secrets: Mapping[SecretKey, str] | None = None) -> None:
    """Write a site file, whole or not at all; an existing one is replaced.

    Args:
        secrets: activation codes and passwords by (owner, name), only when the user asked for them.

    Raises:
        FileUnreachableError: the folder is missing, full or read-only.
    """
    text = json.dumps(exchange_document(site, secrets), ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(path, f"{text}\n".encode())


def _lean(node: Node) -> Json:
    data = to_json(node)
    for item in fields(Node):
        if item.name in data and item.name not in _ALWAYS and data[item.name] == item.default:
            del data[item.name]
    return data


# --- reading --------------------------------------------------------------------------


def _parse(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("the file", f"is not UTF-8 text (byte {error.start})", "Save it as UTF-8.") from error
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_doubles)
    except json.JSONDecodeError as error:
        raise refuse(f"line {error.lineno}, column {error.colno}", f"is not JSON ({error.msg})") from error
    except ValueError as error:
        raise refuse("a number", "is too long") from error
    except RecursionError:
        raise refuse("the file", "is nested too deep") from None


def _no_constant(word: str) -> NoReturn:
    raise refuse("the file", f"holds {word}, which is not a JSON number")


def _no_doubles(pairs: list[tuple[str, Any]]) -> Json:
    data = dict(pairs)
    if len(data) != len(pairs):
        seen: set[str] = set()
        double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise refuse("the file", f"gives the key {double[:40]!r} twice in one object")
    return data


def _check_format(document: Json) -> None:
    if document.get("format") != FORMAT:
        raise refuse("the file", f'is not a Larry site ("format" is not "{FORMAT}")', "Choose a site file.")
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise refuse("version", f"must be {VERSION}")
    if version > VERSION:
        raise InputError(
            "The site file was written by a newer Larry.",
            why=f"Its version is {version}; this Larry reads {VERSION}.",
            remedy="Update Larry, or export it there in version 1.",
        )


def _floors(document: Json) -> list[Floor]:
    floors = [
        build(Floor, value, f"floors[{number}]")
        for number, value in enumerate(list_at(document, "floors", "floors"))
    ]
    _check_ids([floor.id for floor in floors], "floors")
    return floors


def _insert_nodes(site: Site, document: Json, taker: SecretTaker) -> None:
    nodes: list[Node] = []
    for number, value in enumerate(list_at(document, "nodes", "nodes")):
        place = f"nodes[{number}]"
        nodes.append(build(Node, taker.from_node(value, place), place))
    _check_ids([node.id for node in nodes], "nodes")
    known = {node.id for node in nodes}
    lost = [node for node in nodes if node.parent is not None and node.parent not in known]
    if lost:
        pairs = _some([f"{node.parent} (of {node.id})" for node in lost])
        raise refuse("nodes", f"name parents that do not exist: {pairs}", "Add them, or set parent to null.")
    circling = _circles(assemble(site, nodes), {node.id: node.parent for node in nodes})
    if circling:
        raise refuse(
            "nodes",
            f"hang below each other in a circle: {_some(circling)}",
            "Give one of them another parent.",
        )


def _circles(unreached: list[str], parents: dict[str, str | None]) -> list[str]:
    """Return only those that run in a circle, not what merely hangs below one."""
    above = dict.fromkeys(unreached, 0)
    for node_id in unreached:
        above[parents[node_id] or ""] += 1
    leaves = [node_id for node_id, children in above.items() if not children]
    while leaves:
        parent = parents[leaves.pop()] or ""
        above[parent] -= 1
        if not above[parent]:
            leaves.append(parent)
    return [node_id for node_id in parents if above.get(node_id)]


def _insert_links(site: Site, document: Json) -> list[str]:
    not_carried: list[str] = []
    for number, value in enumerate(list_at(document, "links", "links")):
        link = build(Link, value, f"links[{number}]")
        if (link.a, link.b) in site.links:
            not_carried.append(f"Measurement {number + 1}, a second one of {link.a} to {link.b}.")
        else:
            site.set_link(link.a, link.b, link)
    return not_carried


def _check_ids(ids: list[str], place: str) -> None:
    seen: set[str] = set()
    for number, each in enumerate(ids):
        if not each:
            raise refuse(f"{place}[{number}].id", "is empty")
        if each in seen:
            raise refuse(f"{place}[{number}].id", f"{each!r} exists twice", "Give each its own id.")
        seen.add(each)


def _some(words: list[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more
