"""The checklist as people read it in a terminal."""

from __future__ import annotations

from rich.text import Text

from larry.handover.checklist import Checklist, LineState

_WORDS = {
    LineState.OK: "done",
    LineState.ERROR: "blocks",
    LineState.WARNING: "warning",
    LineState.OPEN: "open",
}
_STYLES = {
    LineState.OK: "green",
    LineState.ERROR: "bold red",
    LineState.WARNING: "yellow",
    LineState.OPEN: "blue",
}


def checklist_text(checklist: Checklist) -> Text:
    """Return all lines by group, with evidence, and the next step where one is left."""
    text = Text()
    for group, lines in checklist.groups():
        text.append(f"{group.value}\n", style="bold")
        for line in lines:
            text.append(f"  {_WORDS[line.state]:<8}", style=_STYLES[line.state])
            text.append(line.title)
            text.append(f"  {line.evidence}\n", style="dim")
            if line.remedy:
                text.append(f"          {line.remedy}\n", style="dim")
    text.append(checklist.summary())
    return text
