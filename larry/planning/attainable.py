"""Which totals a plan can have: so many IQs and so many repeaters; a bound rounds up to the next one."""

from __future__ import annotations

import math

from larry.planning.plan_limits import PlanLimits


class Attainable:
    """Totals of whole IQs and repeaters at the run's prices.

    Args:
        limits: prices and the repeaters of one IQ.
        fewest_iqs: a plan has at least so many.
    """

    def __init__(self, limits: PlanLimits, fewest_iqs: int = 1) -> None:
        self._limits = limits
        self._fewest = fewest_iqs
        whole = float(limits.iq_price).is_integer() and float(limits.repeater_price).is_integer()
        # Totals differ by at least this much; prices with decimals promise nothing.
        self.step = float(math.gcd(int(limits.iq_price), int(limits.repeater_price))) if whole else 0.02

    def next_from(self, bound: float) -> float:
        """Return the least total that is not below the bound."""
        limits = self._limits
        best = math.inf
        iqs = self._fewest
        while iqs * limits.iq_price < best:
            best = min(best, self.with_iqs(iqs, bound))
            iqs += 1
        return best

    def with_iqs(self, iqs: int, bound: float) -> float:
        """Return the least total with so many IQs that is not below the bound, inf when there is none."""
        limits = self._limits
        rest = bound - iqs * limits.iq_price
        repeaters = max(0, math.ceil(rest / limits.repeater_price - 1e-7)) if rest > 0 else 0
        if repeaters == 1:
            repeaters = 2
        if repeaters > limits.repeaters * iqs:
            return math.inf
        return iqs * limits.iq_price + repeaters * limits.repeater_price
