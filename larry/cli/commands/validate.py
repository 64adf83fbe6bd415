"""`larry validate`: the findings of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import RenderableType
from rich.text import Text

from larry.cli.findings_text import findings_text
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer
from larry.domain.finding import Finding, Severity
from larry.services.read_site import read_site


@click.command()
@file_argument
@click.option("--profile", type=click.Choice(["default", "strict"]), help="Rules; else those the site names.")
@json_option
@click.pass_context
def command(context: click.Context, file: Path, profile: str | None) -> None:
    """Check FILE (a project, or an exchange file .json) against the rules.

    Exit code 1 when a finding is an error.
    """
    with read_site(file, profile) as view:
        findings = view.findings()
        names = {node.id: node.name or node.id for node in view.site.walk()}
        rules = f"rules: {view.catalogue.profile}, {view.catalogue.version}"
    answer([finding.to_json() for finding in findings], _text(findings, names, rules))
    if any(finding.severity is Severity.ERROR for finding in findings):
        context.exit(1)


def _text(findings: Sequence[Finding], names: dict[str, str], rules: str) -> RenderableType:
    if not findings:
        return f"No findings ({rules})."
    counts = Counter(finding.severity for finding in findings)
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    said = [f"{counts[s]} {word}{'' if counts[s] == 1 else 's'}" for s, word in words.items() if counts[s]]
    return Text.assemble(findings_text(findings), f"\n{', '.join(said)} ({rules}).")
