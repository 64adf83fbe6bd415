"""Plain JSON of nodes, floors, links and site info; unknown keys go to `extra` and come back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from larry.domain.hardware import Floor, Json, Link, Node, SiteInfo, Wall
from larry.domain.kind import Kind

T = TypeVar("T", Node, Floor, Wall, Link, SiteInfo)


def to_json(thing: Node | Floor | Wall | Link | SiteInfo) -> Json:
    """Return a dict of JSON values; `extra` keys stand beside the known ones."""
    data: Json = {}
    for item in fields(thing):
        value = getattr(thing, item.name)
        if item.name == "extra":
            continue
        if isinstance(value, Kind):
            value = value.value
        elif item.name == "walls":
            value = [to_json(wall) for wall in value]
        data[item.name] = value
    data.update(thing.extra)
    return data


def _from_json(cls: type[T], data: Json) -> T:
    names = {item.name for item in fields(cls)} - {"extra"}
    known: dict[str, Any] = {key: value for key, value in data.items() if key in names}
    return cls(**known, extra={key: value for key, value in data.items() if key not in names})


def node_from_json(data: Json) -> Node:
    """Build a node; the caller has checked the shapes."""
    node = _from_json(Node, data)
    node.kind = Kind(node.kind)
    return node


def wall_from_json(data: Json) -> Wall:
    """Build a wall."""
    return _from_json(Wall, data)


def floor_from_json(data: Json) -> Floor:
    """Build a floor with its walls."""
    floor = _from_json(Floor, data)
    floor.walls = tuple(wall_from_json(wall) for wall in data.get("walls") or ())
    return floor


def link_from_json(data: Json) -> Link:
    """Build a measured link."""
    return _from_json(Link, data)


def site_info_from_json(data: Json) -> SiteInfo:
    """Build the site's own data."""
    return _from_json(SiteInfo, data)
