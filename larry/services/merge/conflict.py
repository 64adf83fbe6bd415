"""What two laptops decided differently: kept open until a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from larry.domain.hardware import Json


@dataclass(frozen=True, slots=True)
class Side:
    """What one of them did: who, when (ISO 8601, UTC), the name of the gesture, and the value it gave."""

    who: str
    at: str
    label: str
    value: Any

    def to_json(self) -> Json:
        return {"who": self.who, "at": self.at, "label": self.label, "value": self.value}


@dataclass(frozen=True, slots=True)
class Conflict:
    """An open question.

    Attributes:
        kind: `place` (two parents), `order` (two orders below one parent), `value` (two values of a field),
            `removed` (removed here, used there), `parent` (what it hung below was removed), `circle` (each
            hangs below the other), `replaced` (device replaced here, moved there), `rule` (a rule that only
            the joined site breaks), `secret`, `cloud`.
        node: the id of the device or floor it is about, None for the site.
        what: the field, the code of the rule, or "".
        message: one sentence in the installers' words.
        sides: what each did; the file shows the last of them until somebody decides.
        was: what a device hung below before a join had to unhang it; a later join starts from there.
    """

    kind: str
    node: str | None
    what: str
    message: str
    sides: tuple[Side, ...] = ()
    was: str | None = None

    @property
    def key(self) -> str:
        """The name of the question, the same on every laptop."""
        return "/".join((self.kind, self.node or "", self.what))

    def to_json(self) -> Json:
        return {
            "keys": [self.key],
            "kind": self.kind,
            "node": self.node,
            "what": self.what,
            "message": self.message,
            "sides": [side.to_json() for side in self.sides],
            "was": self.was,
        }
