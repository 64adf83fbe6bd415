"""What a finished job has brought, line by line: read from the devices, not assumed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from larry.domain.kind import Kind
from larry.services.project import Project
from ui.stages.commission.preflight import PreflightLine


def results(project: Project) -> list[PreflightLine]:
    """Return a line per kind of device: how many said what they should."""
    return [line for kind in Kind if (line := _line(project, kind)) is not None]


def _line(project: Project, kind: Kind) -> PreflightLine | None:
    nodes = [node for node in project.site.walk() if node.kind is kind]
    if not nodes:
        return None
    records = [project.records.get(node.id) for node in nodes]
    online = sum(record is not None and record.seen("online") is True for record in records)
    if kind is Kind.IQ:
        told = sum(record is not None and bool(record.seen("cloud_id")) for record in records)
        text, detail = _tr("{n} of {all} IQs online"), _tr("{n} of {all} in the site, by their MAC")
    else:
        told = sum(record is not None and record.seen("link_state") == "attached" for record in records)
        text = _tr("{n} of {all} repeaters online")
        if kind is Kind.LOCK:
            text = _tr("{n} of {all} locks online")
        detail = _tr("{n} of {all} attached, as their IQ tells it")
    good = online == told == len(nodes)
    return PreflightLine(
        "circle-check" if good else "triangle-alert",
        "ok" if good else "warn",
        text.format(n=online, all=len(nodes)),
        detail.format(n=told, all=len(nodes)),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommissionResults", text)
