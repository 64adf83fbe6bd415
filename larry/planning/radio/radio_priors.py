"""What is known about propagation before anything was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from larry.domain.hardware import Wall


@dataclass(frozen=True, slots=True)
class RadioPriors:
    """Figures of `resources/radio`, with their spread (one standard deviation) and sources.

    Attributes:
        means: level at 1 m in dBm, exponent, scale of wall losses, scale of floor losses.
        spreads: of these four.
        further_wall: each further wall costs this share of what it would cost alone.
        wall_loss_db: by material; "unknown" for the rest.
        floor_first_db: loss of one floor.
        floor_bend: how much less further floors cost.
        reading_db: spread of a reading about the model.
        device_db: spread of one device about all.
        sources: where the figures come from.
    """

    means: tuple[float, float, float, float]
    spreads: tuple[float, float, float, float]
    further_wall: float
    wall_loss_db: Mapping[str, float]
    floor_first_db: float
    floor_bend: float
    reading_db: float
    device_db: float
    sources: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> RadioPriors:
        """Return the priors of parsed TOML; KeyError when a figure is missing."""
        walls, floors = data["walls"], data["floors"]
        return cls(
            (data["reference"]["dbm"], data["exponent"]["value"], 1.0, 1.0),
            (
                data["reference"]["spread_db"],
                data["exponent"]["spread"],
                walls["scale_spread"],
                floors["scale_spread"],
            ),
            walls["further"],
            dict(walls["loss_db"]),
            floors["first_db"],
            floors["bend"],
            data["spread"]["reading_db"],
            data["spread"]["device_db"],
            {name: data[name]["source"] for name in ("reference", "exponent", "walls", "floors", "spread")},
        )

    def loss_of(self, wall: Wall) -> float:
        """Return the loss of a wall in dB: its own, else that of its material, else the unknown one's."""
        if wall.loss_db is not None:
            return wall.loss_db
        material = (wall.material or "").strip().casefold()
        return self.wall_loss_db.get(material, self.wall_loss_db["unknown"])

    def floor_loss_db(self, floors: int) -> float:
        """Return the loss through so many floors in dB."""
        if floors == 0:
            return 0.0
        return float(self.floor_first_db * floors ** ((floors + 2) / (floors + 1) - self.floor_bend))
