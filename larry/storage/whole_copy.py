"""One whole file out of an open one: what is sent to a colleague and what a backup is made of."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing, suppress
from pathlib import Path

from larry.errors import DamagedFileError, InputError
from larry.storage.database import Database
from larry.storage.sqlite_problems import in_plain_words
from larry.storage.whole_write import sync_file, sync_folder


def write_whole_copy(database: Database, target: Path) -> None:
    """Write everything committed into a new file, check all of it, and only then give it its name.

    Raises:
        InputError: a file of that name exists.
        FileUnreachableError: the folder is missing, full or read-only, or the source does not answer.
        DamagedFileError: the copy does not check; it was removed again.
    """
    with in_plain_words(target):
        if target.exists():
            raise InputError(f"{target.name} exists already.", remedy="Choose another name.")
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        database.copy_into(draft)
        _check(draft, target)
        with in_plain_words(target):
            sync_file(draft)
            draft.rename(target)
            sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _check(draft: Path, target: Path) -> None:
    with in_plain_words(target), closing(sqlite3.connect(draft)) as connection:
        problems = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if problems != [("ok",)]:
        raise DamagedFileError(
            f"A copy of the project as {target.name} does not check.",
            why="The file it was made from is damaged.",
            remedy="Keep that file, and bring back what is readable: larry salvage.",
        )
