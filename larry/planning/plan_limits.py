"""The numbers a plan must keep: taken from the catalogue, never constants in the search."""

from __future__ import annotations

from dataclasses import dataclass

from larry.domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """Limits and prices of one run.

    The search always keeps the strict rule: no lock directly on an IQ that has repeaters.

    Attributes:
        reach_m: longest hop, also from a lock to its parent.
        locks: locks of one IQ, direct and through repeaters together.
        repeaters: repeaters of one IQ, 0 to 6 (the search is compiled for at most 6).
        depth: repeaters in a row, at most 3.
        branching: repeaters directly below one repeater.
        iq_price: price of an IQ, in the same unit as `repeater_price`.
    """

    reach_m: float = 10.0
    locks: int = 16
    repeaters: int = 6
    depth: int = 3
    branching: int = 2
    iq_price: float = 10.0
    repeater_price: float = 3.0

    @classmethod
    def of(cls, catalogue: Catalogue, iq_price: float = 10.0, repeater_price: float = 3.0) -> PlanLimits:
        """Return the limits of a catalogue (domain.md 2)."""
        return cls(
            catalogue.rule("range-exceeded").limit("limit_m"),
            int(catalogue.rule("locks-per-iq").limit()),
            min(int(catalogue.rule("repeaters-per-iq").limit()), 6),
            min(int(catalogue.rule("repeater-depth").limit()), 3),
            int(catalogue.rule("repeater-branching").limit()),
            iq_price,
            repeater_price,
        )

    def tree_price(self, repeaters: int) -> float:
        """Return the price of one IQ with so many repeaters."""
        return self.iq_price + self.repeater_price * repeaters

    @property
    def tree_sizes(self) -> tuple[int, ...]:
        """Numbers of repeaters worth trying: one alone serves no more than the IQ in its place."""
        return (0, *range(2, self.repeaters + 1))
