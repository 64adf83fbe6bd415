"""`larry accept`: the owner reads a pack, ticks its lines, and accepts it with a signature."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from larry.cli.options import json_option
from larry.cli.output import answer, say
from larry.cli.pack_options import identities, identity_option, owner_key, pack_passphrase
from larry.handover.open_pack import wants_passphrase
from larry.services.accept_pack import PackToAccept, accept_pack, look_at_pack, tick_lines


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the acceptance; else the pack's.")
@click.option("--tick", multiple=True, metavar="LINE", help="You have read this line and agree.")
@click.option("--tick-all", is_flag=True, help="The same for all lines.")
@click.option("--remark", multiple=True, metavar="LINE=TEXT", help="What is not right about a line.")
@click.option("--sign", is_flag=True, help="Accept: counter-sign with your own key and passphrase.")
@click.option("--by", default="", metavar="NAME", help="Your name, for the signature.")
@identity_option
@json_option
def command(pack: Path, **given: Any) -> None:
    """Check PACK and show its lines; tick them, now or later; accept it when all are ticked.

    What was ticked is kept in a small file beside the pack. When you have signed, it goes back to the
    installer. Exit code 1 when the pack does not verify or cannot be accepted yet.
    """
    if given["sign"] and not given["by"].strip():
        raise click.UsageError("Give your name with --by: it stands in the signature.")
    wanted = pack_passphrase() if wants_passphrase(pack) else None
    looked = look_at_pack(pack, given["out"], passphrase=wanted, identities=identities(given["identity"]))
    ticks = looked.acceptance.lines if given["tick_all"] else given["tick"]
    if ticks or given["remark"]:
        looked = tick_lines(looked, ticks, dict(_remark(text) for text in given["remark"]))
    copy = None
    if given["sign"]:
        if not looked.acceptance.missing:
            say("Choose a passphrase of your own; the installer must not know it.")
        key, own = owner_key(given["by"].strip())
        looked, copy = accept_pack(looked, key, own)
    answer(_json(looked, copy), _text(looked, copy))


def _remark(text: str) -> tuple[str, str]:
    line, equals, words = text.partition("=")
    if not equals or not words.strip():
        raise click.UsageError(f"A remark is LINE=TEXT, not “{text}”.")
    return line.strip(), " ".join(words.split())


def _json(looked: PackToAccept, copy: Path | None) -> dict[str, Any]:
    acceptance = looked.acceptance
    return {
        "pack": str(looked.path),
        "state": "accepted" if acceptance.accepted else "half-done" if acceptance.ticks else "open",
        "acceptance": str(looked.file) if looked.file.exists() else None,
        "copy": str(copy) if copy else None,
        "ticked": list(acceptance.ticks),
        "missing": list(acceptance.missing),
        "remarks": dict(acceptance.remarks),
        "accepted_by": acceptance.by or None,
        "accepted_at": acceptance.at or None,
        "fingerprint": acceptance.fingerprint or None,
        "lines": [dict(line) for line in looked.lines],
        "verification": looked.verification.to_json(),
    }


def _text(looked: PackToAccept, copy: Path | None) -> Text:
    acceptance = looked.acceptance
    text = Text()
    for line in looked.lines:
        mark = "x" if line["key"] in acceptance.ticks else " "
        text.append(f"[{mark}] {line['title']}")
        text.append(f"  {line['state']}, {line['key']}\n", style="dim")
        if line["key"] in acceptance.remarks:
            text.append(f"    Remark: {acceptance.remarks[line['key']]}\n", style="yellow")
    ticked = len(acceptance.ticks)
    if acceptance.accepted:
        text.append(f"Accepted by {acceptance.by}, {acceptance.at}.\n", style="bold green")
        text.append(f"Send {looked.file} to the installer.")
        if copy:
            text.append(f"\nYour own copy: {copy}")
    elif ticked:
        text.append(f"Half done: {ticked} of {len(acceptance.lines)} lines are ticked.", style="bold")
    else:
        text.append("The pack verifies; nothing is ticked yet.", style="bold")
    return text
