"""`larry practice`: the practice site, in the window or as the whole job in the terminal."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from larry.cli.options import json_option
from larry.cli.output import answer
from larry.cli.window import open_window
from larry.errors import InputError

DEFAULT_FOLDER = Path("larry-practice")


@click.command()
@click.option("--headless", is_flag=True, help="Do the whole job in the terminal.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for project, pack and PDF; with --headless. [default: larry-practice]",
)
@click.option(
    "--speed",
    type=click.FloatRange(1, 50),
    default=20.0,
    show_default=True,
    help="Practice seconds per second; with --headless.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the practice site's chance.")
@json_option
@click.pass_context
def command(context: click.Context, headless: bool, out: Path | None, speed: float, seed: int) -> None:
    """Practise on a hotel that is not there: real protocols, simulated devices.

    Opens the window on the practice site; with --headless it finds, lays out, commissions, hands over and
    releases by itself and leaves project, pack and PDF in a folder.
    """
    if not headless:
        if out is not None:
            raise InputError("--out needs --headless.", remedy="In the window, the project is asked for.")
        context.exit(open_window(["--practice"]))
    from larry.cli.practice_run import practice_run

    result = asyncio.run(practice_run(out or DEFAULT_FOLDER, speed=speed, seed=seed))
    answer(
        {
            "project": str(result.project),
            "pack": str(result.pack),
            "report": str(result.report),
            "done": result.done,
            "total": result.total,
            "released_to": result.released_to,
        },
        f"{result.done} of {result.total} devices commissioned; released to {result.released_to}.\n"
        f"Project: {result.project}\nPack:    {result.pack}\nReport:  {result.report}",
    )
