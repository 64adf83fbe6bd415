"""What an IQ finds out when it listens to the nodes around it: both directions, packet by packet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.foreign_device import ForeignDevice
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.iq_tree import LINKED

if TYPE_CHECKING:
    from larry.simulator.world.world import World

PACKETS_PER_S = 4
"""Probes that a device sends to each node while a survey runs."""


@dataclass(frozen=True, slots=True)
class HeardNode:
    """One link as it was measured.

    Attributes:
        heard_by: the device that measured: the IQ or one of its repeaters.
        rssi_here_dbm: mean of what it hears of the node; None when no packet arrived.
        rssi_there_dbm: mean of what the node hears of it; None when no packet arrived.
        count: packets that made it in both directions.
        success_percent: their share of those sent.
    """

    device_id: str
    heard_by: str
    rssi_here_dbm: int | None
    rssi_there_dbm: int | None
    count: int
    success_percent: int


def survey(world: World, iq: SimulatedIq, seconds: int, reduce_db: int) -> list[HeardNode]:
    """Let an IQ and the repeaters linked to it exchange probes with every node that is near.

    Args:
        world: everything that is true.
        iq: who was asked.
        seconds: how long; decides the number of packets.
        reduce_db: both ends of each link send with so much less power (headroom test).
    """
    return [
        heard
        for listener in _listeners(world, iq)
        for other in world
        if other is not listener and other.running and not isinstance(other, ForeignDevice)
        for heard in _measure(world, listener, other, seconds * PACKETS_PER_S, reduce_db)
    ]


def _listeners(world: World, iq: SimulatedIq) -> list[SimulatedDevice]:
    """The IQ, and its repeaters as far as a path to them stands."""
    repeaters = [
        world.device(item.device_id)
        for item in iq.tree.items
        if item.kind == "repeater" and item.link_state in LINKED and iq.links.reachable(item)
    ]
    return [iq, *(repeater for repeater in repeaters if repeater is not None)]


def _measure(
    world: World, here: SimulatedDevice, there: SimulatedDevice, packets: int, reduce_db: int
) -> Iterator[HeardNode]:
    """Send the probes; yields nothing when not one was heard in any direction."""
    level_dbm = world.rssi_between_dbm(here, there)
    if level_dbm is None:
        return
    pairs = [_exchange(world, here, there, level_dbm - reduce_db) for _ in range(packets)]
    heard_here = [back for _, back in pairs if back is not None]
    heard_there = [out for out, _ in pairs if out is not None]
    if not heard_here and not heard_there:
        return
    yield HeardNode(
        there.device_id,
        here.device_id,
        _mean(heard_here),
        _mean(heard_there),
        len(heard_here),
        round(100 * len(heard_here) / packets),
    )


def _exchange(
    world: World, here: SimulatedDevice, there: SimulatedDevice, level_dbm: float
) -> tuple[float | None, float | None]:
    """One probe and its answer: what arrives there, and what arrives back here."""
    out = _packet(world, here, level_dbm)
    back = _packet(world, there, level_dbm) if out is not None else None
    return out, back


def _packet(world: World, sender: SimulatedDevice, level_dbm: float) -> float | None:
    faults = world.faults
    lost = world.random.random() < faults.loss
    level_dbm += world.random.gauss(0.0, faults.noise_db)
    if sender.kind == "lock":
        level_dbm -= world.radio.lock_weaker_db
    return None if lost or level_dbm < world.radio.sensitivity_dbm else level_dbm


def _mean(levels: list[float]) -> int | None:
    return round(sum(levels) / len(levels)) if levels else None
