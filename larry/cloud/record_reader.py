"""Turning the cloud's JSON objects into records, tolerant of what is new in them."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

Record = TypeVar("Record")


def read_record(record: type[Record], data: object) -> Record:
    """Build a dataclass from an object: known keys become fields, all others go to its field `extra`.

    A missing, null or wrongly typed optional text keeps the field's default, so that an older or newer
    server does not break the client.

    Raises:
        ValueError: it is not an object, or a value without default is missing or not text.
    """
    if not isinstance(data, dict):
        raise ValueError(f"{record.__name__}: an object was expected")  # noqa: TRY004  (one error for the caller)
    known: dict[str, Any] = {}
    fields = dataclasses.fields(record)  # type: ignore[arg-type]
    for field in fields:
        if field.name == "extra":
            continue
        value = data.get(field.name)
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if required and not isinstance(value, str):
            raise ValueError(f"{record.__name__}: {field.name} is missing")
        wrong_type = isinstance(field.default, str) and not isinstance(value, str)
        if value is not None and not wrong_type:
            known[field.name] = value
    names = {field.name for field in fields}
    known["extra"] = {key: value for key, value in data.items() if key not in names}
    return record(**known)
