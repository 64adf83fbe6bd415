"""The level one device hears of another, with an interval that says how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from larry.planning.radio.radio_path import RadioPath
from larry.planning.radio.radio_priors import RadioPriors

_NINETY = 1.6449  # standard deviations to either side that hold 90 %


@dataclass(frozen=True, slots=True)
class Predicted:
    """A level in dBm with the interval that holds nine of ten single readings."""

    dbm: float
    low_dbm: float
    high_dbm: float


@dataclass(frozen=True, slots=True)
class RadioModel:
    """A log-distance model with walls and floors.

    Attributes:
        means: level at 1 m, exponent, scale of wall losses, scale of floor losses.
        covariance: of these four.
        reading_db: spread of a reading about the model.
        device_db: spread of a device never heard about the others.
        devices: for devices with readings: how much stronger they hear, and how sure that is (dB).
        readings: how many it was fitted to; 0: the defaults.
    """

    means: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    reading_db: float
    device_db: float
    devices: Mapping[str, tuple[float, float]]
    readings: int = 0

    @classmethod
    def default(cls, priors: RadioPriors) -> RadioModel:
        """Return the model before anything was measured."""
        rows = tuple(
            tuple(spread**2 if row == column else 0.0 for column in range(4))
            for row, spread in enumerate(priors.spreads)
        )
        return cls(priors.means, rows, priors.reading_db, priors.device_db, {})

    def predict(self, path: RadioPath, one: str, two: str) -> Predicted:
        """Return what is heard over a path between two devices.

        Args:
            path: what lies between them.
            one: id of a device.
            two: id of the other; a device with readings of its own is better known.
        """
        features = path.features
        dbm = sum(a * b for a, b in zip(features, self.means, strict=True))
        spread = sum(
            features[row] * self.covariance[row][column] * features[column]
            for row in range(4)
            for column in range(4)
        )
        known = [self.devices[each] for each in (one, two) if each in self.devices]
        if known:
            dbm += sum(shift for shift, _ in known)
            spread += sum(unsure**2 for _, unsure in known)
        else:
            spread += self.device_db**2
        half = _NINETY * sqrt(max(spread, 0.0) + self.reading_db**2)
        return Predicted(dbm, dbm - half, dbm + half)
