"""What the button of a checklist line does: it goes where the cause is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.services.read_checklist import ChecklistLine, LineState

_JOB = frozenset(
    {
        "iqs-in-cloud",
        "repeaters-attached",
        "locks-attached",
        "time-zone-read",
    }
)
"""Lines that are mended by commissioning a device, not by changing the plan."""
_AT_DEVICE = frozenset({"iqs-online", "locks-online", "iq-lights", "locks-red", "half-detached"})
"""Lines whose device is looked at in Commission: its last steps, its light, what it says."""
_UNREAD_IS_JOB = "as-planned"


@dataclass(frozen=True, slots=True)
class LineAct:
    """One button: its words, where it goes ("email", "zone", "design", "commission"), and to which device."""

    text: str
    where: str
    node_id: str = ""


def line_act(line: ChecklistLine, site: Site, *, locked: bool) -> LineAct | None:
    """Return the act of a line, None where nothing can be done from here."""
    if line.state is LineState.OK or locked:
        return None
    node = next((site.nodes[node_id] for node_id in line.nodes if node_id in site.nodes), None)
    if node is None:
        return _without_device(line)
    if node.kind is not Kind.IQ and node.parent is None:
        return LineAct(_tr("Give it a parent"), "design", node.id)
    unread = line.key == _UNREAD_IS_JOB and line.state is LineState.OPEN
    if line.key in _JOB or unread:
        return LineAct(_tr("Commission it"), "commission", node.id)
    words = {
        Kind.IQ: _tr("Go to IQ"),
        Kind.REPEATER: _tr("Go to repeater"),
        Kind.LOCK: _tr("Go to lock"),
    }
    where = "commission" if line.key in _AT_DEVICE else "design"
    return LineAct(words[node.kind], where, node.id)


def _without_device(line: ChecklistLine) -> LineAct | None:
    if line.key == "owner-email":
        return LineAct(_tr("Type e-mail"), "email")
    if line.key == "time-zone":
        return LineAct(_tr("Choose zone…"), "zone")
    if line.key in ("iqs-in-cloud", "locks-attached"):
        return LineAct(_tr("Go to Design"), "design")
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("LineAct", text)
