"""The two ways out: the answer on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from larry.cli.run_state import run_state
from larry.errors import LarryError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def answer(data: Any, people: RenderableType | Callable[[Console], None] | None = None) -> None:
    """Give the answer of a command, once, on standard output.

    Args:
        data: JSON values; written as one document when `--json` was given.
        people: what people read instead: text, a table, or a function that prints on the console
            it is given; None: the same JSON.
    """
    state = run_state()
    state.answered = True
    if state.json or people is None:
        _write_json(data)
        return
    console = _console(sys.stdout)
    with contextlib.suppress(BrokenPipeError):  # the reader has seen enough, the command goes on
        if callable(people):
            people(console)
        else:
            console.print(people)


def say(text: RenderableType) -> None:
    """Tell people something (progress, a warning, what was done) on standard error.

    Text is printed as it is: square brackets in names are not taken for markup.
    """
    with contextlib.suppress(BrokenPipeError):
        _console(sys.stderr).print(text)


def say_error(error: LarryError) -> None:
    """Tell an error: what happened, why, what next, the published code last and grey."""
    from rich.text import Text

    text = Text()
    text.append(error.what, style="bold red" if error.exit_code != 1 else "bold")
    for part in (error.why, error.remedy):
        if part:
            text.append(f" {part}")
    if error.code:
        text.append(f" {error.code}", style="dim")
    state = run_state()
    if state.json and not state.answered:
        answer({"error": error_json(error)})
    say(text)


def error_json(error: LarryError) -> dict[str, Any]:
    """Return an error as the JSON object of `--json`."""
    return {"what": error.what, "why": error.why, "remedy": error.remedy, "code": error.code or None}


def _write_json(data: Any) -> None:
    # A lone surrogate (a file name that is not UTF-8) becomes \udcXX, which is valid inside JSON strings.
    document = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:
            sys.stdout.write(document)
        else:
            binary.write(document.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()


def _console(stream: IO[str]) -> Console:
    from larry.cli.safe_console import SafeConsole

    return SafeConsole(stream)
