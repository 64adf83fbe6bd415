"""What lies between two devices: metres, walls, floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from larry.domain.hardware import Node, Wall
from larry.domain.site import Site
from larry.planning.radio.radio_priors import RadioPriors

_NEAREST_M = 0.3  # nearer than this no model of distance holds


@dataclass(frozen=True, slots=True)
class RadioPath:
    """The way between two devices.

    Attributes:
        distance_m: straight line.
        walls: how many are crossed.
        wall_loss_db: of all, further ones counted less, before fitting.
        floors: how many are crossed.
        floor_loss_db: of these, before fitting.
    """

    distance_m: float
    walls: int
    wall_loss_db: float
    floors: int
    floor_loss_db: float

    @property
    def features(self) -> tuple[float, float, float, float]:
        """What the four parameters of the model are multiplied by."""
        metres = max(self.distance_m, _NEAREST_M)
        return 1.0, -10.0 * log10(metres), -self.wall_loss_db, -self.floor_loss_db


def radio_path(site: Site, priors: RadioPriors, one: Node, two: Node) -> RadioPath | None:
    """Return what lies between two devices, None without positions.

    Walls of both devices' floors count when they are crossed as seen from above, those of one floor once.
    """
    distance_m = site.distance_between_m(one, two)
    if distance_m is None:
        return None
    losses = [
        priors.loss_of(wall)
        for floor_id in dict.fromkeys((one.floor, two.floor))
        if floor_id in site.floors
        for wall in site.floors[floor_id].walls
        if _crosses(wall, one, two)
    ]
    floors = _floors_between(site, one.floor, two.floor)
    return RadioPath(
        distance_m,
        len(losses),
        _diminishing(losses, priors.further_wall),
        floors,
        priors.floor_loss_db(floors),
    )


def _diminishing(losses: Sequence[float], further: float) -> float:
    return sum(loss * further**k for k, loss in enumerate(sorted(losses, reverse=True)))


def _floors_between(site: Site, one: str | None, two: str | None) -> int:
    if one == two or one not in site.floors or two not in site.floors:
        return 0
    return abs(site.floors[one].level - site.floors[two].level)


def _crosses(wall: Wall, one: Node, two: Node) -> bool:
    ax, ay, bx, by = one.x_m or 0.0, one.y_m or 0.0, two.x_m or 0.0, two.y_m or 0.0
    ends = _side(ax, ay, bx, by, wall.x1_m, wall.y1_m), _side(ax, ay, bx, by, wall.x2_m, wall.y2_m)
    sides = (
        _side(wall.x1_m, wall.y1_m, wall.x2_m, wall.y2_m, ax, ay),
        _side(wall.x1_m, wall.y1_m, wall.x2_m, wall.y2_m, bx, by),
    )
    # A path through the very end of a wall counts for the one of two joined walls that lies to its left.
    return (ends[0] > 0) != (ends[1] > 0) and (sides[0] > 0) != (sides[1] > 0)


def _side(ax: float, ay: float, bx: float, by: float, x: float, y: float) -> float:
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax)
