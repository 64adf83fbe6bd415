"""The words of commissioning, read from `resources/commission.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from larry.resource_paths import resource_path
from larry.services.commission.step_state import NextStep


@dataclass(frozen=True, slots=True)
class ExpectedLight:
    """One light that may be seen during a wait: "What you should see"."""

    colour: str
    pattern: str
    text: str


@dataclass(frozen=True, slots=True)
class Situation:
    """The texts of one wait or open step with the names filled in."""

    words: str
    headline: str
    cause: str
    next_step: NextStep | None
    then: str = ""
    code: str = ""


def step_title(kind: str, step: str) -> str:
    """Return the title of a step."""
    return str(_step(kind, step).get("title", step))


def step_usually(kind: str, step: str) -> str:
    """Return how long a step usually takes, or whose turn it is; "" when nothing is said."""
    return str(_step(kind, step).get("usually", ""))


def wait_words(key: str, **names: object) -> Situation:
    """Return the texts of a wait."""
    table = _table()["waits"][key]
    return Situation(
        words=f"waits.{key}",
        headline=_fill(table["headline"], names),
        cause=_fill(table["cause"], names),
        next_step=_button(table, "", names),
        then=_fill(table["then"], names),
    )


def over_words(key: str, **names: object) -> Situation:
    """Return the texts of a wait whose time is up."""
    table = _table()["waits"][key]
    return Situation(
        words=f"waits.{key}",
        headline=_fill(table["over_headline"], names),
        cause=_fill(table["over_cause"], names),
        next_step=_button(table, "over_", names),
        code=table["over_code"],
    )


def open_words(key: str, **names: object) -> Situation:
    """Return the texts of an open step."""
    table = _table()["opens"][key]
    return Situation(
        words=f"opens.{key}",
        headline=_fill(table["headline"], names),
        cause=_fill(table["cause"], names),
        next_step=_button(table, "", names),
        code=key,
    )


def log_words(key: str, **names: object) -> str:
    """Return a log line."""
    return _fill(_table()["log"][key], names)


def expected_lights(words: str) -> tuple[ExpectedLight, ...]:
    """Return what should be seen in a situation, by the `words` key of a step state."""
    return tuple(ExpectedLight(*row) for row in _situation(words).get("sees", ()))


def hints(words: str) -> tuple[str, ...]:
    """Return what to look at when nothing happens, by the `words` key of a step state."""
    return tuple(_situation(words).get("hints", ()))


def _situation(words: str) -> dict[str, Any]:
    section, _, key = words.partition(".")
    table = _table().get(section, {}).get(key, {})
    return table if isinstance(table, dict) else {}


def _button(table: dict[str, Any], prefix: str, names: dict[str, object]) -> NextStep:
    return NextStep(_fill(table[f"{prefix}button"], names), table[f"{prefix}action"])


def _step(kind: str, step: str) -> dict[str, Any]:
    found: dict[str, Any] = _table()["steps"].get(kind, {}).get(step, {})
    return found


def _fill(text: str, names: dict[str, object]) -> str:
    return " ".join(text.format_map(names).split())


@cache
def _table() -> dict[str, Any]:
    with resource_path("commission.toml").open("rb") as file:
        return tomllib.load(file)
