"""Answers what a commissioning asks for: from the terminal, or by putting it off when nobody sits there."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

import click

from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commissioning import Commissioning

_SECRET = ("activation_code", "wifi_password")


class JobAsker:
    """Watches the waits that need a value typed in.

    Args:
        job: the running commissioning.
        interactive: somebody can be asked; None: when standard input is a terminal.
    """

    def __init__(self, job: Commissioning, *, interactive: bool | None = None) -> None:
        self._job = job
        self._interactive = sys.stdin.isatty() if interactive is None else interactive
        self._asked: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self) -> Callable[[], None]:
        """Begin; the result ends it."""
        return self._job.subscribe(self._see)

    def _see(self, state: StepState) -> None:
        name = state.next_step.asks_for if state.next_step else None
        if state.state is not StepStatus.WAITING or name is None:
            return
        if not self._interactive:
            self._job.later(state.node_id)
            return
        if state.node_id in self._asked:
            return
        self._asked.add(state.node_id)
        task = asyncio.get_running_loop().create_task(self._ask(state, name))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask(self, state: StepState, name: str) -> None:
        try:
            value = await asyncio.to_thread(_prompt, state.headline, name in _SECRET)
        finally:
            self._asked.discard(state.node_id)
        if value:
            self._job.provide(state.node_id, name, value)
        else:
            self._job.later(state.node_id)


def _prompt(headline: str, hidden: bool) -> str:
    try:
        text: str = click.prompt(headline, hide_input=hidden, default="", show_default=False, err=True)
    except click.Abort:
        return ""
    return text
