"""`larry show`: the tree, states and counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from larry.cli.options import file_argument, json_option
from larry.cli.output import answer
from larry.services.read_site import read_site
from larry.services.site_summary import site_summary

_SHAPES = {"iq": "■", "repeater": "◆", "lock": "○"}


@click.command()
@file_argument
@json_option
def command(file: Path) -> None:
    """Show the tree of FILE (a project, or an exchange file .json) with states and counts."""
    with read_site(file) as view:
        data = site_summary(view)
    answer(data, _people(data))


def _people(data: dict[str, Any]) -> RenderableType:
    tree = Tree(Text(data["site"]["name"] or "(no name)", style="bold"))
    for node in data["tree"]:
        _branch(tree, node)
    if data["not_placed"]:
        parked = tree.add(Text("Not placed", style="yellow"))
        for node in data["not_placed"]:
            _branch(parked, node)
    counts = data["counts"]
    line = (
        f"{counts['iqs']} IQs, {counts['repeaters']} repeaters, {counts['locks']} locks; "
        f"{counts['online']} seen online, {counts['attached']} attached, {counts['not_placed']} not placed; "
        f"{counts['errors']} errors, {counts['warnings']} warnings."
    )
    released = Text("Released to its owner: read-only.\n", style="bold") if data["released"] else Text("")
    return Group(tree, Text.assemble(released, _handover(data["handover"]), line))


def _handover(state: dict[str, Any] | None) -> Text:
    words = {
        "waiting": "Handover half done: the pack is made, the owner has not accepted it yet.\n",
        "half-done": "Handover half done: the owner has ticked {ticked} of {lines} lines.\n",
        "closed": "Handover closed: accepted by {accepted_by}, {accepted_at}.\n",
    }
    if state is None or state["stage"] not in words:
        return Text("")
    return Text(words[state["stage"]].format(**state), style="bold")


def _branch(tree: Tree, node: dict[str, Any]) -> None:
    label = Text.assemble(f"{_SHAPES[node['kind']]} ", (node["name"] or node["id"], "bold"))
    if node.get("load"):
        load = node["load"]
        label.append(f"  {load['locks']} of {load['lock_limit']} locks")
        label.append(f", {load['repeaters']} of {load['repeater_limit']} repeaters")
    label.append(f"  {node['state']}", style="dim")
    branch = tree.add(label)
    for child in node["children"]:
        _branch(branch, child)
