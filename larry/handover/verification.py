"""The result of checking a pack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from larry.handover.read_signatures import ReportSignature


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One difference: the file it is in ("" for the pack itself) and what is the case."""

    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}" if self.file else self.what


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking a pack found.

    Attributes:
        sha256: of the whole pack, to be compared with what the installer says.
        size: of the whole pack in bytes.
        problems: every difference; empty when the pack verifies.
        manifest: what the pack says about itself, None when it cannot be read.
        signatures: those of the report, in their order.
        encrypted: the file is an encrypted pack; `sha256` and `size` are those of the file as it was given.
    """

    sha256: str
    size: int
    problems: tuple[PackProblem, ...]
    manifest: dict[str, Any] | None
    signatures: tuple[ReportSignature, ...] = ()
    encrypted: bool = False

    @property
    def ok(self) -> bool:
        """True when nothing differs."""
        return not self.problems

    def compared_with(self, told: str) -> Verification:
        """Return the result with one more check: the SHA-256 of the whole pack as the installer told it."""
        if "".join(told.split()).lower() == self.sha256:
            return self
        problem = PackProblem("", f"The whole pack has the SHA-256 {self.sha256}, not the one you were told.")
        return replace(self, problems=(*self.problems, problem))

    def to_json(self) -> dict[str, Any]:
        """Return the result as JSON values."""
        return {
            "verifies": self.ok,
            "sha256": self.sha256,
            "size": self.size,
            "problems": [{"file": problem.file or None, "what": problem.what} for problem in self.problems],
            "manifest": self.manifest,
            "signatures": [each.to_json() for each in self.signatures],
            "encrypted": self.encrypted,
        }
