"""Importing files into a project: one undoable step, nothing lost silently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from larry.domain.edits import AddFloor, AddNode, Composite, Edit, SetLink, SetSite, SetSiteExtra
from larry.domain.hardware import SiteInfo
from larry.domain.site import Site
from larry.errors import InputError, SecretsLockedError
from larry.services.door_list_edits import DoorListEdits
from larry.services.project import Project
from larry.services.project_change import Change
from larry.storage.door_list_csv import read_door_list
from larry.storage.exchange_json import read_exchange_json
from larry.storage.imported import Imported, SecretKey


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """What an import did.

    Attributes:
        change: the undoable step, None when the project held all of it already.
        added: devices added.
        updated: devices of the project that were given other values.
        secrets: secrets that were sealed into the project (undo does not take them out).
        not_carried: sentences about what the project could not take over.
    """

    change: Change | None
    added: int = 0
    updated: int = 0
    secrets: int = 0
    not_carried: tuple[str, ...] = ()


def import_file(project: Project, source: Path) -> ImportAnswer:
    """Import a site file (`.json`) or a door list (`.csv`) by its suffix.

    A site file becomes the plan of an *empty* project (no devices, no floors, no links), its own data
    included; a project that holds exactly that site stays as it is; any other project refuses, because
    neither replacing the plan nor doubling it is what anyone means. A door list adds doors that are not
    there yet, not placed, and updates those of the same Device ID or name.

    Raises:
        InputError: unknown suffix, unreadable source, or a site file for a project that is not empty.
        FileUnreachableError, ReadOnlySiteError: see `Project.do`.
    """
    return _importer(source)(project, source)


def import_as_new(
    path: Path, source: Path, create: Callable[[Path, Site], Project]
) -> tuple[Project, ImportAnswer]:
    """Import a file into a new project named after the site, or the file; return it open.

    Args:
        create: makes the project, such as `Project.create` with its keyring and passphrase bound.

    Raises:
        InputError, FileUnreachableError: as `import_file`; no project is left behind then.
    """
    importer = _importer(source)
    if importer is _import_site:
        imported = read_exchange_json(source)
        project = create(path, imported.site)
        stored, locked = _seal(project, imported.secrets)
        change = project.note(f"Imported {source.name}", "import")
        return project, ImportAnswer(
            change, len(imported.site.nodes), 0, stored, (*imported.not_carried, *locked)
        )
    read_door_list(source)  # what cannot be read must not leave an empty project behind
    project = create(path, Site(SiteInfo(source.stem)))
    return project, importer(project, source)


def _importer(source: Path) -> Callable[[Project, Path], ImportAnswer]:
    suffix = source.suffix.lower()
    importers = {".json": _import_site, ".csv": _import_doors, ".txt": _import_doors}
    if suffix not in importers:
        raise InputError(
            f"Larry cannot import {source.name}.",
            why=f"It reads site files (.json) and door lists (.csv), not {suffix or 'files without one'}.",
            remedy="Export it as CSV or JSON first.",
        )
    return importers[suffix]


# --- a whole site ---------------------------------------------------------------------


def _import_site(project: Project, source: Path) -> ImportAnswer:
    imported = read_exchange_json(source)
    edit = _becomes(project.site, imported.site, source)
    change = project.do(edit, f"Import {source.name}", "import") if edit.edits else None
    return _answer(project, change, imported)


def _answer(project: Project, change: Change | None, imported: Imported) -> ImportAnswer:
    stored, locked = _seal(project, imported.secrets)
    added = len(imported.site.nodes) if change else 0
    return ImportAnswer(change, added, 0, stored, (*imported.not_carried, *locked))


def _becomes(site: Site, other: Site, source: Path) -> Composite:
    if site == other:
        return Composite(())
    if site.nodes or site.floors or site.links:
        raise InputError(
            f"{source.name} was not imported: the project holds another plan already.",
            why=f"It has {len(site.nodes)} devices and {len(site.floors)} floors.",
            remedy="Import the file into a new project; or bring single doors in by a door list (.csv).",
        )
    edits: list[Edit] = [
        SetSite(item.name, getattr(other.info, item.name))
        for item in fields(SiteInfo)
        if getattr(site.info, item.name) != getattr(other.info, item.name)
    ]
    if site.extra != other.extra:
        edits.append(SetSiteExtra(other.extra))
    edits += [AddFloor(floor) for floor in other.floors.values()]
    edits += [AddNode(node) for node in other.walk()]
    edits += [SetLink(a, b, link) for (a, b), link in other.links.items()]
    return Composite(tuple(edits))


def _seal(project: Project, secrets: dict[SecretKey, str]) -> tuple[int, tuple[str, ...]]:
    """Store secrets; where neither keyring nor passphrase is there the plan comes in without them."""
    try:
        project.secrets.set_many(secrets)
    except SecretsLockedError as error:
        return 0, (f"{len(secrets)} secrets were left out: {error.why} {error.remedy}",)
    return len(secrets), ()


# --- a door list ----------------------------------------------------------------------


def _import_doors(project: Project, source: Path) -> ImportAnswer:
    doors = read_door_list(source)
    plan = DoorListEdits(project.site)
    for row in doors.rows:
        plan.take(row)
    plan.finish()
    not_carried = (*doors.not_carried, *plan.not_carried)
    change = (
        project.do(Composite(tuple(plan.edits)), f"Import {source.name}", "import") if plan.edits else None
    )
    return ImportAnswer(change, len(plan.added), len(plan.updated - plan.added), 0, not_carried)
