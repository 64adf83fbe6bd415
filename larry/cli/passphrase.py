"""Asking for the passphrase of a project's secrets, where no keyring holds its key."""

from __future__ import annotations

import os
import sys

import click

PASSPHRASE_VARIABLE = "LARRY_PASSPHRASE"  # noqa: S105 - the name of a variable


def ask_passphrase() -> str | None:
    """Return the passphrase from the environment or from the person at the terminal, None without either."""
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        return None
    try:
        text: str = click.prompt("Passphrase of this project's secrets", hide_input=True, err=True)
    except click.Abort:
        return None
    return text or None
