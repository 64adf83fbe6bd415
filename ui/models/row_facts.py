"""What one row of the tree says, read from the site once and kept until something changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from larry.domain.catalogue import Catalogue
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.records import DeviceRecord
from larry.domain.rule_context import display_name
from larry.domain.site import Site
from ui.models.device_state import DeviceState, device_state


@dataclass(frozen=True, slots=True)
class RowFacts:
    """The columns of a device's row."""

    kind: str
    model: str | None
    name: str
    detail: str
    load: str
    load_share: float | None
    over: bool
    margin_db: float | None
    state: DeviceState
    id_text: str
    placed: bool
    parent_name: str


def row_facts(site: Site, catalogue: Catalogue, records: Mapping[str, DeviceRecord], node: Node) -> RowFacts:
    """Read the facts of a row."""
    load, share, over = _load(site, catalogue, node)
    placed = node.kind is Kind.IQ or node.parent is not None
    return RowFacts(
        kind=node.kind.value,
        model=node.model,
        name=display_name(node),
        detail=_detail(site, node),
        load=load,
        load_share=share,
        over=over,
        margin_db=margin_to_parent(site, catalogue, node),
        state=device_state(node, records.get(node.id)),
        id_text=short_id(node),
        placed=placed,
        parent_name=display_name(site.nodes[node.parent]) if node.parent else "",
    )


def margin_to_parent(site: Site, catalogue: Catalogue, node: Node) -> float | None:
    """Return the measured margin of a device's link to its parent in dB, the weaker direction."""
    if node.parent is None:
        return None
    link = site.link_between(node.id, node.parent)
    if link is None or link.weaker_dbm is None:
        return None
    return link.weaker_dbm - catalogue.rule("link-weak").limit("pass_dbm")


def short_id(node: Node) -> str:
    """Return the Device ID as the tree shows it: long ones by their last six digits."""
    if not node.device_id:
        return _tr("no ID yet")
    return node.device_id if len(node.device_id) <= 8 else f"…{node.device_id[-6:]}"


def spoken(facts: RowFacts) -> str:
    """Return the row as a screen reader says it."""
    kinds = {"iq": _tr("IQ"), "repeater": _tr("repeater"), "lock": _tr("lock")}
    where = _tr("on {parent}").format(parent=facts.parent_name) if facts.parent_name else ""
    if not facts.placed:
        where = _tr("not placed yet")
    kind = " ".join(part for part in (kinds[facts.kind], where) if part)
    parts = [facts.name, kind, facts.state.word.lower(), facts.load if facts.placed else ""]
    if facts.margin_db is not None:
        parts.append(_tr("link margin {db} dB").format(db=f"{facts.margin_db:.0f}"))
    return ", ".join(part for part in parts if part)


def _tr(text: str, plural: int = -1) -> str:
    return QCoreApplication.translate("RowFacts", text, None, plural)


def _detail(site: Site, node: Node) -> str:
    if node.kind is Kind.LOCK:
        if node.parent is None and node.floor in site.floors:
            return site.floors[node.floor].name
        return _tr("wall reader") if node.model and "reader" in node.model else ""
    return site.floors[node.floor].name if node.floor in site.floors else ""


def _load(site: Site, catalogue: Catalogue, node: Node) -> tuple[str, float | None, bool]:
    if node.kind is Kind.LOCK:
        return "", None, False
    below = [each for each in site.walk(node.id) if each.kind is Kind.LOCK]
    if node.kind is Kind.IQ:
        limit = int(catalogue.rule("locks-per-iq").limit())
        text = _tr("{count} of {limit} locks").format(count=len(below), limit=limit)
        if len(below) == limit:
            text = _tr("{text}, full").format(text=text)
        return text, len(below) / limit, len(below) > limit
    through = [each for each in below if each.parent != node.id]
    text = _tr("1 lock") if len(below) == 1 else _tr("{count} locks").format(count=len(below))
    if through:
        text = _tr("{text}, {count} through others").format(text=text, count=len(through))
    return (text if below else _tr("no locks")), None, False
