"""The history of a project as a view filters it."""

from __future__ import annotations

from larry.services.project import Project
from larry.storage.op_log import HistoryEntry

__all__ = ["HistoryEntry", "read_history"]


def read_history(
    project: Project, *, search: str = "", node_id: str = "", limit: int | None = None
) -> list[HistoryEntry]:
    """Return what happened, newest first.

    Args:
        search: words that must all occur: in the label, the person, the source, or the name of a device.
        node_id: only what touched this device.
        limit: at most so many entries.
    """
    words = search.casefold().split()
    names = {node.id: node.name.casefold() for node in project.site.nodes.values()}
    found: list[HistoryEntry] = []
    for entry in project.iter_history():
        if limit is not None and len(found) >= limit:
            break
        if node_id and node_id not in entry.touched:
            continue
        if all(word in _text(entry, names) for word in words):
            found.append(entry)
    return found


def _text(entry: HistoryEntry, names: dict[str, str]) -> str:
    devices = (names.get(each, "") for each in entry.touched)
    return " ".join((entry.label.casefold(), entry.who.casefold(), entry.source, *devices))
