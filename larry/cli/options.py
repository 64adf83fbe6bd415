"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from larry.cli.run_state import run_state

F = TypeVar("F", bound=Callable[..., Any])


def json_option(function: F) -> F:
    """Add `--json`: the answer as one JSON document on standard output, and nothing else there."""
    return click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_set_json,
        help="Answer with one JSON document on standard output.",
    )(function)


def file_argument(function: F) -> F:
    """Add FILE, the project file, as argument `file`."""
    return click.argument("file", type=click.Path(path_type=Path))(function)


def debug_option() -> click.Option:
    """Return `--debug`, which every command accepts before and after its name."""
    return click.Option(
        ["--debug"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_set_debug,
        help="Show log lines and tracebacks.",
    )


def _set_json(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        run_state().json = True


def _set_debug(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        from larry.cli.log_setup import log_to_stderr

        run_state().debug = True
        log_to_stderr()
