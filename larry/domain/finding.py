"""A finding: what a rule says about one place of the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding matters: an error blocks the handover, never the editing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITY_ORDER: tuple[Severity, ...] = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of contract.md; `node` is None when it concerns the whole site."""

    code: str
    severity: Severity
    node: str | None
    numbers: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    fix: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the contract's JSON object."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "node": self.node,
            "numbers": dict(self.numbers),
            "message": self.message,
            "fix": self.fix,
        }
