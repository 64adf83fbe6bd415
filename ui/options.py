"""The command line of the window."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Options:
    """What the window was started with."""

    file: Path | None = None
    practice: bool = False
    radio: str = "system"
    serial: list[str] = field(default_factory=list)
    cloud: str | None = None
    control: str | None = None


def options_from(arguments: Sequence[str]) -> Options:
    """Read the arguments; wrong ones end the program with a sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="larry", description="Plan, commission and hand over a site.")
    parser.add_argument("file", nargs="?", type=Path, help="site file to open")
    parser.add_argument("--practice", action="store_true", help="start on the practice site")
    parser.add_argument("--radio", default="system", help="system, none or hci:SPEC")
    parser.add_argument("--serial", action="append", default=[], metavar="PORT", help="only this serial port")
    parser.add_argument("--cloud", metavar="URL", help="cloud of the site")
    parser.add_argument("--control", metavar="URL", help="control API of a practice site that runs already")
    return Options(**vars(parser.parse_args(list(arguments))))
