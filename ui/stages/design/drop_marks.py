"""While something is dragged: what each row would answer, asked once per row and drag."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QPainter

from larry.domain.kind import Kind
from larry.domain.placement import Placement, Verdict
from larry.domain.site import Site
from larry.services.place_node import PlaceAnswer, says, worst_of, would_say
from ui.components.painting import draw_text, fill_round, text_width
from ui.models.payload import Payload
from ui.models.place_answers import PARKED, DropTarget
from ui.models.site_tree_model import SiteTreeModel
from ui.style.icons import paint_icon

TONES = {Verdict.YES: "ok", Verdict.CARE: "warn", Verdict.NO: "error"}
ICONS = {Verdict.YES: "check", Verdict.CARE: "triangle-alert", Verdict.NO: "x"}


class DropMarks:
    """The answers of one drag."""

    def __init__(self, model: SiteTreeModel, payload: Payload) -> None:
        self.model, self.payload = model, payload
        self._answers: dict[str, PlaceAnswer | None] = {}

    def answer(self, node_id: str) -> PlaceAnswer | None:
        """Return what dropping on a row would do; None for rows that are no place for it anyway."""
        if node_id not in self._answers:
            shown = self._is_place(node_id)
            self._answers[node_id] = self.model.answer(self.payload, DropTarget(node_id)) if shown else None
        return self._answers[node_id]

    def _is_place(self, node_id: str) -> bool:
        site = self.model.site
        found = self.payload.found
        if node_id == PARKED:
            return found is None and site.nodes[self.payload.node_id or ""].kind is not Kind.IQ
        if node_id not in site.nodes or node_id == self.payload.node_id:
            return False
        node = site.nodes[node_id]
        if found is not None:
            return node.kind is not Kind.LOCK or (found.kind == "lock" and not node.device_id)
        return node.kind is not Kind.LOCK and site.nodes[self.payload.node_id or ""].kind is not Kind.IQ

    def words(self, answer: PlaceAnswer) -> str:
        """Return the line of a mark: the verdict, the numbers, and why not."""
        if answer.act == "none":
            return answer.reason
        verdict = {
            Verdict.YES: self.model.tr("yes"),
            Verdict.CARE: self.model.tr("with care"),
            Verdict.NO: self.model.tr("no"),
        }[answer.verdict]
        if answer.act == "assign" and answer.verdict is Verdict.YES:
            return self.model.tr("yes · assign it here")
        if answer.placement is None:
            return " · ".join(part for part in (verdict, answer.reason) if part)
        return f"{verdict} · {short_reason(answer.placement, self.model.site)}".rstrip(" ·")


def short_reason(placement: Placement, site: Site) -> str:
    """Return the numbers of an answer as short as a row allows: "11.2 m, limit 10 m"."""
    finding = worst_of(placement)
    if finding is None:
        return says(placement, site)
    numbers = finding.numbers
    over = {"locks-per-iq": _tr("locks"), "repeaters-per-iq": _tr("repeaters")}
    if finding.code in over:
        before = min(numbers["count"] - 1, numbers["limit"])
        words = (
            _tr("{before} of {limit} {what}, no room")
            if before < numbers["limit"]
            else _tr("{before} of {limit} {what}, full")
        )
        return words.format(before=before, limit=numbers["limit"], what=over[finding.code])
    words = {
        "range-exceeded": _tr("{distance_m:.1f} m, limit {limit_m:g} m"),
        "range-marginal": _tr("{distance_m:.1f} m, over {limit_m:g} m is marginal"),
        "link-weak": _tr("{margin_db:.0f} dB margin, aim at {limit_db:g} dB"),
        "repeater-depth": _tr("{count} repeaters in a row, {limit} allowed"),
        "repeater-branching": _tr("{count} repeaters below it, {limit} advised"),
        "direct-lock-beside-repeater": _tr("direct, beside its repeaters"),
        "attached-elsewhere": _tr("still belongs to another IQ"),
    }.get(finding.code)
    return words.format(**numbers) if words else would_say(finding)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DropMarks", text)


def draw_mark(painter: QPainter, box: QRect, words: str, verdict: Verdict) -> None:
    """Paint the mark of a row."""
    tone = TONES[verdict]
    width = min(box.width(), text_width(words, "small-medium") + 40)
    pill = QRect(box.left(), box.top() + 4, width - 2, box.height() - 8)
    fill_round(painter, pill, f"{tone}_soft", 6, tone)
    paint_icon(painter, ICONS[verdict], QRect(pill.left() + 8, pill.center().y() - 6, 14, 14), tone)
    draw_text(painter, pill.adjusted(28, 0, -8, 0), words, tone, "small-medium")
