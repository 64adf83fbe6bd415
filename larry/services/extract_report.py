"""Taking the report out of a close-out pack, to be read."""

from __future__ import annotations

from pathlib import Path

from larry.errors import FileUnreachableError, InputError
from larry.handover.pack_manifest import REPORT
from larry.handover.read_zip import read_zip


def extract_report(pack: Path, folder: Path) -> Path:
    """Write the report of a pack into a folder and return its path.

    Raises:
        FileUnreachableError: the pack cannot be read or the folder not written.
        InputError: the pack holds no report.
    """
    try:
        report = read_zip(pack.read_bytes()).files.get(REPORT)
        if report is None:
            raise InputError(f"{pack.name} holds no report.", remedy="Make the pack again.")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{pack.stem}.pdf"
        path.write_bytes(report)
    except OSError as error:
        raise FileUnreachableError(
            f"{pack.name} cannot be read.", why=f"{error.strerror}.", remedy="Check path and medium."
        ) from error
    return path
