"""What each reader of a pack gets: the table `resources/handover/redaction.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from larry.domain.kind import Kind
from larry.errors import InputError
from larry.resource_paths import resource_path

OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Redaction:
    """One reader's part of the table; the comments there say what each entry means."""

    audience: str
    title: str
    kinds: frozenset[Kind]
    report: tuple[str, ...]
    files: tuple[str, ...]
    checklist: frozenset[str]
    findings: bool
    waivers: bool
    extra: bool
    site: frozenset[str]
    node: frozenset[str]
    floor: frozenset[str]
    link: frozenset[str]
    read: frozenset[str]


def audiences() -> tuple[str, ...]:
    """Return the readers there are packs for, the owner first."""
    return tuple(_table())


def redaction_for(audience: str) -> Redaction:
    """Return what a reader gets.

    Raises:
        InputError: there is no such reader.
    """
    if audience not in _table():
        raise InputError(f"There is no pack for “{audience}”.", remedy=f"One of: {', '.join(audiences())}.")
    return _table()[audience]


@cache
def _table() -> dict[str, Redaction]:
    rows = tomllib.loads(resource_path("handover/redaction.toml").read_text("utf-8"))
    return {audience: Redaction(audience, **_typed(row)) for audience, row in rows.items()}


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    ordered = {"report", "files"}
    typed: dict[str, Any] = {"kinds": frozenset(Kind(kind) for kind in row["kinds"])}
    for field in fields(Redaction)[1:]:
        value = row[field.name]
        if isinstance(value, list):
            value = tuple(value) if field.name in ordered else frozenset(value)
        typed.setdefault(field.name, value)
    return typed
