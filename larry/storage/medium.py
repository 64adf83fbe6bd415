"""Can the place of a project file be written?"""

from __future__ import annotations

import os
from pathlib import Path

from larry.errors import FileUnreachableError
from larry.storage.sqlite_problems import in_plain_words


def is_unwritable(path: Path) -> bool:
    """Tell whether a file or its folder is read-only.

    Raises:
        FileUnreachableError: it is, and the last changes stand in a log beside the file that only a
            writer can bring in; reading without them would show an older plan as if it were whole.
    """
    with in_plain_words(path):
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        log = path.with_name(f"{path.name}-wal")
        unfinished = log.exists() and log.stat().st_size > 0
    if not writable and unfinished:
        raise FileUnreachableError(
            f"{path.name} cannot be opened where it is.",
            why=f"Its last changes stand in {log.name} and the folder is read-only.",
            remedy="Copy both files to a folder you can write to and open the project there.",
        )
    return not writable
