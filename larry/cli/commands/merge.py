"""`larry merge`: joins two laptops' copies of a project."""

from __future__ import annotations

from pathlib import Path

import click

from larry.cli.options import json_option
from larry.cli.output import answer
from larry.services.merge_projects import Merged, merge_projects


@click.command()
@click.argument("mine", metavar="BASE_OR_MINE", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The joined project file.")
@json_option
def command(mine: Path, theirs: Path, out: Path) -> int:
    """Join two copies of a project into OUT; both stay as they are.

    Exit code 1 when something stays open: it is listed, and kept in OUT until somebody decides.
    """
    merged = merge_projects(mine, theirs, out)
    data = {
        "file": str(out),
        "only_mine": merged.only_mine,
        "only_theirs": merged.only_theirs,
        "conflicts": merged.conflicts,
    }
    answer(data, _people(merged))
    return 1 if merged.conflicts else 0


def _people(merged: Merged) -> str:
    lines = [
        f"{merged.path.name}: {merged.only_mine} entries of yours, {merged.only_theirs} of theirs, joined."
    ]
    for conflict in merged.conflicts:
        lines.append(f"Open: {conflict['message']}")
        lines += [f"  {side['who']}, {side['at'][:16]} UTC: {side['label']}" for side in conflict["sides"]]
    return "\n".join(lines)
