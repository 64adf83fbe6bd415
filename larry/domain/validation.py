"""Validation: all findings of a site, in order, and the same list kept up to date edit by edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from larry.domain.catalogue import Catalogue
from larry.domain.device_rules import check_device
from larry.domain.events import SilentListener
from larry.domain.finding import SEVERITY_ORDER, Finding
from larry.domain.hardware import Node
from larry.domain.range_rules import check_range
from larry.domain.records import DeviceRecord
from larry.domain.rule_context import RuleContext, count_loads, device_id_key, name_key
from larry.domain.site import Site
from larry.domain.site_rules import check_site
from larry.domain.tree_rules import check_tree


def validate(
    site: Site, catalogue: Catalogue, records: Mapping[str, DeviceRecord] | None = None
) -> list[Finding]:
    """Return all findings, sorted by severity, then tree order (contract.md)."""
    validator = Validator(site, catalogue, records)
    validator.close()
    return validator.findings()


class Validator(SilentListener):
    """Keeps the findings of a site up to date: after an edit only the trees it touched are checked again.

    Call `close()` when it is no longer needed; it listens to the site.
    """

    def __init__(
        self, site: Site, catalogue: Catalogue, records: Mapping[str, DeviceRecord] | None = None
    ) -> None:
        self._context = RuleContext(site, catalogue, records if records is not None else {})
        self._site = site
        self._root_of: dict[str, str] = {}
        self._nodes_of_root: dict[str, list[str]] = {}
        self._by_root: dict[str, list[Finding]] = {}
        self._site_findings: list[Finding] = []
        self._keys: dict[str, tuple[str | None, str | None]] = {}
        self._dirty: set[str] = set(site.nodes)
        self._all_dirty = True
        site.add_listener(self)

    def close(self) -> None:
        """Stop listening to the site."""
        self._site.remove_listener(self)

    def touch(self, node_ids: Iterable[str]) -> None:
        """Check these devices again: something outside the plan changed (a record)."""
        self._dirty.update(node_ids)

    def findings(self) -> list[Finding]:
        """Return all findings, sorted by severity, then tree order."""
        self._refresh()
        with_findings = [self._by_root[root] for root in self._site.children(None) if self._by_root.get(root)]
        ordered: list[Finding] = []
        for severity in SEVERITY_ORDER:
            ordered.extend(f for f in self._site_findings if f.severity is severity)
            for findings in with_findings:
                ordered.extend(f for f in findings if f.severity is severity)
        return ordered

    # --- listening ------------------------------------------------------------------

    def node_inserted(self, node_id: str) -> None:
        self._dirty.add(node_id)

    def node_removing(self, node_id: str) -> None:
        self._dirty.update(self._neighbours(node_id))
        self._dirty.add(node_id)

    def node_moved(self, node_id: str, old_parent: str | None) -> None:
        self._dirty.add(node_id)
        if old_parent is not None:
            self._dirty.add(old_parent)

    def node_changed(self, node_id: str, field: str) -> None:
        self._dirty.add(node_id)

    def site_changed(self, field: str) -> None:
        self._all_dirty = True

    def link_changed(self, a: str, b: str) -> None:
        self._dirty.update((a, b))

    def _neighbours(self, node_id: str) -> list[str]:
        parent = self._site.nodes[node_id].parent
        return [parent] if parent is not None else []

    # --- checking -------------------------------------------------------------------

    def _refresh(self) -> None:
        if not self._dirty and not self._all_dirty:
            return
        touched = set(self._site.nodes) | set(self._root_of) if self._all_dirty else self._dirty
        roots: set[str] = set()
        for node_id in touched:
            roots |= self._index(node_id)
        for node_id in touched:
            roots |= self._roots_now_and_before(node_id)
        for root in roots:
            self._forget(root)
        for root in roots:
            if root in self._site.nodes and self._site.nodes[root].parent is None:
                self._check_root(root)
        if self._all_dirty:
            self._site_findings = [f for f in check_site(self._context) if f]
        self._dirty = set()
        self._all_dirty = False

    def _index(self, node_id: str) -> set[str]:
        """Keep the indexes of Device IDs and names; return the trees of those who share an old or new one."""
        node = self._site.nodes.get(node_id)
        old = self._keys.get(node_id, (None, None))
        new = (device_id_key(node), name_key(node)) if node else (None, None)
        sharing: set[str] = set()
        for index, before, after in zip(
            (self._context.device_ids, self._context.names), old, new, strict=True
        ):
            if before == after:
                continue
            if before is not None:
                index[before].discard(node_id)
                sharing |= index[before]
            if after is not None:
                sharing |= index.setdefault(after, set())
                index[after].add(node_id)
        if node:
            self._keys[node_id] = new
        else:
            self._keys.pop(node_id, None)
        return set().union(*(self._roots_now_and_before(each) for each in sharing))

    def _roots_now_and_before(self, node_id: str) -> set[str]:
        roots = {self._root_of[node_id]} if node_id in self._root_of else set()
        if node_id in self._site.nodes:
            roots.add(self._site.root_of(node_id))
        return roots

    def _forget(self, root: str) -> None:
        for node_id in self._nodes_of_root.pop(root, ()):
            if self._root_of.get(node_id) == root:
                del self._root_of[node_id]
            self._context.loads.pop(node_id, None)
        self._by_root.pop(root, None)

    def _check_root(self, root: str) -> None:
        self._context.loads.update(count_loads(self._site, root))
        nodes = list(self._site.walk(root))
        self._nodes_of_root[root] = [node.id for node in nodes]
        findings: list[Finding] = []
        for node in nodes:
            self._root_of[node.id] = root
            findings.extend(self._check_node(node))
        if findings:
            self._by_root[root] = findings

    def _check_node(self, node: Node) -> Iterable[Finding]:
        for check in (check_tree, check_range, check_device):
            for finding in check(self._context, node):
                if finding is not None:
                    yield finding
