"""`larry simulate`: a practice site with its own cloud, until it is interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from pathlib import Path

import click

from larry.cli.output import say


@click.command()
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@click.option(
    "--control",
    "control_port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="PORT",
    help="Port of the control API; 0 chooses a free one.",
)
@click.option("--until-stdin-ends", is_flag=True, hidden=True, help="End with the program that started it.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of noise, loss and ids.")
def command(scenario: Path | None, control_port: int, seed: int, until_stdin_ends: bool) -> None:
    """Run a practice site with its own cloud.

    The first line of standard output is JSON: where the radio, the cables, the cloud and the control API are.
    Without SCENARIO it is the built-in Hotel Adler. Ends with Ctrl+C.
    """
    from larry.simulator.run_practice_site import run_practice_site

    if until_stdin_ends:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    asyncio.run(run_practice_site(scenario, seed=seed, control_port=control_port, announce=_announce))
    say("The practice site has ended.")


def _end_with_stdin() -> None:
    # The pipe of a program that was killed ends with it: so no practice site is left behind.
    with contextlib.suppress(OSError, ValueError):
        while sys.stdin.buffer.read(1024):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _announce(line: str) -> None:
    # One line, unlike `answer`: the contract promises that the first line is the whole document.
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    say("The practice site runs. End it with Ctrl+C.")
