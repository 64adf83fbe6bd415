"""What a site tells its listeners, in pairs before and after each change."""

from __future__ import annotations

from typing import Protocol


class SiteListener(Protocol):
    """Receives the mutation events of a `Site`; indexes are places among siblings, before the change.

    `index` of `node_moving` is the place the node will have after it was taken out.
    """

    def node_inserting(self, node_id: str, parent: str | None, index: int) -> None:
        """Announce a node that is about to appear."""

    def node_inserted(self, node_id: str) -> None:
        """Confirm it."""

    def node_removing(self, node_id: str) -> None:
        """Announce a node that is about to disappear."""

    def node_removed(self, node_id: str, parent: str | None) -> None:
        """Confirm it; `parent` is where it was."""

    def node_moving(self, node_id: str, parent: str | None, index: int) -> None:
        """Announce a node that is about to change its place."""

    def node_moved(self, node_id: str, old_parent: str | None) -> None:
        """Confirm it; `old_parent` is where it was."""

    def node_changed(self, node_id: str, field: str) -> None:
        """Tell that a field of a node has a new value."""

    def site_changed(self, field: str) -> None:
        """Tell that a field of the site, or its floors (`floors`), has a new value."""

    def link_changed(self, a: str, b: str) -> None:
        """Tell that the measured link between two nodes was stored, replaced or forgotten."""


class SilentListener:
    """A listener that hears nothing: derive from it and override what matters."""

    def node_inserting(self, node_id: str, parent: str | None, index: int) -> None: ...
    def node_inserted(self, node_id: str) -> None: ...
    def node_removing(self, node_id: str) -> None: ...
    def node_removed(self, node_id: str, parent: str | None) -> None: ...
    def node_moving(self, node_id: str, parent: str | None, index: int) -> None: ...
    def node_moved(self, node_id: str, old_parent: str | None) -> None: ...
    def node_changed(self, node_id: str, field: str) -> None: ...
    def site_changed(self, field: str) -> None: ...
    def link_changed(self, a: str, b: str) -> None: ...
