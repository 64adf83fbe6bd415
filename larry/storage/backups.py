"""Dated backups of a project outside its own folder: a lost stick takes one, not both.

Secrets in a backup are sealed as they are in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from larry.storage.schema import PROJECT_SUFFIX

NEWEST = 5  # always kept
DAYS = 14  # of so many days with work: the last of each
MONTHS = 12  # of so many months with work: the last of each
_STAMP = "%Y-%m-%d %H%M%S"
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2} \d{6})(?: \d+)?" + re.escape(PROJECT_SUFFIX))


class BackupFolder:
    """The backups of one project, in a folder named after its id below `root`."""

    def __init__(self, root: Path, project_id: str) -> None:
        self._folder = root / re.sub(r"[^0-9A-Za-z-]", "_", project_id or "unnamed")[:64]

    @property
    def path(self) -> Path:
        """The folder; it may not exist yet."""
        return self._folder

    def all(self) -> list[Path]:
        """Return the backups, newest first."""
        if not self._folder.is_dir():
            return []
        return sorted((each for each in self._folder.iterdir() if _NAMED.fullmatch(each.name)), reverse=True)

    def next_name(self, at: datetime) -> Path:
        """Return a free name for a backup of this moment and make the folder, for its owner alone.

        Raises:
            OSError: the folder cannot be made.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stamp = at.astimezone(UTC).strftime(_STAMP)
        path = self._folder / f"{stamp}{PROJECT_SUFFIX}"
        number = 2
        while path.exists():
            path = self._folder / f"{stamp} {number}{PROJECT_SUFFIX}"
            number += 1
        return path

    def prune(self) -> None:
        """Remove what is neither among the newest nor the last of a day or month that is kept."""
        backups = self.all()
        kept = {*backups[:NEWEST], *_last_of_each(backups, 10, DAYS), *_last_of_each(backups, 7, MONTHS)}
        for path in backups:
            if path not in kept:
                with suppress(OSError):
                    path.unlink()


def _last_of_each(newest_first: Iterable[Path], letters: int, count: int) -> list[Path]:
    last: dict[str, Path] = {}
    for path in newest_first:
        last.setdefault(path.name[:letters], path)
    return list(last.values())[:count]
