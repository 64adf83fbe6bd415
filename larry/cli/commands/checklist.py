"""`larry checklist`: what stands between a site and its owner, and what people decided about it."""

from __future__ import annotations

from pathlib import Path

import click

from larry.bootstrap import open_project
from larry.cli.checklist_text import checklist_text
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer
from larry.services.handover_notes import add_open_point, close_open_point, waive_line, withdraw_waiver
from larry.services.project import Project
from larry.services.read_checklist import read_checklist


@click.command()
@file_argument
@click.option("--waive", metavar="LINE", help="Accept a line as it is; needs --reason and --by.")
@click.option("--withdraw", metavar="LINE", help="Take a waiver back.")
@click.option("--point", metavar="TEXT", help="Write down what remains; needs --responsible and --by.")
@click.option("--done", metavar="ID", help="Say that an open point is done; needs --by.")
@click.option("--reason", default="", metavar="TEXT", help="Why a line is accepted.")
@click.option("--responsible", default="", metavar="WHO", help="Who has the open point to do.")
@click.option("--due", default="", metavar="DAY", help="Until when, as 2026-12-24.")
@click.option("--by", default="", metavar="NAME", help="Who says so.")
@json_option
@click.pass_context
def command(context: click.Context, /, file: Path, **given: str | None) -> None:
    """Show the checklist of FILE, after a change where one is asked for.

    Every change can be undone and stands in the history and in the report. Exit code 1 while lines block
    the handover.
    """
    wanted = [name for name in ("waive", "withdraw", "point", "done") if given[name] is not None]
    if len(wanted) > 1:
        raise click.UsageError("Give one of --waive, --withdraw, --point and --done.")
    with open_project(file, read_only=not wanted) as project:
        if wanted:
            _change(project, wanted[0], {name: value or "" for name, value in given.items()})
        checklist = read_checklist(project)
    answer(checklist.to_json(), checklist_text(checklist, keys=True))
    if checklist.errors:
        context.exit(1)


def _change(project: Project, what: str, given: dict[str, str]) -> None:
    value, who = given[what], given["by"]
    if what == "waive":
        waive_line(project, value, given["reason"], who)
    elif what == "withdraw":
        withdraw_waiver(project, value)
    elif what == "point":
        add_open_point(project, value, given["responsible"], who, due=given["due"])
    else:
        close_open_point(project, value.removeprefix("point-"), who)
