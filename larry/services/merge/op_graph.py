"""The histories of two copies as one graph: which rows came before which.

A row names the rows directly before it (`larry/storage/op_hash.py`), so the graph is the same wherever it is
put together. Rows that both share and that lie before everything else are left out: the stem.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from larry.storage.op_hash import origin_uid
from larry.storage.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class Op:
    """One row of a log; `content` holds the columns of `op_hash.CONTENT`."""

    uid: bytes
    parents: tuple[bytes, ...]
    content: tuple[Any, ...] = field(repr=False)
    of: bytes | None = None

    @property
    def rank(self) -> tuple[str, bytes]:
        """What orders rows that knew nothing of each other: the time, then the name."""
        return (self.content[0], self.uid)

    def column(self, name: str) -> Any:
        """Return one column of the content."""
        return self.content[_PLACE[name]]


_PLACE = {
    name: place
    for place, name in enumerate(
        ("at", "who", "source", "label", "what", "forward", "inverse", "touched", "places")
    )
}


def read_ops(file: ProjectFile) -> list[Op]:
    """Return all rows of a project's log in the order of the file."""
    ops: list[Op] = []
    by_number: dict[int, bytes] = {0: origin_uid(file.project_id)}
    for row in file.chain.rows():
        number, content, (of, parents, uid) = int(row[0]), row[1:-3], row[-3:]
        before = (
            tuple(bytes.fromhex(each) for each in json.loads(parents))
            if parents
            else (by_number[number - 1],)
        )
        ops.append(Op(uid, before, content, None if of is None else by_number[of]))
        by_number[number] = uid
    return ops


class OpGraph:
    """The union of some logs; `ops` are those after the stem, in an order that fits every log."""

    def __init__(self, logs: Iterable[list[Op]]) -> None:
        logs = list(logs)
        self.every = {op.uid: op for log in logs for op in log}
        self.stem = logs[0][: _stem_length(logs)]
        stem = {op.uid for op in self.stem}
        self.ops = _sorted([op for uid, op in self.every.items() if uid not in stem], self.every, stem)
        self._segment: dict[bytes, tuple[int, int]] = {}
        self._knows: list[dict[int, int]] = []
        self._number_segments()

    @property
    def heads(self) -> list[bytes]:
        """The rows after which nothing comes."""
        before = {parent for op in self.ops for parent in op.parents}
        heads = [op.uid for op in self.ops if op.uid not in before]
        return sorted(heads) or [op.uid for op in self.stem[-1:]]

    def before(self, one: Op, other: Op) -> bool:
        """Tell whether `one` was known where `other` was written."""
        segment, place = self._segment[one.uid]
        other_segment, other_place = self._segment[other.uid]
        if segment == other_segment:
            return place < other_place
        return self._knows[other_segment].get(segment, -1) >= place

    def apart(self, one: Op, other: Op) -> bool:
        """Tell whether neither knew of the other."""
        return one.uid != other.uid and not self.before(one, other) and not self.before(other, one)

    def _number_segments(self) -> None:
        tips: dict[int, int] = {}
        for op in self.ops:
            known = [self._segment[parent] for parent in op.parents if parent in self._segment]
            if len(op.parents) == 1 and known and tips[known[0][0]] == known[0][1]:
                segment, place = known[0][0], known[0][1] + 1
            else:
                segment, place = len(self._knows), 0
                self._knows.append(self._union(known))
            self._segment[op.uid] = (segment, place)
            tips[segment] = place

    def _union(self, known: list[tuple[int, int]]) -> dict[int, int]:
        union: dict[int, int] = {}
        for segment, place in known:
            for each, upto in (*self._knows[segment].items(), (segment, place)):
                union[each] = max(union.get(each, -1), upto)
        return union


def _stem_length(logs: list[list[Op]]) -> int:
    length = 0
    for row in zip(*logs, strict=False):
        previous = logs[0][length - 1].uid if length else None
        if any(op.uid != row[0].uid for op in row) or (
            previous and any(op.parents != (previous,) for op in row)
        ):
            break
        length += 1
    places = {op.uid: place for place, op in enumerate(logs[0][:length])}
    for log in logs:
        for op in log[length:]:
            for parent in op.parents:
                length = min(length, places.get(parent, len(places)) + 1)
        if any(parent not in places for op in log[length : length + 1] for parent in op.parents):
            length = 0  # a row hangs before the stem, at the very origin
    return length


def _sorted(ops: list[Op], every: dict[bytes, Op], stem: set[bytes]) -> list[Op]:
    waiting = {op.uid: sum(parent in every and parent not in stem for parent in op.parents) for op in ops}
    after: dict[bytes, list[Op]] = {}
    for op in ops:
        for parent in op.parents:
            after.setdefault(parent, []).append(op)
    ready = [(op.rank, op) for op in ops if not waiting[op.uid]]
    heapq.heapify(ready)
    done: list[Op] = []
    while ready:
        _, op = heapq.heappop(ready)
        done.append(op)
        for each in after.get(op.uid, ()):
            waiting[each.uid] -= 1
            if not waiting[each.uid]:
                heapq.heappush(ready, (each.rank, each))
    return done


__all__ = ["Op", "OpGraph", "read_ops"]
