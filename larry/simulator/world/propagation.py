"""How strong a radio signal arrives: distance, walls, ceilings, and what a fault adds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from larry.simulator.world.position import Position


@dataclass(frozen=True, slots=True)
class BuildingWall:
    """A straight wall on one level."""

    level: int
    x1_m: float
    y1_m: float
    x2_m: float
    y2_m: float
    loss_db: float


@dataclass(frozen=True, slots=True)
class RadioModel:
    """Log-distance loss plus walls and ceilings, at 2.4 GHz.

    Attributes:
        at_1_m_dbm: what arrives after one metre, transmit power included.
        exponent: how fast it weakens; 2 is free space, a corridor is a little more.
        ceiling_db: loss of each storey between the two.
        sensitivity_dbm: below it nothing is received.
        link_limit_dbm: below it a lock or repeater does not hold its link.
        door_open_db: what a door that stands open takes away: the lock looks into the room then.
        lock_weaker_db: how much weaker a lock on batteries sends than an IQ or repeater.
    """

    at_1_m_dbm: float = -45.0
    exponent: float = 2.2
    ceiling_db: float = 12.0
    sensitivity_dbm: float = -94.0
    link_limit_dbm: float = -85.0
    door_open_db: float = 3.0
    lock_weaker_db: float = 2.0

    def received_dbm(self, a: Position, b: Position, walls: tuple[BuildingWall, ...]) -> float:
        """Return the level at one end when the other sends; the same both ways."""
        distance_m = max(0.3, a.distance_m(b))
        loss_db = 10 * self.exponent * math.log10(distance_m) + self.ceiling_db * abs(a.level - b.level)
        for wall in walls:
            if wall.level == a.level == b.level and _crosses(wall, a, b):
                loss_db += wall.loss_db
        return self.at_1_m_dbm - loss_db


def _side(wall: BuildingWall, p: Position) -> float:
    return (wall.x2_m - wall.x1_m) * (p.y_m - wall.y1_m) - (wall.y2_m - wall.y1_m) * (p.x_m - wall.x1_m)


def _crosses(wall: BuildingWall, a: Position, b: Position) -> bool:
    """Tell whether the path a-b passes through the wall; a device mounted on the wall is not behind it."""
    if _side(wall, a) * _side(wall, b) >= 0:
        return False
    dx, dy = b.x_m - a.x_m, b.y_m - a.y_m
    first = dx * (wall.y1_m - a.y_m) - dy * (wall.x1_m - a.x_m)
    second = dx * (wall.y2_m - a.y_m) - dy * (wall.x2_m - a.x_m)
    return first * second < 0
