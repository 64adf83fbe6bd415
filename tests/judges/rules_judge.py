"""An independent judge of site files: the rules again, written from contract.md and domain.md alone.

It knows nothing of `larry.domain`: it reads the raw JSON document, works on flat tables with exact fractions,
and says what `larry validate` must find. Models and time zones are data, read from where everyone reads them.
Where the two texts are silent the choice made here is marked SILENT.
"""

from __future__ import annotations

import re
import tomllib
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "salto-ks.toml"
MODELS: dict[str, dict[str, Any]] = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["models"]
ZONES = zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"}

# domain.md 2, "default severity". SILENT for the last two rows.
SEVERITY = {
    **dict.fromkeys(["locks-per-iq", "repeaters-per-iq", "repeater-depth", "range-exceeded"], "error"),
    **dict.fromkeys(["repeater-branching", "direct-lock-beside-repeater", "range-marginal"], "warning"),
    **dict.fromkeys(["link-weak", "outdoor-iq"], "warning"),
    **dict.fromkeys(["unplaced", "wrong-parent-kind", "duplicate-device-id", "time-zone-unknown"], "error"),
    **dict.fromkeys(
        ["device-id-form", "time-zone-differs", "owner-email", "wifi-band", "model-unknown"], "warning"
    ),
    **dict.fromkeys(["name-missing", "name-duplicate", "floor-missing"], "warning"),
}
CODES = frozenset(SEVERITY)


class Said(NamedTuple):
    """One finding as it is compared: numbers only where contract.md gives them."""

    code: str
    severity: str
    node: str | None
    numbers: tuple[tuple[str, float], ...] = ()


class UnreadableError(Exception):
    """The file must be refused with exit code 2; `ids` must be named."""

    def __init__(self, ids: set[str]) -> None:
        super().__init__(", ".join(sorted(ids)))
        self.ids = ids


def judge(document: dict[str, Any], profile: str = "default") -> Counter[Said]:
    """Return what must be found in a readable document.

    Raises:
        UnreadableError: parents are missing or run in a circle.
    """
    return Counter(_Case(document, profile).verdicts())


def tree_order(document: dict[str, Any]) -> list[str]:
    """Return the ids depth first, siblings in the order of the file."""
    below: dict[str | None, list[str]] = {}
    for row in document["nodes"]:
        below.setdefault(row.get("parent"), []).append(row["id"])
    order: list[str] = []
    stack = below.get(None, [])[::-1]
    while stack:
        order.append(stack.pop())
        stack += below.get(order[-1], [])[::-1]
    return order


class _Case:
    def __init__(self, document: dict[str, Any], profile: str) -> None:
        self.profile = profile
        self.site = document["site"]
        self.rows = {row["id"]: row for row in document.get("nodes", [])}
        self.floors = {floor["id"]: floor for floor in document.get("floors", [])}
        self.up = {key: row.get("parent") for key, row in self.rows.items()}
        self.kind = {key: row["kind"] for key, row in self.rows.items()}
        self.measured = {frozenset((link["a"], link["b"])): link for link in document.get("links", [])}
        self._refuse_unreadable()
        self.chain = {key: self._chain(key) for key in self.rows}

    def verdicts(self) -> Iterator[Said]:
        for rule in (
            self.counts,
            self.rows_of_repeaters,
            self.branching,
            self.direct_locks,
            self.range,
            self.places,
            self.ids,
            self.names,
            self.zones,
            self.owner,
            self.hardware,
        ):
            yield from rule()

    # --- reading ----------------------------------------------------------------------

    def _refuse_unreadable(self) -> None:
        lost = {parent for parent in self.up.values() if parent is not None and parent not in self.rows}
        if lost:
            raise UnreadableError(lost)
        in_circle = {key for key in self.rows if self._comes_back(key)}
        if in_circle:
            raise UnreadableError(in_circle)

    def _comes_back(self, key: str) -> bool:
        here = self.up[key]
        for _ in self.rows:
            if here is None or here == key:
                break
            here = self.up[here]
        return here == key

    def _chain(self, key: str) -> list[str]:
        """All above, nearest first."""
        chain = []
        here = self.up[key]
        while here is not None:
            chain.append(here)
            here = self.up[here]
        return chain

    def _of(self, kind: str) -> list[str]:
        return [key for key in self.rows if self.kind[key] == kind]

    def _below(self, top: str, kind: str) -> int:
        return sum(top in self.chain[key] for key in self._of(kind))

    def _say(self, code: str, node: str | None, **numbers: float) -> Said:
        severity = SEVERITY[code]
        if code == "direct-lock-beside-repeater" and self.profile == "strict":
            severity = "error"
        return Said(code, severity, node, tuple(sorted(numbers.items())))

    # --- the rules --------------------------------------------------------------------

    def counts(self) -> Iterator[Said]:
        for iq in self._of("iq"):
            for code, kind, limit in (("locks-per-iq", "lock", 16), ("repeaters-per-iq", "repeater", 6)):
                count = self._below(iq, kind)
                if count > limit:
                    yield self._say(code, iq, count=count, limit=limit)

    def rows_of_repeaters(self) -> Iterator[Said]:
        for repeater in self._of("repeater"):
            row = [repeater]
            for above in self.chain[repeater]:
                if self.kind[above] != "repeater":
                    break  # SILENT: only repeaters directly above each other are "in a row"
                row.append(above)
            if len(row) > 3:
                yield self._say("repeater-depth", repeater, count=len(row), limit=3)

    def branching(self) -> Iterator[Said]:
        children = Counter(self.up[each] for each in self._of("repeater"))
        for parent, count in children.items():
            if parent is not None and self.kind[parent] == "repeater" and count > 2:
                yield self._say("repeater-branching", parent, count=count, limit=2)

    def direct_locks(self) -> Iterator[Said]:
        for lock in self._of("lock"):
            parent = self.up[lock]
            if parent is not None and self.kind[parent] == "iq" and self._below(parent, "repeater"):
                yield self._say("direct-lock-beside-repeater", lock)

    def range(self) -> Iterator[Said]:
        for key, parent in self.up.items():
            if parent is None:
                continue
            link = self.measured.get(frozenset((key, parent)), {})
            heard = [link[way] for way in ("rssi_ab_dbm", "rssi_ba_dbm") if link.get(way) is not None]
            if heard and min(heard) + 75 < 6:  # SILENT: a single direction is enough to call a link weak
                yield self._say("link-weak", key)
            squared = self._squared_m2(self.rows[key], self.rows[parent])
            if len(heard) == 2 or squared is None:  # a link measured both ways outranks metres
                continue
            distance = round(float(squared) ** 0.5, 2)
            if squared > 100:
                yield self._say("range-exceeded", key, distance_m=distance, limit_m=10)
            elif squared > 49:
                yield self._say("range-marginal", key, distance_m=distance, limit_m=7)

    def _squared_m2(self, one: dict[str, Any], two: dict[str, Any]) -> Fraction | None:
        if any(row.get(axis) is None for row in (one, two) for axis in ("x_m", "y_m")):
            return None
        rise = Fraction(0)
        if one.get("floor") != two.get("floor"):
            levels = [self.floors.get(row.get("floor"), {}).get("level") for row in (one, two)]
            if None in levels:
                return None  # SILENT: the height to an unknown floor is unknown
            rise = Fraction(3 * (levels[0] - levels[1]))
        rise += _exact(one.get("z_m") or 0) - _exact(two.get("z_m") or 0)
        flat = sum((_exact(one[axis]) - _exact(two[axis])) ** 2 for axis in ("x_m", "y_m"))
        return flat + rise**2

    def places(self) -> Iterator[Said]:
        for key, parent in self.up.items():
            if parent is None and self.kind[key] != "iq":
                yield self._say("unplaced", key)
            if parent is not None and (self.kind[key] == "iq" or self.kind[parent] == "lock"):
                yield self._say("wrong-parent-kind", key)
            if self.rows[key].get("floor") not in self.floors:
                yield self._say("floor-missing", key)

    def ids(self) -> Iterator[Said]:
        # SILENT: which separators do not count; blanks, colons, dashes and underscores here.
        written = {
            key: re.sub(r"[\s:_-]", "", row.get("device_id") or "").upper() for key, row in self.rows.items()
        }
        shared = Counter(written.values())
        for key, text in written.items():
            if not text:
                continue
            if shared[text] > 1:
                yield self._say("duplicate-device-id", key)
            if not re.fullmatch(r"[0-9A-F]{14}|[0-9A-F]{8}|[0-9A-F]{2}\.[0-9A-F]{2}\.[0-9A-F]{2}", text):
                yield self._say("device-id-form", key)

    def names(self) -> Iterator[Said]:
        # SILENT: capitals and the number of blanks make no other name.
        words = {key: " ".join((row.get("name") or "").split()).casefold() for key, row in self.rows.items()}
        shared = Counter(words.values())
        for key, text in words.items():
            if not text:
                yield self._say("name-missing", key)
            elif shared[text] > 1:
                yield self._say("name-duplicate", key)

    def zones(self) -> Iterator[Said]:
        zone = self.site.get("time_zone")
        if zone and zone not in ZONES:
            yield self._say("time-zone-unknown", None)
        for iq in self._of("iq"):
            own = self.rows[iq].get("time_zone")
            if own and own not in ZONES:
                yield self._say("time-zone-unknown", iq)
            if own and zone and own != zone:
                yield self._say("time-zone-differs", iq)

    def owner(self) -> Iterator[Said]:
        # The files compared hold addresses that are plainly right or plainly wrong.
        email = self.site.get("owner_email") or ""
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", email):
            yield self._say("owner-email", None)

    def hardware(self) -> Iterator[Said]:
        for key, row in self.rows.items():
            model = MODELS.get(row.get("model") or "", {})
            if row.get("model") is not None and model.get("kind") != self.kind[key]:
                yield self._say("model-unknown", key)
            if self.kind[key] != "iq":
                continue
            if row.get("outdoor"):
                yield self._say("outdoor-iq", key)
            band = row.get("wifi_band_ghz")
            if band and model and band not in model.get("bands_ghz", ()):
                yield self._say("wifi-band", key)


def _exact(number: float) -> Fraction:
    return Fraction(str(number))
