"""Writing a file so that it appears whole or not at all."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path

from larry.storage.sqlite_problems import in_plain_words


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, bring it to the disk, then put it in its place.

    Raises:
        FileUnreachableError: the folder is missing, full or read-only; an older file stays as it was.
    """
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
    with in_plain_words(path):
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def sync_file(path: Path) -> None:
    """Bring a file that is closed already to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a new name survive a power loss, where the system can (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
