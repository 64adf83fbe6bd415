"""Looking at a site without changing anything: a project file, or an exchange file in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from larry.domain.catalogue import Catalogue
from larry.domain.finding import Finding
from larry.domain.records import DeviceRecord
from larry.domain.site import Site
from larry.domain.validation import validate
from larry.errors import InputError
from larry.services.project import Project
from larry.storage.catalogue_files import load_catalogue
from larry.storage.exchange_json import read_exchange_json

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site to look at; `project` is None for an exchange file."""

    site: Site
    catalogue: Catalogue
    records: Mapping[str, DeviceRecord]
    project: Project | None = None

    def findings(self) -> list[Finding]:
        """Return all findings, sorted by severity, then tree order."""
        return validate(self.site, self.catalogue, self.records)


@contextmanager
def read_site(path: Path, profile: str | None = None) -> Iterator[SiteView]:
    """Open a project (read-only) or an exchange file for looking at it.

    Args:
        profile: the rule profile; None: the one the site names (the default rules when that is unknown).

    Raises:
        ProjectFileError, InputError: the file cannot be read; see `Project.open`, `read_exchange_json`.
    """
    if path.suffix.lower() == ".json" and not _is_database(path):
        site = read_exchange_json(path).site
        yield SiteView(site, catalogue_of(site, profile), {})
        return
    with Project.open(path, read_only=True) as project:
        yield SiteView(project.site, catalogue_of(project.site, profile), project.records, project)


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def catalogue_of(site: Site, profile: str | None = None) -> Catalogue:
    """Return the rules of a profile; None: those the site names, or the default ones when these are unknown.

    Raises:
        InputError: the profile that was asked for does not exist.
    """
    if profile is not None:
        return load_catalogue(profile)
    try:
        return load_catalogue(site.info.profile)
    except InputError:
        return load_catalogue()
