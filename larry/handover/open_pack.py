"""Reading a pack file and taking off its encryption, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from larry.errors import FileUnreachableError, InputError
from larry.handover.pack_cipher import by_passphrase, decrypt_pack, is_encrypted
from larry.handover.pack_manifest import sha256_of

MAX_PACK_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """The bytes of a pack; `sha256` and `size` are those of the file as it was given."""

    data: bytes
    sha256: str
    size: int
    encrypted: bool


def open_pack(path: Path, *, passphrase: str | None = None, identities: str | None = None) -> OpenedPack:
    """Read a pack file.

    Args:
        passphrase: opens a pack encrypted to one.
        identities: text of an age key file; opens a pack encrypted to a key.

    Raises:
        FileUnreachableError: the file cannot be read.
        InputError: it is too large to be a pack, or what opens it was not given.
        PackClosedError: it is encrypted and does not open.
    """
    try:
        if path.stat().st_size > MAX_PACK_BYTES:
            raise InputError(f"{path.name} is no close-out pack.", why="It is larger than 1 GiB.")
        given = path.read_bytes()
    except OSError as error:
        raise FileUnreachableError(
            f"{path.name} cannot be read.", why=f"{error.strerror}.", remedy="Check path and medium."
        ) from error
    encrypted = is_encrypted(given)
    data = decrypt_pack(given, passphrase=passphrase, identities=identities) if encrypted else given
    return OpenedPack(data, sha256_of(given), len(given), encrypted)


def wants_passphrase(path: Path) -> bool:
    """Tell whether a file is a pack encrypted to a passphrase; False for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return by_passphrase(file.read(1024))
    except OSError:
        return False
