"""The parts of an exchange file: JSON objects checked key by key and made into domain objects."""

from __future__ import annotations

from typing import Any, TypeVar

from larry.domain.hardware import Floor, Json, Link, Node, SiteInfo, Wall
from larry.errors import InputError
from larry.storage.field_specs import accept_json, accept_text, json_word, specs_of

T = TypeVar("T", Node, Floor, Wall, Link, SiteInfo)
MAX_ITEMS = 1_000_000


def refuse(
    place: str, problem: str, remedy: str = "Correct it there, or export the file anew."
) -> InputError:
    """Return the error for a place of the file, such as `nodes[3].x_m`."""
    return InputError(f"The site file cannot be used: {place} {problem}.", remedy=remedy)


def object_at(value: Any, place: str) -> Json:
    """Return a JSON object, or refuse what is none."""
    if not isinstance(value, dict):
        raise refuse(place, f"must be an object, not {json_word(value)}")
    return value


def list_at(data: Json, key: str, place: str) -> list[Any]:
    """Return the list of a key, empty when the key is missing."""
    value = data.get(key, [])
    if not isinstance(value, list):
        raise refuse(place, f"must be a list, not {json_word(value)}")
    if len(value) > MAX_ITEMS:
        raise refuse(place, f"holds more than {MAX_ITEMS} entries")
    return value


def text_at(value: Any, place: str) -> str:
    """Return a text, or refuse what is none."""
    try:
        return accept_text(value)
    except ValueError as error:
        raise refuse(place, str(error)) from error


def build(cls: type[T], value: Any, place: str) -> T:
    """Make a domain object; keys it does not know go to `extra`, null where none is possible is the default.

    Raises:
        InputError: naming the place.
    """
    left = dict(object_at(value, place))
    known: Json = {}
    for spec in specs_of(cls):
        if spec.name == "extra" or spec.name not in left:
            continue
        given = left.pop(spec.name)
        if spec.kind == "walls":
            known["walls"] = _walls(given, f"{place}.walls")
        elif given is not None:
            try:
                known[spec.name] = spec.accept(given)
            except ValueError as error:
                raise refuse(f"{place}.{spec.name}", str(error)) from error
    for spec in specs_of(cls):
        if spec.required and spec.name not in known:
            raise refuse(place, f"has no {spec.name}")
    try:
        return cls(**known, extra=accept_json(left))
    except ValueError as error:
        raise refuse(f"an unknown key of {place}", str(error)) from error


def _walls(value: Any, place: str) -> tuple[Wall, ...]:
    walls = list_at({"walls": value} if value is not None else {}, "walls", place)
    return tuple(build(Wall, wall, f"{place}[{number}]") for number, wall in enumerate(walls))
