"""The checklist as people read it in a terminal."""

from __future__ import annotations

from rich.text import Text

from larry.handover.checklist import Checklist, LineState

_WORDS = {
    LineState.OK: "done",
    LineState.ERROR: "blocks",
    LineState.WARNING: "warning",
    LineState.OPEN: "open",
    LineState.WAIVED: "waived",
}
_STYLES = {
    LineState.OK: "green",
    LineState.ERROR: "bold red",
    LineState.WARNING: "yellow",
    LineState.OPEN: "blue",
    LineState.WAIVED: "yellow",
}


def checklist_text(checklist: Checklist, *, keys: bool = False) -> Text:
    """Return all lines by group, with evidence, and the next step where one is left, and (`keys`) names."""
    text = Text()
    for group, lines in checklist.groups():
        text.append(f"{group.value}\n", style="bold")
        for line in lines:
            text.append(f"  {_WORDS[line.state]:<8}", style=_STYLES[line.state])
            text.append(line.title)
            if keys:
                text.append(f"  [{line.key}]", style="dim")
            text.append(f"  {line.evidence}\n", style="dim")
            if line.waiver:
                text.append(f"          accepted by {line.who}: {line.waiver}\n", style="dim")
            elif line.remedy:
                text.append(f"          {line.remedy}\n", style="dim")
    text.append(checklist.summary())
    return text
