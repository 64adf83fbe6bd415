"""`larry close`: the owner's acceptance comes back."""

from __future__ import annotations

from pathlib import Path

import click

from larry.bootstrap import open_project
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer
from larry.cli.pack_options import pack_passphrase
from larry.handover.open_pack import wants_passphrase
from larry.services.close_handover import close_handover


@click.command()
@file_argument
@click.argument("acceptance", type=click.Path(path_type=Path))
@click.option(
    "--pack", type=click.Path(path_type=Path), help="The pack, to check the report's signatures too."
)
@json_option
def command(file: Path, acceptance: Path, pack: Path | None) -> None:
    """Take the owner's ACCEPTANCE into the project FILE: a signed one closes the handover.

    Exit code 1 when it belongs to another pack or its signature does not check.
    """
    wanted = pack_passphrase() if pack is not None and wants_passphrase(pack) else None
    with open_project(file) as project:
        taken, state = close_handover(project, acceptance, pack=pack, passphrase=wanted)
    data = {
        "stage": state.stage,
        "ticked": state.ticked,
        "lines": state.lines,
        "missing": list(taken.missing),
        "remarks": dict(taken.remarks),
        "accepted_by": taken.by or None,
        "accepted_at": taken.at or None,
        "fingerprint": taken.fingerprint or None,
        "report_checked": bool(pack and taken.accepted),
    }
    if not taken.accepted:
        answer(data, f"Half done: the owner has ticked {state.ticked} of {state.lines} lines.")
        return
    remarks = "".join(f"\nRemark on {line}: {text}" for line, text in taken.remarks.items())
    words = f"The handover is closed: {taken.by} accepted it, {taken.at}.\nCertificate: {taken.fingerprint}"
    answer(data, words + remarks)
