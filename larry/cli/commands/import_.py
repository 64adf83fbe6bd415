"""`larry import`: a site file or a door list into a project."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from larry.bootstrap import create_project, open_project
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, say
from larry.cli.passphrase import ask_passphrase
from larry.services.project import Project
from larry.services.project_import import ImportAnswer, import_as_new, import_file


@click.command()
@file_argument
@click.argument("source", type=click.Path(path_type=Path))
@json_option
def command(file: Path, source: Path) -> None:
    """Bring SOURCE (.json or .csv) into the project FILE, which is made when it does not exist yet."""
    made = not file.exists()
    project, result = _import(file, source, made)
    with project:
        findings = len(project.findings())
        name = project.site.info.name
    for sentence in result.not_carried:
        say(f"Not carried: {sentence}")
    data = {
        "file": str(file),
        "created": made,
        "added": result.added,
        "updated": result.updated,
        "secrets": result.secrets,
        "not_carried": list(result.not_carried),
        "findings": findings,
    }
    words = f"{name}: {result.added} devices added, {result.updated} updated, {findings} findings."
    answer(data, words)


def _import(file: Path, source: Path, made: bool) -> tuple[Project, ImportAnswer]:
    if made:
        return import_as_new(file, source, partial(create_project, passphrase=ask_passphrase))
    project = open_project(file, passphrase=ask_passphrase)
    try:
        return project, import_file(project, source)
    except BaseException:
        project.close()
        raise
