"""Fitting the model to measured links: Bayesian linear regression from the defaults.

Devices with many readings get an offset of their own, so that one loud receiver does not bend distance and
walls, and so that the spread between devices is known where a device was never heard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from larry.planning.radio.radio_model import RadioModel
from larry.planning.radio.radio_path import RadioPath
from larry.planning.radio.radio_priors import RadioPriors

_MANY = 8  # readings from which on a device gets its own offset
_ROUNDS = 12
_PRIOR_READINGS = 10.0  # how much the default spread of a reading weighs
_PRIOR_DEVICES = 4.0  # the same for the spread of devices
_CELL_M = 1.0  # readings of one receiver within a metre share much of their shadow

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RadioReading:
    """One measured direction: what `heard_by` hears of `sent_by`.

    `cell` tells readings apart that stand in different places: the metre the other end stands in.
    """

    heard_by: str
    sent_by: str
    rssi_dbm: float
    path: RadioPath
    cell: tuple[int, int]


def cell_of(x_m: float | None, y_m: float | None) -> tuple[int, int]:
    """Return the metre a device stands in."""
    return int((x_m or 0.0) // _CELL_M), int((y_m or 0.0) // _CELL_M)


def fit_radio(readings: Sequence[RadioReading], priors: RadioPriors) -> RadioModel:
    """Return the model that fits the readings and the defaults best; without readings the defaults."""
    if not readings:
        return RadioModel.default(priors)
    many = Counter(end for reading in readings for end in (reading.heard_by, reading.sent_by))
    devices = sorted(device for device, count in many.items() if count >= _MANY)
    levels = np.array([reading.rssi_dbm for reading in readings])
    design = np.array([[*reading.path.features, *([0.0] * len(devices))] for reading in readings])
    column = {device: 4 + k for k, device in enumerate(devices)}
    for row, reading in enumerate(readings):
        for end in {reading.heard_by, reading.sent_by}:
            if end in column:
                design[row, column[end]] = 1.0
    weights = _weights(readings, many)
    reading_db, device_db = priors.reading_db, priors.device_db
    for _ in range(_ROUNDS):
        spreads = np.array([*priors.spreads, *([device_db] * len(devices))])
        means = np.array([*priors.means, *([0.0] * len(devices))])
        inverse = (design.T * weights) @ design / reading_db**2 + np.diag(spreads**-2.0)
        covariance = np.linalg.inv(inverse)
        found = covariance @ ((design.T * weights) @ levels / reading_db**2 + means / spreads**2)
        reading_db = _reading_spread(levels - design @ found, weights, priors)
        device_db = _device_spread(found[4:], np.diag(covariance)[4:], priors)
    offsets = {device: (float(found[at]), sqrt(float(covariance[at, at]))) for device, at in column.items()}
    rows = tuple(tuple(float(value) for value in row[:4]) for row in covariance[:4])
    return RadioModel(
        tuple(float(value) for value in found[:4]), rows, reading_db, device_db, offsets, len(readings)
    )


def _weights(readings: Sequence[RadioReading], many: Counter[str]) -> Floats:
    """Let readings that share receiver and metre count together as the root of their number."""

    def key(reading: RadioReading) -> tuple[str, tuple[int, int]]:
        return max(reading.heard_by, reading.sent_by, key=lambda end: (many[end], end)), reading.cell

    shared = Counter(key(reading) for reading in readings)
    return np.array([shared[key(reading)] ** -0.5 for reading in readings])


def _reading_spread(residuals: Floats, weights: Floats, priors: RadioPriors) -> float:
    squares = float((weights * residuals**2).sum()) + _PRIOR_READINGS * priors.reading_db**2
    return sqrt(squares / (float(weights.sum()) + _PRIOR_READINGS))


def _device_spread(offsets: Floats, unsure: Floats, priors: RadioPriors) -> float:
    squares = float((offsets**2 + unsure).sum()) + _PRIOR_DEVICES * priors.device_db**2
    return sqrt(squares / (len(offsets) + _PRIOR_DEVICES))
