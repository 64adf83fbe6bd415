"""What SQLite's errors mean to a person: each becomes one of the families of `larry.errors`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from larry.errors import (
    DamagedFileError,
    FileUnreachableError,
    ForeignFileError,
    InputError,
    ProjectFileError,
)

_SENTENCES: dict[int, tuple[type[ProjectFileError], str, str, str]] = {
    sqlite3.SQLITE_BUSY: (
        FileUnreachableError,
        "{name} is already open.",
        "Another Larry window or command on this computer works with it.",
        "Close it there, then try again.",
    ),
    sqlite3.SQLITE_FULL: (
        FileUnreachableError,
        "The last change of {name} was not saved.",
        "The disk is full.",
        "Make room on it, then do the change again; everything before it is saved.",
    ),
    sqlite3.SQLITE_READONLY: (
        FileUnreachableError,
        "{name} cannot be changed.",
        "The file, its folder or the medium is read-only.",
        "Copy the project to a folder you can write to and open it there.",
    ),
    sqlite3.SQLITE_IOERR: (
        FileUnreachableError,
        "{name} cannot be read or written any more.",
        "The medium does not answer; a stick may have been pulled out.",
        "Plug it in again and reopen the project; everything saved before is kept.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        FileUnreachableError,
        "{name} cannot be opened.",
        "The file or its folder is missing or may not be read.",
        "Check that the folder exists and that you may write in it.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        DamagedFileError,
        "{name} is damaged.",
        "Parts of the file do not check.",
        "Open the last copy or backup of it; keep this file for support.",
    ),
    sqlite3.SQLITE_NOTADB: (
        ForeignFileError,
        "{name} is not a Larry project.",
        "Its content is of another kind, or its beginning is damaged.",
        "Choose a .larry file; a site file (.json, .csv) is imported instead.",
    ),
    sqlite3.SQLITE_CONSTRAINT: (
        DamagedFileError,
        "The change does not fit into {name}.",
        "It contradicts what is stored there.",
        "Close and reopen the project, then try again.",
    ),
}
_SENTENCES[sqlite3.SQLITE_LOCKED] = _SENTENCES[sqlite3.SQLITE_BUSY]
_SENTENCES[sqlite3.SQLITE_PERM] = _SENTENCES[sqlite3.SQLITE_READONLY]
_SENTENCES[sqlite3.SQLITE_AUTH] = _SENTENCES[sqlite3.SQLITE_CORRUPT]


def sqlite_problem(error: sqlite3.Error, path: Path) -> ProjectFileError | InputError:
    """Return the error a user is shown for an error of SQLite."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and "too big" in str(error):
        return InputError(f"The change is too large for {path.name}.", remedy="Do it in smaller parts.")
    if code is not None and code & 0xFF == sqlite3.SQLITE_TOOBIG:
        return InputError(f"The change is too large for {path.name}.", remedy="Do it in smaller parts.")
    family, what, why, remedy = _SENTENCES.get(
        (code or 0) & 0xFF,
        (DamagedFileError, "{name} cannot be used.", "Its content does not check.", "Open the last copy."),
    )
    name = getattr(error, "sqlite_errorname", "") or ""
    return family(what.format(name=path.name), why=why, remedy=remedy, code=name)


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the file system inside the block into `ProjectFileError`s."""
    try:
        yield
    except sqlite3.Error as error:
        raise sqlite_problem(error, path) from error
    except UnicodeDecodeError as error:
        # a damaged file put bytes into the text of SQLite's own message
        raise sqlite_problem(sqlite3.DatabaseError(), path) from error
    except OSError as error:
        raise FileUnreachableError(
            f"{path.name} cannot be reached.",
            why=f"The system says: {error.strerror or type(error).__name__}.",
            remedy="Check the medium and the folder, then try again.",
        ) from error
