"""What the practice cloud sees of the simulated world; the world implements it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class TreeRow(NamedTuple):
    """One repeater or lock in an IQ's tree; a plain tuple of the same five values does as well.

    Attributes:
        device_id: normalised Device ID.
        parent_device_id: the repeater above it; None directly on the IQ.
        kind: "repeater" or "lock".
        link_state: free, attached_pending, attached, detached_pending or detached.
        name: as given by the installer, or "".
    """

    device_id: str
    parent_device_id: str | None
    kind: str
    link_state: str
    name: str


class CloudIq(Protocol):
    """An IQ as the cloud sees it. Read-only values are attributes or properties."""

    @property
    def device_id(self) -> str:
        """Normalised Device ID."""
        ...

    @property
    def mac(self) -> str:
        """KS MAC, `NN.NN.NN`."""
        ...

    @property
    def activation_code(self) -> str:
        """The code on its sticker, upper case."""
        ...

    @property
    def model(self) -> str:
        """Catalogue name of the model."""
        ...

    @property
    def firmware(self) -> str:
        """Version."""
        ...

    @property
    def online(self) -> bool:
        """It has power and network: the cloud reaches it now."""
        ...

    @property
    def restore_required(self) -> bool:
        """It was reset while in a site and waits for its restore."""
        ...

    @property
    def tree_revision(self) -> int:
        """Grows with every change of its tree."""
        ...

    def tree_items(self) -> Sequence[tuple[str, str | None, str, str, str]]:
        """Return its tree in its own order, see `TreeRow`."""
        ...

    def put_tree(self, items: Sequence[TreeRow]) -> None:
        """Take over a whole tree in the order given; new locks wait for their card.

        Known items keep their link state, whatever the row says.

        Raises:
            RefusalError: the IQ does not take it.
        """
        ...

    def detach(self, device_id: str) -> None:
        """Begin to detach a repeater or lock; its card or button finishes it.

        Raises:
            RefusalError: the IQ does not know it, or it still carries others.
        """
        ...

    def lock_online(self, device_id: str) -> bool:
        """Tell whether a lock or repeater of its tree is online."""
        ...

    def lock_battery(self, device_id: str) -> int | None:
        """Return a lock's battery in percent, None when not known."""
        ...

    def joined_site(self, time_zone: str, name: str) -> None:
        """Hear that it was added to a site: the purple light goes off."""
        ...

    def left_site(self) -> None:
        """Hear that it was deleted from its site."""
        ...


class Estate(Protocol):
    """All IQs that exist, in a site or not."""

    def iq_by_activation_code(self, code: str) -> CloudIq | None:
        """Return the IQ with this code (trimmed, upper case), or None."""
        ...

    def iqs(self) -> Sequence[CloudIq]:
        """Return all IQs, in a stable order."""
        ...


class PracticeClock(Protocol):
    """Where the practice cloud reads the time: the world's own clock has the same method."""

    def now_s(self) -> float:
        """Return virtual seconds since the practice site started."""
        ...
