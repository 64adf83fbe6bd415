"""Which project files this process has open.

POSIX locks belong to the process: opening a locked file a second time in the same process and
closing it again would drop the lock of the first, silently. So the second one never gets there.
"""

from __future__ import annotations

from pathlib import Path

from larry.errors import FileUnreachableError
from larry.storage.sqlite_problems import in_plain_words

FileIdentity = tuple[int, int]
_open: set[FileIdentity] = set()


def claim(path: Path) -> FileIdentity:
    """Mark an existing file as open in this process.

    Raises:
        FileUnreachableError: it is open here already, or cannot be reached.
    """
    with in_plain_words(path):
        status = path.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in _open:
        raise FileUnreachableError(
            f"{path.name} is already open.",
            why="This Larry works with it in another place.",
            remedy="Close it there, then try again.",
        )
    _open.add(identity)
    return identity


def give_back(identity: FileIdentity) -> None:
    """Mark the file as closed."""
    _open.discard(identity)
