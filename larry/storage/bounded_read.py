"""Reading a foreign file, bounded in size."""

from __future__ import annotations

from pathlib import Path

from larry.errors import FileUnreachableError, InputError
from larry.storage.sqlite_problems import in_plain_words

MAX_BYTES = 48 * 1024 * 1024


def read_bounded(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file.

    Raises:
        FileUnreachableError: missing or not readable.
        InputError: a folder, or larger than `max_bytes`.
    """
    if path.is_dir():
        raise InputError(f"{path.name} is a folder.", remedy="Choose a file.")
    if not path.exists():
        raise FileUnreachableError(f"There is no file {path.name}.", remedy="Check the name and the folder.")
    with in_plain_words(path), path.open("rb") as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise InputError(
            f"{path.name} is too large.",
            why=f"Larry reads files up to {max_bytes // (1024 * 1024)} MB.",
            remedy="Split it into several sites.",
        )
    return data
