"""Options of the commands that make or open a pack: who signs, and what opens it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from larry.bootstrap import signing_keys
from larry.cli.output import say
from larry.errors import FileUnreachableError, InputError, SecretsLockedError
from larry.handover.signing_key import SigningKey
from larry.services.accept_pack import require_good_passphrase

SIGNING_VARIABLE = "LARRY_SIGNING_PASSPHRASE"
OWNER_VARIABLE = "LARRY_OWNER_PASSPHRASE"
PACK_VARIABLE = "LARRY_PACK_PASSPHRASE"
F = TypeVar("F", bound=Callable[..., Any])


def sign_option(function: F) -> F:
    """Add `--sign/--no-sign`; neither: signed where a key can be had without asking."""
    words = "Sign the report with your own key (made at the first time)."
    return click.option("--sign/--no-sign", default=None, help=words)(function)


def identity_option(function: F) -> F:
    """Add `--identity FILE`, the key that opens an encrypted pack."""
    kind = click.Path(path_type=Path)
    return click.option("--identity", type=kind, help="Your age key file, for a pack encrypted to a key.")(
        function
    )


def signer(name: str, wanted: bool | None) -> SigningKey | None:
    """Return the key to sign with, None when it is not wanted, or not to be had and not asked for.

    Raises:
        SecretsLockedError: it is wanted, and there is no keyring and no passphrase.
    """
    if wanted is False:
        return None
    keys = signing_keys(lambda: _secret(SIGNING_VARIABLE, "Passphrase of your signing key", ask=bool(wanted)))
    try:
        return keys.get(name)
    except SecretsLockedError:
        if wanted:
            raise
        say(f"Not signed: no keyring, and no passphrase in {SIGNING_VARIABLE}.")
        return None


def pack_passphrase(*, new: bool = False) -> str | None:
    """Return the passphrase of a pack from the environment or the person; `new`: it is typed twice."""
    return _secret(PACK_VARIABLE, "Passphrase of the pack", ask=True, twice=new)


def owner_key(name: str) -> tuple[SigningKey, str]:
    """Return the owner's key and the passphrase of their own that seals it.

    Raises:
        InputError: no passphrase was given, or it does not keep the rules.
        SecretsLockedError: the name has a key already, with another passphrase.
    """
    text = _secret(OWNER_VARIABLE, "Your own passphrase", ask=True, twice=True)
    if not text:
        raise InputError(
            "No passphrase of your own.", remedy=f"Put it into the variable {OWNER_VARIABLE}, or type it."
        )
    require_good_passphrase(text)
    return signing_keys(lambda: text, keyring=False).get(name), text


def identities(path: Path | None) -> str | None:
    """Return the text of an age key file.

    Raises:
        FileUnreachableError: it cannot be read.
    """
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise FileUnreachableError(f"{path.name} cannot be read.", why=f"{error.strerror}.") from error


def _secret(variable: str, prompt: str, *, ask: bool, twice: bool = False) -> str | None:
    given = os.environ.get(variable)
    if given:
        return given
    if not ask or not sys.stdin.isatty():
        return None
    text: str = click.prompt(prompt, hide_input=True, err=True, confirmation_prompt=twice)
    return text or None
