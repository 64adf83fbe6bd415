"""`larry new`: an empty project."""

from __future__ import annotations

from pathlib import Path

import click

from larry.bootstrap import create_project
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, say
from larry.domain.hardware import SiteInfo
from larry.domain.site import Site
from larry.services.read_site import catalogue_of

_OTHER_KINDS = {".json", ".csv", ".xlsx", ".ifc", ".pdf", ".larrypack", ".zip"}


@click.command()
@file_argument
@click.option("--name", required=True, help="Name of the site.")
@click.option("--owner-email", metavar="E", help="The owner's address; the invitation goes there.")
@click.option("--time-zone", metavar="Z", help="IANA name, such as Europe/Vienna.")
@click.option("--country", metavar="C", help="Two letters, such as AT.")
@click.option("--profile", default="default", show_default=True, help="Rule profile.")
@json_option
def command(
    file: Path, name: str, owner_email: str | None, time_zone: str | None, country: str | None, profile: str
) -> None:
    """Make an empty project in FILE."""
    if file.suffix.lower() in _OTHER_KINDS:
        raise click.BadParameter(f"{file.name} would look like another kind of file; use .larry.")
    info = SiteInfo(
        name.strip(),
        country_code=country.strip().upper() if country else None,
        time_zone=time_zone,
        owner_email=owner_email,
        profile=profile,
    )
    site = Site(info)
    catalogue = catalogue_of(site, profile)
    if time_zone and time_zone not in catalogue.time_zones:
        say(f"Warning: {time_zone} is not a time zone of the IANA list.")
    with create_project(file, site) as project:
        data = {"file": str(file), "project": project.project_id, "name": info.name}
    answer(data, f"Made {file.name} for {info.name}.")
