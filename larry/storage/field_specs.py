"""What a field of the domain may hold, read off its dataclass: one answer for the file and for imports."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any

from larry.domain.kind import Kind

_INTEGERS = range(-(2**63), 2**63)  # what an SQLite integer holds
MAX_DEPTH = 40  # nesting of unknown keys; deeper is no data of a person
_WORDS = {"str": "text", "float": "a number", "int": "a whole number", "bool": "true or false"}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: its kind (a type's name, or "walls"), may it be null, must it be given."""

    name: str
    kind: str
    nullable: bool
    required: bool

    def accept(self, value: Any) -> Any:
        """Return the value as it is stored.

        Raises:
            ValueError: with the words of what is wrong ("must be a number, not text").
        """
        if value is None and self.nullable:
            return None
        return _ACCEPT[self.kind](value)


def specs_of(cls: type) -> tuple[FieldSpec, ...]:
    """Return the specs of a dataclass of `larry.domain.hardware`, in its order."""
    return _specs(cls)


@cache
def _specs(cls: Hashable) -> tuple[FieldSpec, ...]:
    return tuple(_spec(item) for item in fields(cls))  # type: ignore[arg-type]


def _spec(item: Field[Any]) -> FieldSpec:
    base, _, rest = str(item.type).partition(" | ")
    kind = "walls" if base.startswith("tuple") else base
    required = item.default is MISSING and item.default_factory is MISSING
    return FieldSpec(item.name, kind, rest == "None", required)


def json_word(value: Any) -> str:
    """Name the JSON type of a value as a person would."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    words: dict[type, str] = {str: "text", list: "a list", dict: "an object"}
    return words.get(type(value), "something else")


def _refuse(kind: str, value: Any) -> ValueError:
    return ValueError(f"must be {_WORDS[kind]}, not {json_word(value)}")


def accept_text(value: Any) -> str:
    """Return a text that can be written as UTF-8.

    Raises:
        ValueError: it is no text, or holds half a character.
    """
    if not isinstance(value, str):
        raise _refuse("str", value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a character (a lone surrogate)") from None
    return value


def _accept_float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refuse("float", value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("must be a finite number")
    return number


def _accept_int(value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        if isinstance(value, float):
            raise ValueError("must be a whole number")  # noqa: TRY004
        raise _refuse("int", value)
    if value not in _INTEGERS:
        raise ValueError("is too large")
    return value


def _accept_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refuse("bool", value)
    return value


def _accept_kind(value: Any) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        words = ", ".join(kind.value for kind in Kind)
        shown = repr(value) if isinstance(value, str) and len(value) < 40 else json_word(value)
        raise ValueError(f"must be one of {words}, not {shown}") from None


def accept_json(value: Any, depth: int = 0) -> Any:
    """Return a JSON value that can be written again.

    Raises:
        ValueError: it is nested too deep, not finite, or not JSON.
    """
    if depth > MAX_DEPTH:
        raise ValueError(f"is nested deeper than {MAX_DEPTH} levels")
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return accept_text(value)
    if isinstance(value, float):
        return _accept_float(value)
    if isinstance(value, (list, tuple)):
        return [accept_json(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {accept_text(key): accept_json(each, depth + 1) for key, each in value.items()}
    raise ValueError(f"holds {type(value).__name__}, which is not JSON")


def _accept_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"must be an object, not {json_word(value)}")  # noqa: TRY004
    accepted: dict[str, Any] = accept_json(value)
    return accepted


def _accept_walls(value: Any) -> tuple[Any, ...]:
    if not isinstance(value, tuple):
        raise ValueError("must be walls")  # noqa: TRY004
    for wall in value:
        for spec in specs_of(type(wall)):
            spec.accept(getattr(wall, spec.name))
    return value


_ACCEPT = {
    "str": accept_text,
    "float": _accept_float,
    "int": _accept_int,
    "bool": _accept_bool,
    "Kind": _accept_kind,
    "Json": _accept_object,
    "walls": _accept_walls,
}
