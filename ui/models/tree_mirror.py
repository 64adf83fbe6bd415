"""The order of the tree as its views have been told: ids only, changed between begin and end."""

from __future__ import annotations

from larry.domain.kind import Kind
from larry.domain.site import Site
from ui.models.place_answers import PARKED

TOP = ""
"""The mirror's name of the invisible root."""


class TreeMirror:
    """Which rows stand below which: IQs at the top, then one folder with what has no parent."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._keys: dict[str, int] = {}
        self._names: list[str] = []
        self._rows: dict[str, dict[str, int]] = {}
        self._order: dict[str, list[str]] = {TOP: [], PARKED: []}
        self._home: dict[str, str] = {PARKED: TOP}
        for node in site.walk():
            home = self.home_in_site(node.id)
            self._home[node.id] = home
            self._order.setdefault(home, []).append(node.id)
        self._order[TOP].append(PARKED)

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._home

    def children(self, home: str) -> list[str]:
        """Return the ids below a row, in order."""
        return self._order.get(home, [])

    def home(self, node_id: str) -> str:
        """Return the row a device stands below."""
        return self._home.get(node_id, TOP)

    def row(self, node_id: str) -> int:
        """Return the place of a device among its siblings; looked up once per change of a folder."""
        home = self._home[node_id]
        rows = self._rows.get(home)
        if rows is None:
            rows = self._rows[home] = {each: row for row, each in enumerate(self._order[home])}
        return rows[node_id]

    def key(self, node_id: str) -> int:
        """Return the number that stands for an id in a `QModelIndex`; it never changes."""
        key = self._keys.get(node_id)
        if key is None:
            key = self._keys[node_id] = len(self._names)
            self._names.append(node_id)
        return key

    def name(self, key: int) -> str:
        """Return the id a number stands for."""
        return self._names[key]

    # --- changing ---------------------------------------------------------------------------

    def insert(self, node_id: str, home: str, row: int) -> None:
        """Add a row."""
        self._order.setdefault(home, []).insert(row, node_id)
        self._home[node_id] = home
        self._rows.pop(home, None)

    def remove(self, node_id: str) -> str:
        """Take a row out; return where it was."""
        home = self._home.pop(node_id)
        self._order[home].remove(node_id)
        self._order.pop(node_id, None)
        self._rows.pop(home, None)
        return home

    def move(self, node_id: str, home: str, row: int) -> None:
        """Put a row elsewhere; what is below it goes along."""
        old_home = self._home[node_id]
        self._order[old_home].remove(node_id)
        self._rows.pop(old_home, None)
        self.insert(node_id, home, row)

    # --- the site's places as rows --------------------------------------------------------------

    def home_in_site(self, node_id: str) -> str:
        """Return the row a device of the site belongs below."""
        return self.home_below(node_id, self._site.nodes[node_id].parent)

    def home_below(self, node_id: str, parent: str | None) -> str:
        """Return the row a device belongs below when it hangs on `parent`."""
        if parent is not None:
            return parent
        return TOP if self._site.nodes[node_id].kind is Kind.IQ else PARKED

    def row_among(self, home: str, node_id: str, siblings: list[str]) -> int:
        """Return the row a device has in a folder, given the site's siblings with it among them."""
        if home not in (TOP, PARKED):
            return siblings.index(node_id)
        nodes = self._site.nodes
        shown = [each for each in siblings if (nodes[each].kind is Kind.IQ) == (home == TOP)]
        return shown.index(node_id)
