"""Deciding an open question of a join."""

from __future__ import annotations

from typing import Any

from larry.domain.edits import Edit, MoveNode, SetFloor, SetNode, SetSite
from larry.domain.hardware import EDITABLE_SITE_FIELDS, Json
from larry.domain.node_json import wall_from_json
from larry.errors import InputError
from larry.services.project import Project


def settle_conflict(project: Project, key: str, side: int | None = None) -> None:
    """Decide an open question: take one side, or (None) keep what the file shows.

    The decision is an edit that replaces both sides wherever the file is joined next; it can be undone.

    Args:
        key: `keys[0]` of the conflict.
        side: the number of the side in the conflict's list.

    Raises:
        InputError: there is no such question or side.
        ReadOnlySiteError, FileUnreachableError: as for `Project.do`.
    """
    conflict = next((each for each in project.conflicts() if each["keys"] == [key]), None)
    if conflict is None or (side is not None and not 0 <= side < len(conflict["sides"])):
        raise InputError("There is no such open question.", remedy="Look at the list again.")
    edit = _decision(project, conflict, side)
    if edit is not None:
        project.do(edit, "Decide what two laptops did differently", "merge")
    project.drop_conflict(key)


def _decision(project: Project, conflict: Json, side: int | None) -> Edit | None:
    kind, node_id = conflict["kind"], conflict["node"]
    chosen: Any = None if side is None else conflict["sides"][side]["value"]
    if kind == "value":
        return _value(project, conflict, side, chosen)
    if (
        kind in {"place", "order", "parent", "circle", "replaced", "removed"}
        and node_id in project.site.nodes
    ):
        if kind == "place" and side is not None:
            return MoveNode(node_id, chosen[0])
        return MoveNode(node_id, project.site.nodes[node_id].parent, project.site.index_of(node_id))
    return None  # a rule is settled by changing the plan; a secret by entering it


def _value(project: Project, conflict: Json, side: int | None, chosen: Any) -> Edit | None:
    what, thing = conflict["what"], conflict["node"]
    site = project.site
    if thing in site.nodes:
        return SetNode(thing, what, getattr(site.nodes[thing], what) if side is None else chosen)
    if thing in site.floors:
        now = getattr(site.floors[thing], what)
        walls = side is not None and what == "walls"
        return SetFloor(
            thing, what, tuple(map(wall_from_json, chosen)) if walls else now if side is None else chosen
        )
    if thing is None and what in EDITABLE_SITE_FIELDS:
        return SetSite(what, getattr(site.info, what) if side is None else chosen)
    return None
