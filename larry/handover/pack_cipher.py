"""Encrypting a pack to its owner in the age format (age-encryption.org/v1)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from larry.errors import AnswerIsNoError, InputError

AGE_SUFFIX = ".age"
SHORTEST_PASSPHRASE = 12  # it may be tried offline for years; scrypt makes each try slow, not impossible
_AGE_START = b"age-encryption.org/"
_log = logging.getLogger(__name__)


class PackClosedError(AnswerIsNoError):
    """The encryption did not open: a wrong passphrase or key, or changed bytes."""


def is_encrypted(data: bytes) -> bool:
    """Tell whether bytes are a file in the age format."""
    return data.startswith(_AGE_START)


def by_passphrase(data: bytes) -> bool:
    """Tell whether an age file wants a passphrase (else it wants a key)."""
    return is_encrypted(data) and b"\n-> scrypt " in data[:512]


def encrypt_to_passphrase(pack: bytes, passphrase: str) -> bytes:
    """Return the pack encrypted to a passphrase; about a second, on purpose.

    Raises:
        InputError: the passphrase is too short.
    """
    import pyrage

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise InputError(
            "The passphrase for the pack is too short.",
            why=f"It needs at least {SHORTEST_PASSPHRASE} characters.",
            remedy="Take four or more words, and tell them to the owner by another way.",
        )
    encrypted: bytes = pyrage.passphrase.encrypt(pack, passphrase)
    return encrypted


def encrypt_to_recipients(pack: bytes, recipients: Sequence[str]) -> bytes:
    """Return the pack encrypted to age public keys (`age1…`), any of which opens it.

    Raises:
        InputError: one is no age public key.
    """
    import pyrage

    keys = []
    for text in recipients:
        try:
            keys.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError:
            raise InputError(
                f"“{text[:24]}…” is no age public key.",
                remedy="The owner makes one with `age-keygen`; it begins with age1.",
            ) from None
    encrypted: bytes = pyrage.encrypt(pack, keys)
    return encrypted


def decrypt_pack(data: bytes, *, passphrase: str | None = None, identities: str | None = None) -> bytes:
    """Return what is in an age file.

    Args:
        identities: the text of a key file as `age-keygen` writes it.

    Raises:
        PackClosedError: it does not open with this.
        InputError: what it wants was not given, or the key file holds no key.
    """
    import pyrage

    try:
        if by_passphrase(data):
            if not passphrase:
                raise InputError(
                    "The pack is encrypted to a passphrase.",
                    remedy="Give it (in a terminal: the variable LARRY_PACK_PASSPHRASE).",
                )
            opened: bytes = pyrage.passphrase.decrypt(data, passphrase)
            return opened
        if not identities:
            raise InputError("The pack is encrypted to a key.", remedy="Name the key file (--identity FILE).")
        opened = pyrage.decrypt(data, _identities(identities))
    except pyrage.DecryptError as error:
        _log.info("An age file did not open: %s", type(error).__name__)
        raise PackClosedError(
            "The pack's encryption does not open.",
            why="Either the passphrase or key is not the right one, or bytes of the file changed.",
            remedy="Type it again; if it still stays closed, ask the installer for the pack again.",
        ) from None
    return opened


def _identities(text: str) -> list[object]:
    import pyrage

    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("AGE-SECRET-KEY-")]
    try:
        found: list[object] = [pyrage.x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise InputError("The key file holds no age key.", remedy="Use the file `age-keygen` wrote.")
    return found
