"""`larry release`: the site becomes the owner's."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from larry.bootstrap import cloud_client, open_project
from larry.cli.checklist_text import checklist_text
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, error_json, say, say_error
from larry.services.hand_over import HandoverBlockedError
from larry.services.project import Project
from larry.services.release_site import Released, mark_released_elsewhere, release_site


@click.command()
@file_argument
@click.option("--cloud", metavar="URL", help="Address of the cloud.")
@click.option("--mark-only", is_flag=True, help="It was released in SALTO's own tool: only mark the project.")
@json_option
@click.pass_context
def command(context: click.Context, file: Path, cloud: str | None, mark_only: bool) -> None:
    """Release the site of FILE to its owner. From then on the plan can only be read.

    Exit code 1 when the checklist or the cloud says no, 3 when the cloud does not answer; doing it again
    finishes what was left.
    """
    if mark_only == bool(cloud):
        raise click.UsageError("Give either --cloud URL or --mark-only.")
    with open_project(file) as project:
        try:
            if cloud is None:
                mark_released_elsewhere(project)
                answer({"released": True, "marked_only": True}, "The project is marked as released.")
                return
            result = asyncio.run(_release(project, cloud))
        except HandoverBlockedError as error:
            answer(
                {"released": False, "error": error_json(error), "checklist": error.checklist.to_json()},
                checklist_text(error.checklist),
            )
            say_error(error)
            context.exit(error.exit_code)
    words = "had been released before" if result.resumed else "is released"
    answer(result.to_json(), f"The site {words}. {result.owner_email}: {result.owner_state}.")


async def _release(project: Project, cloud: str) -> Released:
    async with cloud_client(cloud) as client:
        return await release_site(project, client, say=say)
