"""The margin of a measured link over the pass limit, with the interval one may believe."""

from __future__ import annotations

import math
from dataclasses import dataclass

from larry.domain.catalogue import Catalogue
from larry.domain.hardware import Link

FADING_DB = 6.0
"""Our assumption: how much single readings of one indoor link scatter (standard deviation)."""
PLACE_DB = 1.5
"""Our assumption: what no number of readings takes away (calibration, people, doors)."""
_EIGHTY_PERCENT = 1.2816


@dataclass(frozen=True, slots=True)
class LinkMargin:
    """How far a link is above the pass limit, in dB.

    Attributes:
        margin_db: of the weaker direction.
        low_db, high_db: 80 % of such measurements have the true mean between these.
        word: good, marginal or weak, by the lower end of the interval (domain.md 2).
        both_ways: False when only one direction was measured.
    """

    margin_db: float
    low_db: float
    high_db: float
    word: str
    both_ways: bool


def link_margin(link: Link, catalogue: Catalogue) -> LinkMargin | None:
    """Judge a measured link; None when no direction was measured.

    The interval narrows with the number of readings: one reading proves little, forty prove the mean of
    this place and moment.
    """
    weaker_dbm = link.weaker_dbm
    if weaker_dbm is None:
        return None
    rule = catalogue.rule("link-weak")
    margin_db = weaker_dbm - rule.limit("pass_dbm")
    readings = max(1, link.count or 1)
    half_db = _EIGHTY_PERCENT * math.hypot(FADING_DB / math.sqrt(readings), PLACE_DB)
    low_db = margin_db - half_db
    word = "good" if low_db >= rule.limit("good_db") else "marginal"
    if low_db < rule.limit("limit_db"):
        word = "weak"
    return LinkMargin(margin_db, low_db, margin_db + half_db, word, link.both_ways)
