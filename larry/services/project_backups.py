"""When a project is backed up: after half an hour of work, and when it is closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from larry.errors import LarryError
from larry.storage.backups import BackupFolder
from larry.storage.project_file import ProjectFile

_log = logging.getLogger(__name__)
_EVERY = timedelta(minutes=30)


class ProjectBackups:
    """Makes dated backups of one open project; a backup that fails is logged and never stops the work."""

    def __init__(self, file: ProjectFile, root: Path, now: Callable[[], datetime]) -> None:
        self._file = file
        self._folder = BackupFolder(root, file.project_id)
        self._now = now
        self._changed = False
        self._last = now()

    def changed(self) -> None:
        """Remember that there is something to back up."""
        self._changed = True

    def all(self) -> list[Path]:
        """Return the backups of this project, newest first."""
        return self._folder.all()

    def make_when_due(self) -> Path | None:
        """Make one when something changed and the last is half an hour old (or the clock was set back)."""
        if timedelta(0) <= self._now() - self._last < _EVERY:
            return None
        return self.make()

    def make(self) -> Path | None:
        """Make one now when something changed since the last; return it."""
        if not self._changed or self._file.read_only:
            return None
        try:
            path = self._folder.next_name(self._now())
            self._file.copy_to(path)
            self._folder.prune()
        except (LarryError, OSError) as error:
            _log.warning("No backup was made: %s", error)
            return None
        self._changed = False
        self._last = self._now()
        return path
