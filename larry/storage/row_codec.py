"""Domain objects as rows: the order of columns, values to columns and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from larry.domain.hardware import Floor, Json, Link, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.node_json import to_json, wall_from_json
from larry.errors import DamagedFileError, InputError
from larry.storage.field_specs import FieldSpec, specs_of

Thing = Node | Floor | Link | SiteInfo


def json_text(value: Any) -> str:
    """Return compact JSON, equal for equal values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def columns_of(cls: type[Thing]) -> tuple[str, ...]:
    """Return the columns of a class, in the order of `values_of`."""
    return tuple(spec.name for spec in specs_of(cls))


def values_of(thing: Thing) -> list[Any]:
    """Return the values of a row.

    Raises:
        InputError: a field holds what its column cannot, such as a text where a number belongs.
    """
    return [_column(spec, thing) for spec in specs_of(type(thing))]


def _column(spec: FieldSpec, thing: Thing) -> Any:
    try:
        value = spec.accept(getattr(thing, spec.name))
    except ValueError as error:
        raise InputError(f"{spec.name} {error}.", remedy="Give another value.") from error
    if spec.kind == "Json":
        return json_text(value) if value else None
    if spec.kind == "walls":
        return json_text([to_json(wall) for wall in value]) if value else None
    if spec.kind == "bool":
        return int(value)
    return value.value if isinstance(value, Kind) else value


def extra_of(text: str | None) -> Json:
    """Return the unknown keys of a row.

    Raises:
        DamagedFileError: the column holds something else.
    """
    if text is None:
        return {}
    try:
        extra = json.loads(text)
    except (ValueError, RecursionError):
        extra = None
    if not isinstance(extra, dict):
        raise DamagedFileError(
            "A row of the project cannot be read.",
            why="Its unknown keys are not JSON.",
            remedy="Open the last copy or backup.",
        )
    return extra


_KINDS = {kind.value: kind for kind in Kind}


def node_of(row: Sequence[Any]) -> Node:
    """Build a node from the columns of `columns_of(Node)`."""
    node = Node(*row)
    node.kind = _KINDS[row[1]]
    node.outdoor = node.outdoor == 1
    node.mandatory = node.mandatory == 1
    node.extra = {} if row[-1] is None else extra_of(row[-1])
    return node


def floor_of(row: Sequence[Any]) -> Floor:
    """Build a floor from the columns of `columns_of(Floor)`."""
    floor = Floor(*row)
    walls = extra_of(f'{{"walls":{row[6]}}}')["walls"] if row[6] is not None else []
    floor.walls = tuple(wall_from_json(wall) for wall in walls)
    floor.extra = extra_of(row[-1])
    return floor


def link_of(row: Sequence[Any]) -> Link:
    """Build a measured link from the columns of `columns_of(Link)`."""
    link = Link(*row)
    link.extra = extra_of(row[-1])
    return link


def info_of(row: Sequence[Any]) -> SiteInfo:
    """Build the site's own data from the columns of `columns_of(SiteInfo)`."""
    info = SiteInfo(*row)
    info.extra = extra_of(row[-1])
    return info
