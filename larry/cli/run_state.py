"""What one run of the command line remembers: the options that hold for every command."""

from __future__ import annotations

from dataclasses import dataclass

import click


@dataclass(slots=True)
class RunState:
    """Options of this run.

    `answered` turns true when the answer went to standard output: with `json` there is only ever one.
    """

    json: bool = False
    debug: bool = False
    answered: bool = False


def run_state() -> RunState:
    """Return the state of the running command, or a fresh one outside of any."""
    context = click.get_current_context(silent=True)
    state = context.find_object(RunState) if context else None
    return state or RunState()
