"""What the commissioning board shows: queue, current act, what comes next, log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from larry.domain.kind import Kind
from larry.domain.rule_context import display_name
from larry.domain.site import Site
from larry.services.commission.state_book import StateBook
from larry.services.commission.step_state import LogLine, StepState, StepStatus
from larry.services.commission.words import step_title, step_usually


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One device in the queue: its state over all steps, and one line that says where it stands."""

    node_id: str
    name: str
    kind: Kind
    state: StepStatus
    line: str


@dataclass(frozen=True, slots=True)
class NextLine:
    """Something that comes next: what, and how long it usually takes."""

    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class Board:
    """A snapshot for the window.

    Attributes:
        queue: all devices of the job in order.
        current: the device worked at, None when nothing runs.
        act: the step worked at or waited in, None when nothing runs.
        steps: all steps of the current device.
        next: the steps after this one, then the next device.
        log: log of the current device, oldest first.
        done, total: devices.
        open_steps: steps that need somebody, in order.
        running, paused: the job itself.
    """

    queue: tuple[QueueRow, ...]
    current: str | None
    act: StepState | None
    steps: tuple[StepState, ...]
    next: tuple[NextLine, ...]
    log: tuple[LogLine, ...]
    done: int
    total: int
    open_steps: tuple[StepState, ...]
    running: bool
    paused: bool


class BoardMaker:
    """Makes boards; keeps what did not change, so that a board of thousands of devices is made in no time."""

    def __init__(self, site: Site, book: StateBook) -> None:
        self._site = site
        self._book = book
        self._rows: dict[str, QueueRow] = {}
        self._open: dict[str, tuple[StepState, ...]] = {}
        self._changed: set[str] = set()
        book.subscribe(lambda state: self._changed.add(state.node_id))

    def forget(self) -> None:
        """The plan changed: begin anew."""
        self._rows.clear()
        self._open.clear()
        self._changed.clear()

    def board(self, current: str | None, *, running: bool, paused: bool) -> Board:
        """Return the board of this moment."""
        self._catch_up()
        queue = tuple(self._rows.values())
        steps = self._book.steps(current) if current else ()
        act = next((s for s in steps if s.state in (StepStatus.RUNNING, StepStatus.WAITING)), None)
        return Board(
            queue=queue,
            current=current,
            act=act,
            steps=steps,
            next=tuple(_next(self._site, queue, current, steps, act)),
            log=tuple(sorted((line for step in steps for line in step.log), key=lambda line: line.at)),
            done=sum(row.state is StepStatus.DONE for row in queue),
            total=len(queue),
            open_steps=tuple(state for node_id in self._rows for state in self._open.get(node_id, ())),
            running=running,
            paused=paused,
        )

    def _catch_up(self) -> None:
        stale = self._changed & self._rows.keys() if self._rows else self._book.node_ids()
        for node_id in stale:
            if node_id not in self._site.nodes:
                continue
            self._rows[node_id] = _row(self._site, self._book, node_id)
            open_steps = tuple(s for s in self._book.steps(node_id) if s.state is StepStatus.OPEN)
            if open_steps:
                self._open[node_id] = open_steps
            else:
                self._open.pop(node_id, None)
        self._changed.clear()


def device_state(steps: Sequence[StepState]) -> StepStatus:
    """Return one state for all steps of a device: what is going on counts more than what is open or done."""
    states = {step.state for step in steps}
    for state in (StepStatus.WAITING, StepStatus.RUNNING, StepStatus.OPEN):
        if state in states:
            return state
    return StepStatus.DONE if all(state.settled for state in states) else StepStatus.TODO


def _row(site: Site, book: StateBook, node_id: str) -> QueueRow:
    node, steps = site.nodes[node_id], book.steps(node_id)
    state = device_state(steps)
    telling = next((s for s in steps if s.state is state and s.headline), None)
    if telling is not None:
        line = telling.headline
    elif state is StepStatus.RUNNING:
        line = next(s.title for s in steps if s.state is state)
    else:
        line = {StepStatus.DONE: "Done", StepStatus.TODO: "Waits its turn"}.get(state, "")
    return QueueRow(node_id, display_name(node), node.kind, state, line)


def _next(
    site: Site,
    queue: Sequence[QueueRow],
    current: str | None,
    steps: Sequence[StepState],
    act: StepState | None,
) -> list[NextLine]:
    lines: list[NextLine] = []
    if current is not None and current in site.nodes:
        kind = site.nodes[current].kind.value
        after = steps[steps.index(act) + 1 :] if act is not None else ()
        lines = [
            NextLine(step_title(kind, step.step), step_usually(kind, step.step))
            for step in after
            if not step.state.settled
        ]
    follower = next((row for row in queue if row.state is StepStatus.TODO and row.node_id != current), None)
    if follower is not None:
        lines.append(NextLine(f"Go to {follower.name}", _way(site, current, follower.node_id)))
    return lines


def _way(site: Site, here: str | None, there: str) -> str:
    """Say how far the next device is: metres on the plan, which is an estimate."""
    if here is None or here not in site.nodes:
        return ""
    distance_m = site.distance_m(here, there)
    if distance_m is None:
        return ""
    floor = site.floors.get(site.nodes[there].floor or "")
    other = floor is not None and site.nodes[here].floor != site.nodes[there].floor
    return f"{distance_m:.1f} m, {floor.name}" if other and floor else f"{distance_m:.1f} m"
