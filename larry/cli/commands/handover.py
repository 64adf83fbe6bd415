"""`larry handover`: the close-out pack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from larry.bootstrap import open_project
from larry.cli.checklist_text import checklist_text
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, error_json, say, say_error
from larry.cli.pack_options import PACK_VARIABLE, pack_passphrase, sign_option, signer
from larry.errors import FileUnreachableError, InputError
from larry.handover.redaction import OWNER, audiences
from larry.services.hand_over import HandedOver, HandoverBlockedError, PackSeal, hand_over
from larry.services.handover_state import newest_edit, remember_pack
from larry.services.project import Project


@click.command()
@file_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the pack.")
@click.option("--draft", is_flag=True, help="In spite of open errors; every page is marked.")
@click.option("--by", default="", metavar="NAME", help="The installer's name, for the report.")
@sign_option
@click.option("--passphrase", is_flag=True, help="Encrypt the pack to a passphrase, which is asked for.")
@click.option("--recipient", multiple=True, metavar="AGE1…", help="Encrypt it to the owner's age public key.")
@click.option(
    "--variant", type=click.Choice(audiences()), default=OWNER, help="For another reader than the owner."
)
@json_option
@click.pass_context
def command(
    context: click.Context, /, file: Path, out: Path, draft: bool, by: str, sign: bool | None, **to: Any
) -> None:
    """Make the close-out pack of FILE: report, data and checklist in one file.

    Exit code 1 when the checklist blocks the handover.
    """
    variant = to["variant"]
    seal = _seal(to["passphrase"], to["recipient"])
    key = signer(by or "Installer", sign)
    with open_project(file) as project:
        try:
            result = hand_over(project, out, draft=draft, made_by=by, signer=key, seal=seal, audience=variant)
        except HandoverBlockedError as error:
            answer(
                {"pack": None, "error": error_json(error), "checklist": error.checklist.to_json()},
                checklist_text(error.checklist),
            )
            say_error(error)
            context.exit(error.exit_code)
        if variant == OWNER:
            _remember(project, result, draft)
    if draft:
        say("This is a draft. It is marked on every page and is not for the owner.")
    answer(_json(result, draft), _words(result))


def _remember(project: Project, result: HandedOver, draft: bool) -> None:
    try:
        remember_pack(project, result, newest_edit(project), draft=draft)
    except FileUnreachableError:
        say("The project cannot be written: it does not know of this pack, and cannot take its acceptance.")


def _seal(passphrase: bool, recipients: tuple[str, ...]) -> PackSeal | None:
    if passphrase and recipients:
        raise click.UsageError("Give either --passphrase or --recipient.")
    if recipients:
        return PackSeal(recipients=recipients)
    if not passphrase:
        return None
    text = pack_passphrase(new=True)
    if not text:
        raise InputError(
            "No passphrase for the pack.", remedy=f"Put it into the variable {PACK_VARIABLE}, or type it."
        )
    return PackSeal(text)


def _json(result: HandedOver, draft: bool) -> dict[str, object]:
    return {
        "pack": str(result.path),
        "sha256": result.pack.sha256,
        "size": len(result.pack.data),
        "draft": draft,
        "manifest": dict(result.pack.manifest),
        "checklist": result.checklist.to_json(),
    }


def _words(result: HandedOver) -> str:
    signed = result.pack.manifest.get("signed_by")
    by = f"Signed by {signed['name']}, certificate {signed['fingerprint']}\n" if signed else ""
    return (
        f"{result.checklist.summary()}\n"
        f"Pack: {result.path}\n"
        f"SHA-256: {result.pack.sha256}\n"
        f"{by}"
        f"Give the owner the pack and, by another way, {'these numbers' if signed else 'this number'}."
    )
