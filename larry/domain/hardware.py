"""What stands on a floor: nodes, floors, walls, measured links. Plain data.

`extra` holds the keys of an exchange file that this version does not know; they
are written back untouched.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from larry.domain.kind import Kind

Json = dict[str, Any]


@dataclass(slots=True)
class Node:
    """An IQ, a repeater or a lock as planned.

    Positions are metres from the floor's origin; `z_m` is the height above its own floor.
    `parent` None means: an IQ at the top, or hardware that is not placed yet.
    """

    id: str
    kind: Kind
    model: str | None = None
    name: str = ""
    parent: str | None = None
    floor: str | None = None
    x_m: float | None = None
    y_m: float | None = None
    z_m: float | None = None
    device_id: str | None = None
    mac: str | None = None
    time_zone: str | None = None
    outdoor: bool = False
    mandatory: bool = True
    wifi_ssid: str | None = None
    wifi_band_ghz: float | None = None
    controller: str | None = None
    open_time_s: int | None = None
    offline_access_days: int | None = None
    supply_v: float | None = None
    extra: Json = field(default_factory=dict)

    def copy(self) -> Node:
        """Return an independent node with equal values."""
        return replace(self, extra=dict(self.extra))


NODE_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Node))
# What SetNode may change: the place in the tree is changed by MoveNode alone.
EDITABLE_NODE_FIELDS: frozenset[str] = frozenset(NODE_FIELDS) - {"id", "kind", "parent"}


@dataclass(slots=True)
class Wall:
    """A straight wall; `loss_db` and `material` None mean unknown."""

    x1_m: float
    y1_m: float
    x2_m: float
    y2_m: float
    loss_db: float | None = None
    material: str | None = None
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Floor:
    """One storey. `level` counts storeys from the ground; `elevation_m` overrides 3 m per level."""

    id: str
    name: str = ""
    level: int = 0
    plan_image: str | None = None
    px_per_m: float | None = None
    elevation_m: float | None = None
    walls: tuple[Wall, ...] = ()
    extra: Json = field(default_factory=dict)


EDITABLE_FLOOR_FIELDS: frozenset[str] = frozenset(f.name for f in fields(Floor)) - {"id"}


@dataclass(slots=True)
class Link:
    """A measured radio link: `rssi_ab_dbm` is what b hears of a, `rssi_ba_dbm` what a hears of b."""

    a: str
    b: str
    rssi_ab_dbm: float | None = None
    rssi_ba_dbm: float | None = None
    count: int | None = None
    conditions: str | None = None
    extra: Json = field(default_factory=dict)

    @property
    def weaker_dbm(self) -> float | None:
        """The weaker of the measured directions, or None when neither was measured."""
        heard = [rssi for rssi in (self.rssi_ab_dbm, self.rssi_ba_dbm) if rssi is not None]
        return min(heard, default=None)

    @property
    def both_ways(self) -> bool:
        """True when both directions were measured: only then it outranks metres."""
        return self.rssi_ab_dbm is not None and self.rssi_ba_dbm is not None


@dataclass(slots=True)
class SiteInfo:
    """The site itself."""

    name: str
    site_uid: str | None = None
    country_code: str | None = None
    time_zone: str | None = None
    owner_email: str | None = None
    address: str | None = None
    profile: str = "default"
    extra: Json = field(default_factory=dict)


EDITABLE_SITE_FIELDS: frozenset[str] = frozenset(f.name for f in fields(SiteInfo))
