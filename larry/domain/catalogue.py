"""The catalogue: models, limits and rules as data, each with its source and date.

`resources/catalogue/*.toml` holds the data; reading the file is storage's work
(`larry.storage.catalogue_files`), making sense of it happens here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from larry.domain.finding import Severity
from larry.domain.kind import Kind


class CatalogueError(ValueError):
    """The catalogue misses a rule or holds a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its severity (None: switched off), its numbers, its words, and where it comes from."""

    code: str
    severity: Severity | None
    message: str
    fix: str
    source: str
    date: str
    limits: Mapping[str, float] = field(default_factory=dict)

    def limit(self, name: str = "limit") -> float:
        """Return a number of the rule.

        Raises:
            CatalogueError: the catalogue does not give it.
        """
        try:
            return self.limits[name]
        except KeyError:
            raise CatalogueError(f"Rule {self.code} has no number {name!r}.") from None


@dataclass(frozen=True, slots=True)
class Model:
    """A piece of hardware one can plan with."""

    id: str
    kind: Kind
    name: str
    bands_ghz: tuple[float, ...] = ()
    needs_controller: bool = False
    mobile: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules of one profile and the known models.

    `version` says as of when; `time_zones` are the IANA names.
    """

    profile: str
    version: str
    rules: Mapping[str, Rule]
    models: Mapping[str, Model]
    time_zones: frozenset[str] = frozenset()

    def rule(self, code: str) -> Rule:
        """Return a rule.

        Raises:
            CatalogueError: the catalogue has no such rule.
        """
        try:
            return self.rules[code]
        except KeyError:
            raise CatalogueError(f"The catalogue has no rule {code!r}.") from None


def catalogue_from_data(
    data: Mapping[str, Any], profile: str = "default", time_zones: frozenset[str] = frozenset()
) -> Catalogue:
    """Build the catalogue of one profile from parsed TOML.

    Args:
        data: `version`, `[rules.CODE]` tables, `[models.ID]` tables, `[profiles.NAME]` severities by code.
        profile: the profile whose severities apply over those of the rules.
        time_zones: the IANA names that count as known; empty: none is judged.

    Raises:
        CatalogueError: unknown profile, or a table that cannot be used.
    """
    profiles = data.get("profiles", {})
    if profile not in profiles:
        known = ", ".join(sorted(profiles))
        raise CatalogueError(f"There is no rule profile {profile!r}. Known: {known}.")
    severities = profiles[profile].get("severity", {})
    try:
        rules = {
            code: _rule(code, table, severities.get(code, table["severity"]))
            for code, table in data["rules"].items()
        }
        models = {key: _model(key, table) for key, table in data["models"].items()}
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"The catalogue cannot be used: {error}.") from error
    return Catalogue(profile, str(data["version"]), rules, models, time_zones)


def _rule(code: str, table: Mapping[str, Any], severity: str) -> Rule:
    return Rule(
        code=code,
        severity=None if severity == "off" else Severity(severity),
        message=table["message"],
        fix=table["fix"],
        source=table["source"],
        date=str(table["date"]),
        limits={name: float(value) for name, value in table.get("limits", {}).items()},
    )


def _model(key: str, table: Mapping[str, Any]) -> Model:
    return Model(
        id=key,
        kind=Kind(table["kind"]),
        name=table["name"],
        bands_ghz=tuple(table.get("bands_ghz", ())),
        needs_controller=bool(table.get("needs_controller", False)),
        mobile=bool(table.get("mobile", False)),
    )
