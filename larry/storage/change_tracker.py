"""Which parts of a site an edit touched: only these are written."""

from __future__ import annotations

from larry.domain.events import SilentListener


class ChangeTracker(SilentListener):
    """Collects what changed since `clear`; the values are read from the site when it is written."""

    def __init__(self) -> None:
        self.nodes: set[str] = set()
        self.placed: set[str] = set()
        self.links: set[tuple[str, str]] = set()
        self.info = False
        self.floors = False

    def clear(self) -> None:
        """Forget everything: it was written, or taken back."""
        self.nodes.clear()
        self.placed.clear()
        self.links.clear()
        self.info = False
        self.floors = False

    def node_inserted(self, node_id: str) -> None:
        self.nodes.add(node_id)
        self.placed.add(node_id)

    def node_removing(self, node_id: str) -> None:
        self.nodes.add(node_id)
        self.placed.discard(node_id)

    def node_moved(self, node_id: str, old_parent: str | None) -> None:
        self.nodes.add(node_id)
        self.placed.add(node_id)

    def node_changed(self, node_id: str, field: str) -> None:
        self.nodes.add(node_id)

    def link_changed(self, a: str, b: str) -> None:
        self.links.add((a, b))

    def site_changed(self, field: str) -> None:
        if field == "floors":
            self.floors = True
        else:
            self.info = True
