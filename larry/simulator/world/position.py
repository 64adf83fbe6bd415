"""Where things stand in the building."""

from __future__ import annotations

from dataclasses import dataclass

STOREY_M = 3.0
"""Height of a storey unless a floor says otherwise (contract.md, Findings)."""


@dataclass(frozen=True, slots=True)
class Position:
    """Metres from the floor's origin; `level` counts storeys from the ground, `z_m` is above the floor."""

    x_m: float
    y_m: float
    level: int = 0
    z_m: float = 1.0

    @property
    def height_m(self) -> float:
        """Height above the ground floor."""
        return self.level * STOREY_M + self.z_m

    def distance_m(self, other: Position) -> float:
        """Return the straight-line distance."""
        dx, dy = self.x_m - other.x_m, self.y_m - other.y_m
        dz = self.height_m - other.height_m
        return float((dx * dx + dy * dy + dz * dz) ** 0.5)
