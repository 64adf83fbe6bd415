"""Making rows that survived a damage fit together again, and listing what did not survive."""

from __future__ import annotations

import json
import uuid
from typing import Any

from larry.storage.meta_rows import PROJECT_ID
from larry.storage.sibling_positions import GAP

Rows = dict[str, dict[Any, tuple[Any, ...]]]
_POSITION, _PARENT = 1, 5  # columns of `node`
_UNDO_TOP, _REDO_TOP = 11, 12  # columns of `op`
_SHOWN = 12


def repair(rows: Rows, name: str) -> list[str]:
    """Change the rows so that they make a project that opens; return what is missing, as sentences."""
    missing = [*_site(rows, name), *_identity(rows), *_nodes(rows)]
    _positions(rows.get("node", {}))
    _steps(rows)
    return [*missing, *_log(rows)]


def _site(rows: Rows, name: str) -> list[str]:
    if rows.get("site"):
        return []
    rows["site"] = {1: (1, name, None, None, None, None, None, "default", None, None)}
    return ["The site's own data (name, owner, time zone) is missing; it was named after the file."]


def _identity(rows: Rows) -> list[str]:
    meta = rows.setdefault("meta", {})
    if (PROJECT_ID,) in meta:
        return []
    meta[(PROJECT_ID,)] = (PROJECT_ID, str(uuid.uuid4()))
    sentence = "The project's id is missing: this file cannot be joined with copies made earlier"
    return [f"{sentence}, and its secrets have to be entered again."]


def _nodes(rows: Rows) -> list[str]:
    nodes = rows.setdefault("node", {})
    ids = {row[0] for row in nodes.values()}
    sentences = []
    lost = (_named_by(rows) | _standing_in_log(rows)) - ids
    if lost:
        sentences.append(f"Devices named elsewhere in the file are missing: {_shown(lost)}.")
    loose = {row[0] for row in nodes.values() if row[_PARENT] is not None and row[_PARENT] not in ids}
    loose |= _in_circles(nodes, loose)
    for node_id in loose:
        row = nodes[(node_id,)]
        nodes[(node_id,)] = (*row[:_PARENT], None, *row[_PARENT + 1 :])
    if loose:
        sentences.append(f"Devices whose place in the tree is lost are unplaced now: {_shown(loose)}.")
    floors = {row[0] for row in rows.get("floor", {}).values()}
    gone = {row[6] for row in nodes.values() if row[6] is not None} - floors
    if gone:
        sentences.append(f"Floors are missing: {_shown(gone)}.")
    return sentences


def _named_by(rows: Rows) -> set[str]:
    named = {row[_PARENT] for row in rows.get("node", {}).values() if row[_PARENT] is not None}
    for row in rows.get("link", {}).values():
        named |= {row[1], row[2]}
    return named


def _standing_in_log(rows: Rows) -> set[str]:
    """Return devices the last word of the log adds: a rough measure that needs no whole log."""
    log = rows.get("op", {})
    standing: set[str] = set()
    for number in sorted(log):
        what, forward, of = log[number][5], log[number][6], log[number][9]
        if what in {"undo", "redo"} and of in log:
            forward = log[of][7 if what == "undo" else 6]
        if forward and what != "note":
            _follow(json.loads(forward), standing)
    return standing


def _follow(edit: Any, standing: set[str]) -> None:
    if not isinstance(edit, dict):
        return
    if edit.get("op") == "composite" and isinstance(edit.get("edits"), list):
        for each in edit["edits"]:
            _follow(each, standing)
    elif edit.get("op") == "add-node" and isinstance(edit.get("node"), dict):
        standing.add(str(edit["node"].get("id")))
    elif edit.get("op") == "remove-node":
        standing.discard(str(edit.get("node_id")))


def _in_circles(nodes: dict[Any, tuple[Any, ...]], loose: set[str]) -> set[str]:
    """Return one node of each circle."""
    cut: set[str] = set()
    done: set[str] = set()
    for row in nodes.values():
        path: list[str] = []
        at: str | None = row[0]
        while at is not None and at not in done and at not in path:
            path.append(at)
            at = None if at in loose or at in cut else nodes[(at,)][_PARENT]
        if at is not None and at in path:
            cut.add(at)
        done.update(path)
    return cut


def _positions(nodes: dict[Any, tuple[Any, ...]]) -> None:
    lists: dict[str | None, list[Any]] = {}
    for key, row in nodes.items():
        lists.setdefault(row[_PARENT], []).append(key)
    for keys in lists.values():
        keys.sort(key=lambda key: (nodes[key][_POSITION], nodes[key][0]))
        if len({nodes[key][_POSITION] for key in keys}) < len(keys):
            for place, key in enumerate(keys, 1):
                nodes[key] = (nodes[key][0], GAP * place, *nodes[key][2:])


def _steps(rows: Rows) -> None:
    jobs = rows.setdefault("job", {})
    for row in rows.get("step", {}).values():
        jobs.setdefault((row[1],), (row[1], "{}"))


def _log(rows: Rows) -> list[str]:
    log = rows.get("op", {})
    if not log:
        return ["The history is missing, if there was one."]
    last = max(log)
    holes = sorted(set(range(1, last + 1)) - log.keys())
    if not holes:
        return []
    row = log[last]
    log[last] = (*row[:_UNDO_TOP], None, None, *row[_REDO_TOP + 1 :])
    return [f"Entries of the history are missing: {_shown(holes)}. Undo starts anew."]


def _shown(things: Any) -> str:
    words = sorted(map(str, things), key=lambda word: (len(word), word))
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return ", ".join(words[:_SHOWN]) + more
