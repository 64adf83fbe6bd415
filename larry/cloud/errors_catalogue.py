"""The cloud's published error codes in plain words (`resources/cloud_errors.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from larry.resource_paths import resource_path


@dataclass(frozen=True, slots=True)
class CloudErrorText:
    """What one code means to an installer.

    Attributes:
        code: the published number, shown last.
        name: the maker's short name; for logs and the practice cloud, never shown alone.
        http_statuses: the HTTP statuses it comes with; empty when not published.
        meaning: what happened and why.
        next_step: one concrete step.
        cases: other meaning and next step in a known situation ("code-sent", "http-408").
        known: False for a code that is not published.
    """

    code: str
    name: str
    http_statuses: tuple[int, ...]
    meaning: str
    next_step: str
    cases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    known: bool = True

    def in_case(self, *cases: str) -> CloudErrorText:
        """Return the text for the first of these situations that the catalogue knows, else itself."""
        for case in cases:
            if case in self.cases:
                meaning, next_step = self.cases[case]
                return replace(self, meaning=meaning, next_step=next_step)
        return self


def cloud_error_text(code: str | int) -> CloudErrorText:
    """Return the text of a code; an unpublished code gets a sentence that says so."""
    known = published_cloud_errors().get(str(code))
    if known is not None:
        return known
    return CloudErrorText(
        code=str(code),
        name="unknown",
        http_statuses=(),
        meaning="The cloud refused and gave a code that is not published.",
        next_step="Read the site again and repeat. If it stays: support, with code, time and site UID.",
        known=False,
    )


@cache
def published_cloud_errors() -> Mapping[str, CloudErrorText]:
    """Return every published code, in the order of the catalogue file."""
    with resource_path("cloud_errors.toml").open("rb") as file:
        rows = tomllib.load(file)["error"]
    return {
        row["code"]: CloudErrorText(
            code=row["code"],
            name=row["name"],
            http_statuses=tuple(row["http_status"]),
            meaning=row["meaning"],
            next_step=row["next"],
            cases={case["when"]: (case["meaning"], case["next"]) for case in row.get("case", ())},
        )
        for row in rows
    }
