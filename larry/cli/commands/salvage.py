"""`larry salvage`: brings back what a damaged project file still holds."""

from __future__ import annotations

from pathlib import Path

import click

from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, say
from larry.storage.salvage import salvage


@click.command()
@file_argument
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The new project file.")
@json_option
def command(file: Path, out: Path) -> None:
    """Write everything readable of the damaged project FILE into a new one; FILE stays as it is."""
    done = salvage(file, out)
    for sentence in done.missing:
        say(f"Missing: {sentence}")
    nodes, entries = done.rows.get("node", 0), done.rows.get("op", 0)
    people = f"{out.name} holds {nodes} devices and {entries} entries of the history."
    answer({"file": str(out), "rows": done.rows, "missing": done.missing}, people)
