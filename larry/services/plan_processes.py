"""Two planning processes, one for plans and one for proofs, that can be stopped at any moment."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Self

from larry.planning.floor_part import FloorPart
from larry.planning.plan_limits import PlanLimits
from larry.services.plan_task import PartNews, PlanTask
from larry.services.plan_worker import run_plan_worker

_POLL_S = 0.25
_GRACE_S = 0.2  # a step in compiled code may overrun the time by so much before it is ended
_STEPS_PER_S = 1.5  # work for a second of the limit: less than the slowest computer we know does


class PlanProcesses:
    """Starts both processes; use it as a context manager, which ends them.

    Args:
        parts: what to plan.
        limits: what a plan must keep.
        seed: decides every choice.
        seconds: the time they have.
    """

    def __init__(self, parts: Sequence[FloorPart], limits: PlanLimits, seed: int, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._all = 2 * len(parts)
        work = max(1, int(seconds * _STEPS_PER_S))
        self._tasks = [
            PlanTask(tuple(parts), limits, seed, max(0.0, seconds - 0.3), aim, work)
            for aim in ("plans", "proofs")
        ]
        self._processes: list[Any] = []
        self._pipes: list[Connection] = []
        self.out_of_time = False

    def __enter__(self) -> Self:
        # A fresh interpreter: nothing of the window's or the command's state goes along.
        context = multiprocessing.get_context("spawn")
        for task in self._tasks:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=run_plan_worker, args=(task, theirs), daemon=True)
            process.start()
            theirs.close()
            self._processes.append(process)
            self._pipes.append(ours)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.kill()
            process.join()
            process.close()
        for pipe in self._pipes:
            pipe.close()

    def news(self) -> Iterator[PartNews | None]:
        """Yield news as they come, None now and then while there are none; ends with work or time."""
        open_pipes = list(self._pipes)
        while open_pipes:
            left_s = self._end + _GRACE_S - time.monotonic()
            if left_s <= 0:
                self.out_of_time = True
                return
            ready = wait(open_pipes, timeout=min(_POLL_S, left_s))
            if not ready:
                yield None
            for pipe in ready:
                assert isinstance(pipe, Connection)
                news: PartNews | None = None
                with contextlib.suppress(EOFError):
                    news = pipe.recv()
                if news is None:
                    open_pipes.remove(pipe)
                else:
                    yield news
        self.out_of_time = time.monotonic() > self._end - 1.0
