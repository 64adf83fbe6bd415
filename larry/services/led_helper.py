"""The LED helper: choose what you see, read what it means and what to do (domain.md section 4)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Literal

from larry.resource_paths import resource_path

Urgency = Literal["ok", "wait", "act"]


@dataclass(frozen=True, slots=True)
class LedMeaning:
    """One light and its meaning.

    Attributes:
        kind: iq, repeater or lock.
        colour: "green", "red-green-blue" (in turn), "off" …
        pattern: solid, flashing, every-second, heartbeat (a blink every 5 minutes), cycle, off.
        sees: how a person would say it.
        means: what it means.
        next_step: what to do.
        urgency: ok = nothing to do, wait = it goes on by itself, act = somebody must do something.
        source: S, P (see domain.md) or L (Larry's own conclusion); "" when the light is not in the table.
        also: other names of the pattern, as devices report it.
    """

    kind: str
    colour: str
    pattern: str
    sees: str
    means: str
    next_step: str
    urgency: Urgency
    source: str
    also: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Tell whether the light is in the table."""
        return self.source != ""


def led_rows(kind: str) -> tuple[LedMeaning, ...]:
    """Return every light of a device kind, in the table's order; an unknown kind has none."""
    return tuple(row for row in _table() if row.kind == kind)


def what_it_means(kind: str, colour: str, pattern: str) -> LedMeaning:
    """Return what a light means; a light that is not in the table says so and names the next step.

    Capitals and blanks do not matter; a device may use any of the pattern's other names.
    """
    kind, colour, pattern = (text.strip().lower() for text in (kind, colour, pattern))
    for row in _table():
        if (row.kind, row.colour) == (kind, colour) and pattern in (row.pattern, *row.also):
            return row
    if pattern == "off":
        return what_it_means(kind, "off", "off") if colour != "off" else _unknown(kind, "off", "off")
    return _unknown(kind, colour, pattern)


def _unknown(kind: str, colour: str, pattern: str) -> LedMeaning:
    seen = "No light" if colour == "off" else f"{colour.capitalize()}, {pattern}"
    return LedMeaning(
        kind=kind,
        colour=colour,
        pattern=pattern,
        sees=seen,
        means="This light is not in the published table.",
        next_step="Watch it for a minute and choose again. If it stays: support, with a video of the light.",
        urgency="act",
        source="",
    )


@cache
def _table() -> tuple[LedMeaning, ...]:
    with resource_path("led.toml").open("rb") as file:
        rows = tomllib.load(file)["led"]
    return tuple(
        LedMeaning(
            kind=row["kind"],
            colour=row["colour"],
            pattern=row["pattern"],
            sees=row["sees"],
            means=row["means"],
            next_step=row["next"],
            urgency=row["urgency"],
            source=row["source"],
            also=tuple(row["also"]),
        )
        for row in rows
    )
