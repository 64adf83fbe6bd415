"""“Send a copy”: always one whole file, also when the stick with the project is gone."""

from __future__ import annotations

from pathlib import Path

from larry.errors import DamagedFileError, FileUnreachableError
from larry.services.site_snapshot import snapshot_site
from larry.storage.project_file import Clock, ProjectFile


def write_copy(file: ProjectFile, target: Path, now: Clock) -> list[str]:
    """Write a whole copy of an open project.

    Returns:
        What the copy lacks, as sentences: none as long as the project file itself can be read. When it
        cannot (a pulled stick), the plan and the readings in memory are saved as a new project.

    Raises:
        InputError: a file of that name exists.
        FileUnreachableError: the folder of the target is missing, full or read-only.
    """
    try:
        file.copy_to(target)
    except (FileUnreachableError, DamagedFileError):
        if target.exists():
            raise
        _save_memory(file, target, now)
        return [
            "The project file could not be read any more. The copy holds the plan and the readings as shown;"
            " history, jobs, activation codes and passwords stayed in the old file."
        ]
    return []


def _save_memory(file: ProjectFile, target: Path, now: Clock) -> None:
    saved = ProjectFile.create(target, snapshot_site(file.site), now=now)
    try:
        for node_id, record in file.records.items():
            for key, reading in record.written.items():
                saved.record_rows.write(node_id, "written", {key: reading.value}, reading.at)
            for key, reading in record.observed.items():
                saved.record_rows.write(node_id, "observed", {key: reading.value}, reading.at)
    finally:
        saved.close()
