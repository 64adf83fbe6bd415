"""One IQ with its repeaters and the doors it serves: a column of the covering problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TreeColumn:
    """A tree on the grid.

    Attributes:
        hub: site of the IQ.
        repeaters: sites of the repeaters; parents come before their children.
        parents: per repeater the index of its parent in `repeaters`, -1 for the IQ.
        doors: the doors it serves, as bits; never more than the IQ carries.
        reachable: all doors it could serve, as bits.
        price: of the IQ and its repeaters.
    """

    hub: int
    repeaters: tuple[int, ...]
    parents: tuple[int, ...]
    doors: int
    reachable: int
    price: float

    def serving(self, doors: int) -> TreeColumn:
        """Return the same tree serving other doors within its reach."""
        return TreeColumn(self.hub, self.repeaters, self.parents, doors, self.reachable, self.price)


def reach_of(masks: Sequence[int], hub: int, repeaters: Sequence[int]) -> int:
    """Return the doors a tree can serve: through its repeaters, or directly when it has none."""
    union = 0
    for site in repeaters or (hub,):
        union |= masks[site]
    return union


def bits(mask: int) -> list[int]:
    """Return the positions of the set bits, ascending."""
    found: list[int] = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
