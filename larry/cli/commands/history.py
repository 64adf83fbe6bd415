"""`larry history`: what was changed, when and by whom."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from larry.bootstrap import open_project
from larry.cli.options import file_argument, json_option
from larry.cli.output import answer, say
from larry.storage.op_log import HistoryEntry


@click.command()
@file_argument
@click.option("--limit", type=click.IntRange(min=1), help="Only so many, the newest.")
@click.option("--search", default="", help="Only entries that hold this text.")
@json_option
def command(file: Path, limit: int | None, search: str) -> None:
    """Show the change log of FILE, newest first."""
    with open_project(file, read_only=True) as project:
        entries = project.history(limit, search)
        changed_at = project.history_changed_at(all_rows=limit is None)
    if changed_at is not None:
        say(f"This history was changed by another program: from entry {changed_at} on it is no proof.")
    answer([_json(entry) for entry in entries], _table(entries) if entries else "Nothing was changed yet.")


def _json(entry: HistoryEntry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": entry.at,
        "who": entry.who,
        "source": entry.source,
        "what": entry.what,
        "label": entry.label,
        "undone": entry.undone,
        "touched": list(entry.touched),
    }


def _table(entries: list[HistoryEntry]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("No.", "When (UTC)", "Who", "From", "What"):
        table.add_column(title, justify="right" if title == "No." else "left", no_wrap=title != "What")
    for entry in entries:
        what = {"undo": "Undo: ", "redo": "Redo: "}.get(entry.what, "") + entry.label
        if entry.undone:
            what += " (undone)"
        table.add_row(str(entry.number), entry.at[:19].replace("T", " "), entry.who, entry.source, what)
    return table
