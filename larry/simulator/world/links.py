"""The radio links below one IQ: attach, card, detach, heartbeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.iq_tree import LINKED, TreeItem
from larry.simulator.world.refusal import RefusalError
from larry.simulator.world.timer_queue import Timer

if TYPE_CHECKING:
    from larry.simulator.world.iq import SimulatedIq


class IqLinks:
    """What an IQ knows about its nodes.

    A node is online while fewer than five of its heartbeats in a row were missed.
    """

    def __init__(self, iq: SimulatedIq) -> None:
        self._iq = iq
        self._missed: dict[str, int] = {}
        self._timer: Timer | None = None

    # --- commands -------------------------------------------------------------------------

    def attach(self, device_id: str, parent_id: str | None, kind: str, name: str = "") -> str:
        """Order a node to be attached; it waits for its card or button. Returns the link state."""
        self._refuse_if_reset()
        item = self._iq.tree.attach(device_id, parent_id, kind, name)
        self._iq.log("larry", "attach", f"Larry to {self._iq.name}: attach {device_id}")
        self._tell(device_id, item.link_state)
        return item.link_state

    def detach(self, device_id: str) -> str:
        """Begin a detach. Returns the link state."""
        self._refuse_if_reset()
        item = self._iq.tree.detach(device_id)
        self._iq.log("larry", "detach", f"Larry to {self._iq.name}: detach {device_id}")
        self._tell(device_id, item.link_state)
        return item.link_state

    def write(self, items: list[TreeItem], expected_revision: int | None) -> int:
        """Take a whole tree. Returns the new revision."""
        self._refuse_if_reset()
        self._iq.tree.write(items, expected_revision)
        revision = self._iq.tree.revision
        self._iq.log("larry", "tree", f"{self._iq.name}: tree revision {revision}")
        self._iq.tree_written()
        return revision

    def _refuse_if_reset(self) -> None:
        if self._iq.restore_required:
            raise RefusalError("restore-required", f"{self._iq.name} was reset and has to be restored first.")

    # --- the device's side -------------------------------------------------------------------

    def reachable(self, item: TreeItem) -> bool:
        """Tell whether the radio path from the IQ down to the node stands now."""
        node = self._iq.site.device(item.device_id)
        if node is None or not node.running or not self._iq.running:
            return False
        if item.parent_id is None:
            return self._iq.site.holds_link(self._iq, node)
        parent_item = self._iq.tree.find(item.parent_id)
        parent = self._iq.site.device(item.parent_id)
        if parent is None or parent_item is None or parent_item.link_state not in LINKED:
            return False
        return self._iq.site.holds_link(parent, node) and self.reachable(parent_item)

    def confirm(self, device_id: str) -> str:
        """The card (lock) or button (repeater) was used: finish what is pending. Returns the link state.

        Raises:
            RefusalError: `out-of-range` when the node's parent does not hear it.
        """
        item = self._iq.tree.find(device_id)
        if item is None:
            raise RefusalError("unknown-device", f"{self._iq.name} does not know {device_id}.")
        if not self.reachable(item):
            raise RefusalError("out-of-range", f"Nothing of {self._iq.name} hears {device_id}.")
        if item.link_state == "attached_pending":
            self._iq.tree.set_link_state(device_id, "attached")
            self._missed[device_id] = self._iq.site.timings.missed_heartbeats
            self._iq.site.timers.after(
                self._iq.site.timings.first_heartbeat_s, lambda: self._heartbeat(device_id)
            )
            self.start()
        elif item.link_state == "detached_pending":
            self._iq.tree.set_link_state(device_id, "detached")
            self._missed.pop(device_id, None)
        state = self._iq.tree.find(device_id)
        assert state is not None
        self._tell(device_id, state.link_state)
        return state.link_state

    # --- heartbeats -----------------------------------------------------------------------------

    def online(self, device_id: str) -> bool:
        """Tell whether the IQ counts the node as online; may be stale by up to five heartbeats."""
        limit = self._iq.site.timings.missed_heartbeats
        return self._iq.running and self._missed.get(device_id, limit) < limit

    def start(self) -> None:
        """Listen for heartbeats when anything is linked."""
        linked = any(item.link_state in LINKED for item in self._iq.tree.items)
        if linked and self._iq.running and self._timer is None:
            self._timer = self._iq.site.timers.after(self._iq.site.timings.heartbeat_s, self._tick)

    def stop(self) -> None:
        """The IQ's program stopped; what it counted is kept."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        self._timer = None
        for item in list(self._iq.tree.items):
            if item.link_state in LINKED:
                self._heartbeat(item.device_id)
        self.start()

    def _heartbeat(self, device_id: str) -> None:
        item = self._iq.tree.find(device_id)
        if item is None or item.link_state not in LINKED or not self._iq.running:
            return
        was_online = self.online(device_id)
        self._missed[device_id] = 0 if self.reachable(item) else self._missed.get(device_id, 0) + 1
        if self.online(device_id) != was_online:
            self._tell(device_id, "offline" if was_online else "online")

    def _tell(self, device_id: str, what: str) -> None:
        node = self._iq.site.device(device_id)
        name = node.name if isinstance(node, SimulatedDevice) else device_id
        if node is not None:
            node.log("device", what, f"{self._iq.name}: {name} {what}, revision {self._iq.tree.revision}")
        else:
            self._iq.log("device", what, f"{self._iq.name}: {device_id} {what}")
        self._iq.site.changed(self._iq)
