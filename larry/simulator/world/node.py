"""What a repeater and a lock have in common: they belong to an IQ, or are free."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from larry.simulator.world.device import Identity, SimulatedDevice, Site
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.led import LED_OFF, Led
from larry.simulator.world.position import Position
from larry.simulator.world.refusal import RefusalError

UNKNOWN_IQ = "FFFFFFFFFFFFFF"
"""Stands for an IQ outside this building to which a device still belongs."""


class NodeSite(Site, Protocol):
    """What a node may ask beyond the others: the IQs of the building."""

    @property
    def iqs(self) -> Iterable[SimulatedIq]:
        """All IQs in the order of the scenario."""
        ...


class SimulatedNode(SimulatedDevice):
    """Repeater or lock.

    Attributes:
        attached_to: Device ID of the IQ it believes to belong to; None when it is free.
    """

    def __init__(self, site: NodeSite, identity: Identity, position: Position) -> None:
        super().__init__(site, identity, position)
        self._node_site = site
        self.attached_to: str | None = None
        self._shown: Led | None = None
        self._shown_order = 0

    @property
    def in_site(self) -> bool:
        """True when it belongs to an IQ."""
        return self.attached_to is not None

    @property
    def iq(self) -> SimulatedIq | None:
        """The IQ whose tree holds it: its own one, else the first that waits for it."""
        own = next((iq for iq in self._node_site.iqs if iq.device_id == self.attached_to), None)
        return own or self.waiting_iq

    @property
    def waiting_iq(self) -> SimulatedIq | None:
        """The first IQ that waits for its card or button."""
        for iq in self._node_site.iqs:
            item = iq.tree.find(self.device_id)
            if item is not None and item.link_state == "attached_pending":
                return iq
        return None

    @property
    def link_state(self) -> str:
        """`free`, `attached_pending`, `attached`, `detached_pending` or `detached`."""
        iq = self.iq
        item = iq.tree.find(self.device_id) if iq is not None else None
        if item is not None:
            return item.link_state
        return "attached" if self.attached_to is not None else "free"

    @property
    def online(self) -> bool:
        """True when its IQ counts it as online."""
        iq = self.iq
        return iq is not None and iq.links.online(self.device_id)

    @property
    def state(self) -> str:
        """`off` or the link state."""
        return self.link_state if self.powered else "off"

    def show(self, what: Led, seconds: float) -> None:
        """Let the LED show something for a while."""
        self._shown = what
        self._shown_order += 1
        order = self._shown_order
        self.site.timers.after(seconds, lambda: self._end_show(order))
        self.site.changed(self)

    def _end_show(self, order: int) -> None:
        if order == self._shown_order:
            self._shown = None
            self.site.changed(self)

    @property
    def shown(self) -> Led | None:
        """What the LED shows for a while, None when nothing special."""
        return self._shown if self.running else LED_OFF

    def link_or_unlink(self) -> str:
        """Finish what an IQ waits for: belong to it, or be free. Returns the link state.

        Raises:
            RefusalError: `attached-elsewhere`, `nothing-pending`, `out-of-range`.
        """
        own = next((iq for iq in self._node_site.iqs if iq.device_id == self.attached_to), None)
        if own is not None and self._pending_at(own, "detached_pending"):
            state = own.links.confirm(self.device_id)
            self.attached_to = None
            return state
        return self.link()

    def link(self) -> str:
        """Belong to the IQ that waits for it. Returns the link state; raises as `link_or_unlink`."""
        waiting = self.waiting_iq
        if waiting is None:
            raise RefusalError("nothing-pending", f"No IQ waits for {self.name}.")
        if self.attached_to not in (None, waiting.device_id):
            raise RefusalError("attached-elsewhere", f"{self.name} still belongs to another IQ.")
        state = waiting.links.confirm(self.device_id)
        self.attached_to = waiting.device_id
        return state

    def _pending_at(self, iq: SimulatedIq, link_state: str) -> bool:
        item = iq.tree.find(self.device_id)
        return item is not None and item.link_state == link_state
