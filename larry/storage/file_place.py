"""Is the open file still the one under its name? Was this file taken away from beside its log?"""

from __future__ import annotations

from pathlib import Path

from larry.errors import FileUnreachableError
from larry.storage.open_files import FileIdentity

_WRITE_VERSION_AT = 18  # sqlite.org/fileformat2.html: 2 while a write-ahead log is in use
_LOGGED = 2
_REMEDY = "Save a copy elsewhere now; everything shown is still here. Then open that copy."


def require_in_place(path: Path, identity: FileIdentity | None) -> None:
    """Refuse to write into a file that is no longer the one under its name: nobody would find it again.

    Raises:
        FileUnreachableError: it was deleted, moved, replaced, or its stick was pulled out.
    """
    if identity is None:
        return
    try:
        status = path.stat()
    except OSError as error:
        raise FileUnreachableError(
            f"{path.name} is not where it was.",
            why="It was moved or deleted, or its medium was removed, while the project was open.",
            remedy=_REMEDY,
        ) from error
    if (status.st_dev, status.st_ino) != identity:
        raise FileUnreachableError(
            f"{path.name} was replaced by another file while the project was open.",
            why="A cloud folder, a backup program or a person put another file in its place.",
            remedy=_REMEDY,
        )


def copied_while_open(path: Path) -> bool:
    """Tell whether a file not open here was copied while a Larry worked with it: its log was left behind.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        header = file.read(_WRITE_VERSION_AT + 1)
    if len(header) <= _WRITE_VERSION_AT or header[_WRITE_VERSION_AT] != _LOGGED:
        return False
    return not path.with_name(f"{path.name}-wal").exists()
