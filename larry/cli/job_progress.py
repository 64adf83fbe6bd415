"""Progress of a commissioning in the terminal: a line when something is done, waited for or left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.text import Text

from larry.cli.output import say
from larry.domain.rule_context import display_name
from larry.domain.site import Site
from larry.services.commission.step_state import StepState, StepStatus
from larry.services.commissioning import Commissioning


def show_progress(job: Commissioning, site: Site) -> Callable[[], None]:
    """Print what happens on standard error; the result ends it."""
    printer = _Progress(job, site)
    return job.subscribe(printer.step)


_TELLING = frozenset({"find", "session", "wifi", "cloud", "attached"})
"""Steps whose success is worth a line; the others show in the project."""


class _Progress:
    def __init__(self, job: Commissioning, site: Site) -> None:
        self._job = job
        self._site = site
        self._last: tuple[str, str, str] | None = None

    def step(self, state: StepState) -> None:
        if state.state not in (StepStatus.WAITING, StepStatus.OPEN, StepStatus.DONE):
            return
        key = (state.node_id, state.step, f"{state.state}{state.headline}")
        if key == self._last:
            return
        self._last = key
        name = display_name(self._site.nodes[state.node_id])
        if state.state is StepStatus.WAITING:
            say(self._line(name, "yellow", state.headline, f"until {_clock(state.deadline_at)}"))
        elif state.state is StepStatus.OPEN:
            say(self._line(name, "red", f"open: {state.headline}", state.cause))
        elif self._job_done(state.node_id):
            say(self._line(name, "green", "done", ""))
        elif state.log and state.step in _TELLING:
            say(self._line(name, "", f"{state.title}: {state.log[-1].text}", ""))

    def _job_done(self, node_id: str) -> bool:
        return all(step.state.settled for step in self._job.steps(node_id))

    def _line(self, name: str, style: str, text: str, detail: str) -> Text:
        done, total = self._job.progress()
        line = Text(f"[{done:>3}/{total}] ", style="dim")
        line.append(f"{name}  ", style="bold")
        line.append(text, style=style)
        return line.append(f"  {detail}", style="dim") if detail else line


def _clock(at: str | None) -> str:
    return "" if at is None else f"{datetime.fromisoformat(at).astimezone():%H:%M:%S}"
