"""Findings as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from larry.domain.finding import Finding, Severity

_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def findings_text(findings: Iterable[Finding]) -> Text:
    """Return one line per finding: severity, what is the case, what to do, the code in grey."""
    text = Text()
    for number, finding in enumerate(findings):
        text.append("\n" if number else "")
        text.append(f"{_WORDS[finding.severity]:<8}", style=_STYLES[finding.severity])
        text.append(f"{finding.message} {finding.fix} ")
        text.append(finding.code, style="dim")
    return text
