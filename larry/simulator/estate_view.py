"""What the practice cloud sees of the world (`practice_cloud.estate`)."""

from __future__ import annotations

from collections.abc import Sequence

from larry.simulator.practice_cloud.estate import TreeRow
from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.iq_tree import TreeItem


class CloudIqView:
    """One IQ, as `CloudIq`."""

    def __init__(self, world: World, iq: SimulatedIq) -> None:
        self._world = world
        self._iq = iq

    @property
    def device_id(self) -> str:
        """Normalised Device ID."""
        return self._iq.device_id

    @property
    def mac(self) -> str:
        """KS MAC."""
        return self._iq.identity.mac

    @property
    def activation_code(self) -> str:
        """The code on its sticker."""
        return self._iq.activation_code

    @property
    def model(self) -> str:
        """Catalogue name of the model."""
        return self._iq.identity.model

    @property
    def firmware(self) -> str:
        """Version."""
        return self._iq.identity.firmware

    @property
    def online(self) -> bool:
        """The cloud reaches it now."""
        return self._iq.online

    @property
    def restore_required(self) -> bool:
        """It was reset while in a site."""
        return self._iq.restore_required

    @property
    def tree_revision(self) -> int:
        """Revision of its tree."""
        return self._iq.tree.revision

    def tree_items(self) -> Sequence[tuple[str, str | None, str, str, str]]:
        """Return the tree in the IQ's order."""
        return [
            TreeRow(item.device_id, item.parent_id, item.kind, item.link_state, item.name)
            for item in self._iq.tree.items
        ]

    def put_tree(self, items: Sequence[TreeRow]) -> None:
        """Take a tree in the order given."""
        self._iq.links.write([TreeItem(*row) for row in items], None)

    def detach(self, device_id: str) -> None:
        """Begin a detach."""
        self._iq.links.detach(device_id)

    def lock_online(self, device_id: str) -> bool:
        """Tell whether a node counts as online."""
        return self._iq.links.online(device_id)

    def lock_battery(self, device_id: str) -> int | None:
        """Return the battery of a node that is online."""
        device = self._world.device(device_id)
        return device.battery_percent if device is not None and self.lock_online(device_id) else None

    def joined_site(self, time_zone: str, name: str) -> None:
        """It was added to a site."""
        self._iq.join_site(name, time_zone)

    def left_site(self) -> None:
        """It was deleted from its site."""
        self._iq.leave_site()

    def restored(self) -> None:
        """It was restored after a reset."""
        self._iq.restored()


class EstateView:
    """All IQs of the world, as `Estate`."""

    def __init__(self, world: World) -> None:
        self._views = [CloudIqView(world, iq) for iq in world.iqs]

    def iqs(self) -> Sequence[CloudIqView]:
        """Return all IQs in the order of the scenario."""
        return self._views

    def iq_by_activation_code(self, code: str) -> CloudIqView | None:
        """Return the IQ with this code, or None."""
        return next((view for view in self._views if view.activation_code.upper() == code), None)
