"""`larry verify`: does a pack hold what it held when it was made?"""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from larry.cli.options import json_option
from larry.cli.output import answer
from larry.cli.pack_options import identities, identity_option, pack_passphrase
from larry.handover.open_pack import wants_passphrase
from larry.handover.verification import Verification
from larry.handover.verify_pack import verify_pack


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--sha256", metavar="HEX", help="What the installer told you the whole pack has.")
@identity_option
@json_option
@click.pass_context
def command(context: click.Context, pack: Path, sha256: str | None, identity: Path | None) -> None:
    """Check PACK and name every difference. Exit code 1 when it does not verify, 2 when it is no pack.

    An encrypted pack is opened in memory only, with its passphrase or with --identity.
    """
    wanted = pack_passphrase() if wants_passphrase(pack) else None
    result = verify_pack(pack, passphrase=wanted, identities=identities(identity))
    if sha256 is not None:
        result = result.compared_with(sha256)
    answer({"pack": str(pack), **result.to_json()}, _text(pack, result, sha256 is not None))
    if not result.ok:
        context.exit(1)


def _text(pack: Path, result: Verification, compared: bool) -> Text:
    text = Text()
    if not result.ok:
        text.append(f"{pack.name} does not verify.\n", style="bold red")
        for problem in result.problems:
            text.append(f"  {problem}\n")
        return text.append("Ask the installer for the pack again.")
    manifest = result.manifest or {}
    text.append(f"{pack.name} verifies.\n", style="bold green")
    if manifest.get("draft"):
        text.append("It is a draft, not a handover.\n", style="yellow")
    site = manifest.get("site")
    name = site.get("name") if isinstance(site, dict) else None
    text.append(f"Site: {name}, made {manifest.get('made_at')}\n")
    for each in result.signatures:
        text.append(f"Signed ({each.field}) by {each.name}, {each.at}, and not changed since\n")
        text.append(f"  certificate {each.fingerprint} (self-made: compare it, PAdES B-B)\n", style="dim")
    if not result.signatures:
        text.append("The report is not signed.\n")
    text.append(f"SHA-256: {result.sha256}\n")
    hint = (
        "It is the number you gave." if compared else "Compare this number with what the installer tells you."
    )
    return text.append(hint, style="dim")
