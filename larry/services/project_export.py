"""Exporting a project to a file of another kind."""

from __future__ import annotations

from pathlib import Path

from larry.errors import InputError
from larry.services.project import Project
from larry.storage.door_list_csv import write_door_list
from larry.storage.exchange_json import write_exchange_json
from larry.storage.imported import SecretKey


def export_file(project: Project, target: Path, *, with_secrets: bool = False) -> list[str]:
    """Write the plan as a site file (`.json`) or a door list (`.csv`); return what could not be carried.

    Args:
        with_secrets: put activation codes and passwords into a site file, readable by everybody.

    Raises:
        InputError: unknown suffix, or secrets asked for in a door list.
        SecretsLockedError: the secrets are asked for and cannot be opened.
        FileUnreachableError: the target cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix == ".json":
        write_exchange_json(project.site, target, _secrets(project) if with_secrets else None)
        return _not_in_site_file(project, with_secrets)
    if suffix == ".csv" and not with_secrets:
        return write_door_list(project.site, target)
    raise InputError(
        f"Larry cannot export to {target.name}.",
        why="A door list never holds secrets." if suffix == ".csv" else "It writes .json and .csv.",
        remedy="Choose a name that ends in .json or .csv.",
    )


def _secrets(project: Project) -> dict[SecretKey, str]:
    found: dict[SecretKey, str] = {}
    for owner, name in project.secrets.names():
        value = project.secrets.get(owner, name)
        if value is not None:
            found[owner, name] = value
    return found


def _not_in_site_file(project: Project, with_secrets: bool) -> list[str]:
    secrets = 0 if with_secrets else len(project.secrets.names())
    lost = [f"{secrets} secrets were left out; ask for them with --with-secrets."] if secrets else []
    if project.records:
        lost.append("What was written to and read from the devices stays in the project.")
    return lost
