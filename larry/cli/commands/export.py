"""`larry export`: a project as an exchange file or a door list."""

from __future__ import annotations

from pathlib import Path

import click

from larry.bootstrap import open_project
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, say
from larry.cli.passphrase import ask_passphrase
from larry.services.project_export import export_file


@click.command()
@file_argument
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--with-secrets", is_flag=True, help="Also activation codes and passwords, readable (.json).")
@json_option
def command(file: Path, target: Path, with_secrets: bool) -> None:
    """Write the project FILE to TARGET (.json or .csv); an existing file is replaced."""
    with open_project(file, read_only=True, passphrase=ask_passphrase) as project:
        not_carried = export_file(project, target, with_secrets=with_secrets)
        nodes = len(project.site.nodes)
    for sentence in not_carried:
        say(f"Not carried: {sentence}")
    if with_secrets:
        say("This file holds secrets. Give it only to whom they belong, and delete it afterwards.")
    data = {"target": str(target), "nodes": nodes, "not_carried": not_carried, "with_secrets": with_secrets}
    answer(data, f"Wrote {nodes} devices to {target.name}.")
