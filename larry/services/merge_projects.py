"""Joining two copies of one project into a third file."""

from __future__ import annotations

import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from larry.domain.catalogue import Catalogue
from larry.domain.hardware import Json
from larry.domain.validation import validate
from larry.errors import InputError
from larry.services.merge.conflict import Conflict
from larry.services.merge.joined_plan import Copy, PlanJoiner
from larry.services.merge.op_graph import Op, OpGraph, read_ops
from larry.services.merge.rule_conflicts import rule_conflicts
from larry.services.read_site import catalogue_of
from larry.storage.joined_file import JoinedFile
from larry.storage.project_file import ProjectFile
from larry.storage.row_codec import json_text
from larry.storage.side_rows import join_side_rows
from larry.storage.sqlite_problems import in_plain_words
from larry.storage.whole_write import sync_file, sync_folder

_AGAIN = {
    "secret": "A secret differs between the laptops or is sealed under another key: enter it again.",
    "cloud": "The cloud gave two ids on the two laptops.",
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a join did: the new file, entries only one of them had, and what stays open."""

    path: Path
    only_mine: int
    only_theirs: int
    conflicts: list[Json]


def merge_projects(mine: Path, theirs: Path, out: Path) -> Merged:
    """Join two copies of a project; both stay as they are.

    The same in either order, and when repeated; n copies joined in any order end equal.

    Raises:
        InputError: they are not copies of one project, or `out` exists.
        ProjectFileError: one of the files cannot be read, or `out` not be written.
    """
    with in_plain_words(out):
        if out.exists():
            raise InputError(f"{out.name} exists already.", remedy="Choose another name.")
        same = mine.exists() and theirs.exists() and mine.samefile(theirs)
    with ExitStack() as stack:
        one = ProjectFile.open(mine, read_only=True)
        stack.callback(one.close)
        other = one
        if not same:
            other = ProjectFile.open(theirs, read_only=True)
            stack.callback(other.close)
        if one.project_id != other.project_id:
            raise InputError(
                f"{mine.name} and {theirs.name} are different projects.",
                why="They were not copied from one file.",
                remedy="Export one as .json and import it, or go on with one of them.",
            )
        return _Join(one, other, out).run()


class _Join:
    def __init__(self, one: ProjectFile, other: ProjectFile, out: Path) -> None:
        logs = [read_ops(one), read_ops(other)]
        uids = [{op.uid for op in log} for log in logs]
        self._only = (len(uids[0] - uids[1]), len(uids[1] - uids[0]))
        if not self._only[0]:  # nothing of its own: the other one is the answer
            one, other, logs = other, one, logs[::-1]
        self._one, self._other, self._out = one, other, out
        self._logs = logs
        self._draft = out.with_name(f".{out.name}.{uuid.uuid4().hex[:8]}.new")

    def run(self) -> Merged:
        try:
            self._one.copy_to(self._draft)
            with in_plain_words(self._out):
                conflicts = self._write()
                sync_file(self._draft)
                self._draft.rename(self._out)
                sync_folder(self._out.parent)
        except BaseException:
            with suppress(OSError):
                self._draft.unlink(missing_ok=True)
            raise
        return Merged(self._out, *self._only, list(conflicts.values()))

    def _write(self) -> dict[str, Json]:
        side, questions = join_side_rows(self._one.side_rows(), self._other.side_rows())
        again = [Conflict(kind, owner, what, _AGAIN[kind]) for kind, owner, what in questions]
        file = JoinedFile(self._draft)
        try:
            file.write_beside(side)
            if not all(self._only):
                kept = {**self._one.conflicts(), **{each.key: each.to_json() for each in again}}
                file.write_conflicts(kept, replace=True)
                return kept
            joiner = self._write_plan(file)
        finally:
            file.close()
        return self._settle_rules(joiner, again)

    def _write_plan(self, file: JoinedFile) -> tuple[OpGraph, PlanJoiner, list[Conflict]]:
        graph = OpGraph(self._logs)
        copies = [Copy(each.site, *each.positions(), _unhung(each)) for each in (self._one, self._other)]
        joiner = PlanJoiner(graph, *copies)
        plan = joiner.join()
        file.write(plan.nodes, plan.floors, plan.links, plan.info, plan.file_extra)
        file.write_log(len(graph.stem), _log_rows(graph), graph.heads)
        return graph, joiner, plan.conflicts

    def _settle_rules(
        self, joined: tuple[OpGraph, PlanJoiner, list[Conflict]], again: list[Conflict]
    ) -> dict[str, Json]:
        graph, joiner, found = joined
        opened = ProjectFile.open(self._draft, read_only=True)  # the full check of what was written
        try:
            catalogue: Catalogue = catalogue_of(opened.site)
            findings = validate(opened.site, catalogue, opened.records)
            rules = rule_conflicts(opened.site, findings, graph, joiner.writes)
        finally:
            opened.close()
        conflicts = {
            each.key: each.to_json() for each in sorted((*found, *rules, *again), key=lambda c: c.key)
        }
        file = JoinedFile(self._draft)
        try:
            file.write_conflicts(conflicts, replace=True)
        finally:
            file.close()
        return conflicts


def _unhung(file: ProjectFile) -> dict[str, str]:
    return {each["node"]: each["was"] for each in file.conflicts().values() if each.get("was")}


def _log_rows(graph: OpGraph) -> list[tuple[object, ...]]:
    numbers = {op.uid: number for number, op in enumerate(graph.stem, 1)}
    previous = graph.stem[-1].uid if graph.stem else None
    rows: list[tuple[object, ...]] = []
    for number, op in enumerate(graph.ops, len(graph.stem) + 1):
        numbers[op.uid] = number
        rows.append((number, *op.content, numbers.get(op.of or b""), _parents(op, previous), op.uid))
        previous = op.uid
    return rows


def _parents(op: Op, previous: bytes | None) -> str | None:
    follows = op.parents == (previous,) if previous else len(op.parents) == 1
    return None if follows else json_text(sorted(parent.hex() for parent in op.parents))


__all__ = ["Merged", "merge_projects"]
