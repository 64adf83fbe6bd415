"""Taking back an edit and everything that came after it."""

from __future__ import annotations

from itertools import takewhile

from larry.services.project import Project


def edits_since(project: Project, number: int) -> int:
    """Return how many edits an `undo_to` of this edit would take back; 0 when it is no standing edit."""
    recent = takewhile(lambda entry: entry.number >= number, project.iter_history())
    later = [entry for entry in recent if entry.what == "edit"]
    standing = [entry for entry in later if not entry.undone]
    if not any(entry.number == number for entry in standing):
        return 0
    return len(standing)


def undo_to(project: Project, number: int) -> int:
    """Take back an edit with all that stand after it; redo brings them back one by one.

    Returns:
        How many were taken back.

    Raises:
        ReadOnlySiteError: the site was released.
        FileUnreachableError: it could not be saved; what was taken back until then stays so.
    """
    taken = 0
    for _ in range(edits_since(project, number)):
        if project.undo() is None:
            break
        taken += 1
    return taken
