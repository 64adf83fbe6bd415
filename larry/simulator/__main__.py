"""`python -m larry.simulator`: what `larry simulate` does, without the command line."""

from __future__ import annotations

import argparse
import asyncio
import sys

from larry.errors import LarryError
from larry.simulator.run_practice_site import run_practice_site


def main() -> int:
    """Run a practice site until it is interrupted; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m larry.simulator")
    parser.add_argument("scenario", nargs="?")
    parser.add_argument("--control", type=int, default=0, metavar="PORT")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    given = parser.parse_args()
    site = run_practice_site(given.scenario, seed=given.seed, control_port=given.control, announce=_announce)
    try:
        asyncio.run(site)
    except LarryError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _announce(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
