"""The ordered tree an IQ keeps: what hangs below it and how far each link has come (domain.md 2 and 5).

The order is data: a lock's tree id on an IQ without repeaters is its position. Items are appended at the
end; an item leaves only after its detach was confirmed at the device itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from larry.simulator.world.refusal import RefusalError

MAX_LOCKS = 16
MAX_REPEATERS = 6
MAX_DEPTH = 3
"""What the simulated IQ itself refuses; the maker's limits, here on the device's side of the fence."""

LINKED = ("attached", "detached_pending")


@dataclass(frozen=True, slots=True)
class TreeItem:
    """One node below an IQ. `parent_id` None means: directly on the IQ."""

    device_id: str
    parent_id: str | None
    kind: str
    link_state: str = "attached_pending"
    name: str = ""


class IqTree:
    """Items in order, with a revision that grows at each change."""

    def __init__(self) -> None:
        self.revision = 1
        self.items: list[TreeItem] = []
        self.order_broken = False
        """Set when a write moved linked locks to other positions on an IQ without repeaters."""

    def find(self, device_id: str) -> TreeItem | None:
        """Return the item of a device."""
        return next((item for item in self.items if item.device_id == device_id), None)

    def tree_id(self, device_id: str) -> int | None:
        """Return the position, counted from 1, in the IQ's list."""
        ids = [item.device_id for item in self.items]
        return ids.index(device_id) + 1 if device_id in ids else None

    def attach(self, device_id: str, parent_id: str | None, kind: str, name: str = "") -> TreeItem:
        """Append a node as `attached_pending`; asking again for the same place changes nothing."""
        known = self.find(device_id)
        if known is not None and known.link_state != "detached":
            if known.parent_id == parent_id and known.link_state != "detached_pending":
                return known
            raise RefusalError("already-in-tree", f"{device_id} is already in the tree; detach it first.")
        rest = [item for item in self.items if item.device_id != device_id]
        item = TreeItem(device_id, parent_id, kind, "attached_pending", name)
        check_tree([*rest, item])
        self._replace([*rest, item])
        return item

    def detach(self, device_id: str) -> TreeItem:
        """Begin a detach: a linked node becomes `detached_pending`, one never linked `detached` at once."""
        item = self.find(device_id)
        if item is None:
            raise RefusalError("unknown-device", f"{device_id} is not in the tree.")
        if any(other.parent_id == device_id and other.link_state != "detached" for other in self.items):
            raise RefusalError("has-children", f"{device_id} still carries others; detach those first.")
        if item.link_state in ("detached_pending", "detached"):
            return item
        return self.set_link_state(device_id, "detached_pending" if item.link_state in LINKED else "detached")

    def set_link_state(self, device_id: str, link_state: str) -> TreeItem:
        """Note how far a link has come."""
        item = self.find(device_id)
        if item is None:
            raise RefusalError("unknown-device", f"{device_id} is not in the tree.")
        if item.link_state == link_state:
            return item
        new = replace(item, link_state=link_state)
        self._replace([new if other is item else other for other in self.items])
        return new

    def write(self, items: Sequence[TreeItem], expected_revision: int | None) -> None:
        """Take a whole tree, as the protocol's tree command and the cloud do.

        New items start as `attached_pending`, kept items keep their link state. A lock may be left out only
        when it never linked or its detach was confirmed; a repeater is taken out here first, then cleared.

        Raises:
            RefusalError: `stale-revision`, `still-attached`, or one of `check_tree`.
        """
        if expected_revision is not None and expected_revision != self.revision:
            raise RefusalError(
                "stale-revision", f"The tree is at revision {self.revision}, not {expected_revision}."
            )
        known = {item.device_id: item for item in self.items}
        new = [
            replace(
                item,
                link_state=known[item.device_id].link_state,
                name=item.name or known[item.device_id].name,
            )
            if item.device_id in known
            else replace(item, link_state="attached_pending")
            for item in items
        ]
        kept = {item.device_id for item in new}
        lost = [
            item
            for item in self.items
            if item.kind == "lock" and item.link_state in LINKED and item.device_id not in kept
        ]
        if lost:
            raise RefusalError("still-attached", f"{lost[0].device_id} is still attached; detach it first.")
        check_tree(new)
        if new != self.items:
            self._note_order(new)
            self._replace(new)

    def _note_order(self, new: list[TreeItem]) -> None:
        """A linked lock at another position is what can leave an IQ without repeaters in a reboot loop."""
        if any(item.kind == "repeater" for item in new):
            return
        before = {item.device_id: place for place, item in enumerate(self.items) if item.link_state in LINKED}
        after = {item.device_id: place for place, item in enumerate(new)}
        self.order_broken = any(after[device_id] != place for device_id, place in before.items())

    def _replace(self, items: list[TreeItem]) -> None:
        self.items = items
        self.revision += 1


def check_tree(items: Sequence[TreeItem]) -> None:
    """Refuse a tree the IQ cannot hold.

    Raises:
        RefusalError: `duplicate`, `unknown-parent`, `locks-per-iq`, `repeaters-per-iq`, `repeater-depth`.
    """
    live = [item for item in items if item.link_state != "detached"]
    parents = {item.device_id: item for item in live}
    if len({item.device_id for item in items}) != len(items):
        raise RefusalError("duplicate", "A Device ID stands twice in the tree.")
    for kind, limit, code in (
        ("lock", MAX_LOCKS, "locks-per-iq"),
        ("repeater", MAX_REPEATERS, "repeaters-per-iq"),
    ):
        count = sum(item.kind == kind for item in live)
        if count > limit:
            raise RefusalError(code, f"{count} {kind}s are more than the {limit} an IQ carries.")
    for item in live:
        _check_place(item, parents)


def _check_place(item: TreeItem, parents: dict[str, TreeItem]) -> None:
    depth = 1 if item.kind == "repeater" else 0
    seen = {item.device_id}
    above = item.parent_id
    while above is not None:
        parent = parents.get(above)
        if parent is None or parent.kind != "repeater" or above in seen:
            raise RefusalError("unknown-parent", f"{item.device_id} cannot hang below {above}.")
        seen.add(above)
        depth += 1
        above = parent.parent_id
    if depth > MAX_DEPTH:
        raise RefusalError(
            "repeater-depth", f"{item.device_id} has {depth} repeaters in a row, {MAX_DEPTH} are possible."
        )
