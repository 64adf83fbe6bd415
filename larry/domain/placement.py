"""One answer for hover, drop, paste, import and command line: may this device hang there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from larry.domain.catalogue import Catalogue
from larry.domain.finding import Finding, Severity
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.range_rules import range_finding
from larry.domain.records import DeviceRecord
from larry.domain.rule_context import RuleContext, display_name, repeaters_in_a_row
from larry.domain.site import Site


class Verdict(StrEnum):
    """The answer: yes, yes with care (a warning), or no (an error)."""

    YES = "yes"
    CARE = "care"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Placement:
    """What would be said about a device at a parent.

    `load` and `limit` are the locks the IQ there would carry ("12 of 16 locks"), None without an IQ.
    """

    parent: str | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    distance_m: float | None = None
    margin_db: float | None = None
    load: int | None = None
    limit: int | None = None


def can_place(
    site: Site,
    catalogue: Catalogue,
    node: str | Node,
    parent: str | None,
    records: Mapping[str, DeviceRecord] | None = None,
) -> Placement:
    """Judge hanging a device, with all below it, under `parent` (None: at the top).

    The site is not changed. Only what the move itself would cause is answered: an IQ that is
    already over its limit does not forbid moves inside its own tree.

    Args:
        node: the id of a device of the site, or a new device that is not in it yet.
    """
    return _Question(site, catalogue, node, parent, records or {}).answer()


@dataclass(slots=True)
class _Branch:
    """What moves along: counted once per question."""

    locks: int
    repeaters: int
    height: int
    """Repeaters in a row from the top of the branch downwards."""


class _Question:
    def __init__(
        self,
        site: Site,
        catalogue: Catalogue,
        node: str | Node,
        parent: str | None,
        records: Mapping[str, DeviceRecord],
    ) -> None:
        self.site = site
        self.known = isinstance(node, str)
        self.node = site.nodes[node] if isinstance(node, str) else node
        self.parent = site.nodes[parent] if parent is not None else None
        self.context = RuleContext(site, catalogue, records)
        self.iq = site.iq_of(self.parent.id) if self.parent else None
        self.findings: list[Finding] = []
        self.branch = self._branch()

    def answer(self) -> Placement:
        if self._impossible_kind():
            return self._placement()
        self._check_limits()
        self._check_row()
        self._check_branching()
        self._check_direct_locks()
        self._check_elsewhere()
        return self._placement(*self._check_radio())

    def _say(
        self, code: str, numbers: Mapping[str, float], node: Node | None = None, **words: object
    ) -> None:
        finding = self.context.finding(code, node or self.node, dict(numbers), **words)
        if finding is not None:
            self.findings.append(finding)

    def _placement(self, distance_m: float | None = None, margin_db: float | None = None) -> Placement:
        severities = {finding.severity for finding in self.findings}
        verdict = Verdict.YES
        if Severity.ERROR in severities:
            verdict = Verdict.NO
        elif Severity.WARNING in severities:
            verdict = Verdict.CARE
        load = limit = None
        if self.iq is not None:
            load = self._locks_of(self.iq) + (0 if self._inside() else self.branch.locks)
            limit = int(self.context.catalogue.rule("locks-per-iq").limit())
        return Placement(
            self.parent.id if self.parent else None,
            verdict,
            tuple(self.findings),
            distance_m,
            margin_db,
            load,
            limit,
        )

    # --- the rules, one by one --------------------------------------------------------

    def _impossible_kind(self) -> bool:
        if self.parent is None:
            if self.node.kind is not Kind.IQ:
                self._say("unplaced", {})
            return True
        below_itself = self.known and (
            self.parent.id == self.node.id
            or any(above.id == self.node.id for above in self.site.ancestors(self.parent.id))
        )
        if self.node.kind is Kind.IQ or self.parent.kind is Kind.LOCK or below_itself:
            self._say("wrong-parent-kind", {}, parent=display_name(self.parent))
            return True
        return False

    def _check_limits(self) -> None:
        for iq in self._iqs_above():
            before_and_more = (
                ("locks-per-iq", self._locks_of(iq), self.branch.locks),
                ("repeaters-per-iq", self._repeaters_of(iq), self.branch.repeaters),
            )
            for code, before, more in before_and_more:
                limit = int(self.context.catalogue.rule(code).limit())
                if more and before + more > limit:
                    numbers = {"count": before + more, "limit": limit}
                    self._say(code, numbers, iq, over=before + more - limit)

    def _iqs_above(self) -> list[Node]:
        """Return the IQs that would carry the branch and do not carry it yet.

        A file may hang an IQ below another, which is wrong but countable: both carry it then.
        """
        if self.parent is None:
            return []
        carrying = {above.id for above in self.site.ancestors(self.node.id)} if self.known else set()
        lineage = (self.parent, *self.site.ancestors(self.parent.id))
        return [above for above in lineage if above.kind is Kind.IQ and above.id not in carrying]

    def _check_row(self) -> None:
        if not self.branch.height:
            return
        limit = int(self.context.catalogue.rule("repeater-depth").limit())
        count = repeaters_in_a_row(self.site, self.parent) + self.branch.height
        if count > limit:
            self._say("repeater-depth", {"count": count, "limit": limit})

    def _check_branching(self) -> None:
        if self.parent is None or not (self.node.kind is self.parent.kind is Kind.REPEATER):
            return
        siblings = (self.site.nodes[child] for child in self.site.children(self.parent.id))
        count = 1 + sum(each.kind is Kind.REPEATER and each.id != self.node.id for each in siblings)
        limit = int(self.context.catalogue.rule("repeater-branching").limit())
        if count > limit:
            self._say("repeater-branching", {"count": count, "limit": limit}, self.parent)

    def _check_direct_locks(self) -> None:
        if self.iq is not None and self.node.kind is Kind.LOCK and self.parent is self.iq:
            after = self._repeaters_of(self.iq) + (0 if self._inside() else self.branch.repeaters)
            if after:
                parent = display_name(self.iq)
                self._say("direct-lock-beside-repeater", {"repeaters": after}, parent=parent)
        if self.branch.repeaters:
            for iq in self._iqs_above():
                if not self._repeaters_of(iq):
                    self._say_of_locks_on(iq)

    def _say_of_locks_on(self, iq: Node) -> None:
        """Say it of the locks on an IQ that gets its first repeaters by this move."""
        for child in self.site.children(iq.id):
            lock = self.site.nodes[child]
            if lock.kind is Kind.LOCK and lock.id != self.node.id:
                numbers = {"repeaters": self.branch.repeaters}
                self._say("direct-lock-beside-repeater", numbers, lock, parent=display_name(iq))

    def _check_elsewhere(self) -> None:
        record = self.context.records.get(self.node.id)
        other = record.seen("attached_to") if record else None
        if not other or self.iq is None or other in (self.iq.id, self.iq.device_id, self.iq.mac):
            return
        self._say("attached-elsewhere", {}, attached_to=other)

    def _check_radio(self) -> tuple[float | None, float | None]:
        if self.parent is None:
            return None, None
        name = display_name(self.parent)
        margin_db = self._margin_db(name) if self.known else None
        distance_m = self._distance_m()
        if distance_m is not None and margin_db is None:
            finding = range_finding(self.context, self.node, name, distance_m)
            if finding is not None:
                self.findings.append(finding)
        return distance_m, margin_db

    def _margin_db(self, parent_name: str) -> float | None:
        """Judge a link that was measured both ways; None when there is none."""
        assert self.parent is not None
        link = self.site.link_between(self.node.id, self.parent.id)
        if link is None or not link.both_ways or link.weaker_dbm is None:
            return None
        rule = self.context.catalogue.rule("link-weak")
        margin_db = link.weaker_dbm - rule.limit("pass_dbm")
        if margin_db < rule.limit("limit_db"):
            numbers = {
                "margin_db": margin_db,
                "limit_db": rule.limit("limit_db"),
                "rssi_dbm": link.weaker_dbm,
            }
            self._say("link-weak", numbers, parent=parent_name)
        return margin_db

    def _distance_m(self) -> float | None:
        assert self.parent is not None
        return self.site.distance_between_m(self.node, self.parent)

    # --- counting ---------------------------------------------------------------------

    def _inside(self) -> bool:
        """True when the device already belongs to the IQ it would belong to."""
        return self.known and self.iq is not None and self.site.iq_of(self.node.id) is self.iq

    def _branch(self) -> _Branch:
        if not self.known:
            is_repeater = self.node.kind is Kind.REPEATER
            return _Branch(int(self.node.kind is Kind.LOCK), int(is_repeater), int(is_repeater))
        nodes = list(self.site.walk(self.node.id))
        rows = {self.node.id: int(self.node.kind is Kind.REPEATER)}
        for each in nodes[1:]:
            above = rows[each.parent] if each.parent is not None else 0
            rows[each.id] = above + 1 if each.kind is Kind.REPEATER and above else 0
        return _Branch(
            locks=sum(each.kind is Kind.LOCK for each in nodes),
            repeaters=sum(each.kind is Kind.REPEATER for each in nodes),
            height=max(rows.values()),
        )

    def _locks_of(self, iq: Node) -> int:
        return sum(each.kind is Kind.LOCK for each in self.site.walk(iq.id))

    def _repeaters_of(self, iq: Node) -> int:
        return sum(each.kind is Kind.REPEATER for each in self.site.walk(iq.id))
