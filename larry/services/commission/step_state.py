"""The state of one step of one device: what the job keeps, shows and resumes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal, Self

from larry.services.commission.physical_act import PhysicalAct

LOG_LIMIT = 100
"""Lines kept per step; older ones go first."""

LogLevel = Literal["info", "ok", "warn"]


class StepStatus(StrEnum):
    """How far a step is. `open` = it needs somebody, the job went on without it; it can be tried again."""

    TODO = "todo"
    RUNNING = "running"
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"

    @property
    def settled(self) -> bool:
        """True when nothing is left to do: done, or not needed."""
        return self in (StepStatus.DONE, StepStatus.SKIPPED)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a step's log: when (ISO 8601, UTC), how it went, what happened."""

    at: str
    level: LogLevel
    text: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one button: its label and the id of the action behind it.

    Actions: `retry`, `later`, `present-card`, `hold-reset`, `go-closer`, `assign`, `place`, `edit`, `parent`,
    `find-iq`, `show-tree`, `check-network`, `choose-cloud`, `restart`, or `enter:NAME` (answer with
    `Commissioning.provide(node, NAME, value)`).
    """

    label: str
    action: str

    @property
    def asks_for(self) -> str | None:
        """The name of the value to enter (`activation_code`, `wifi_password`, `wifi_ssid`), or None."""
        kind, _, name = self.action.partition(":")
        return name if kind == "enter" else None


@dataclass(frozen=True, slots=True)
class StepState:
    """A snapshot; a change makes a new one.

    Attributes:
        node_id: the device of the plan.
        step: name of the step inside its procedure, such as `wifi` or `card`.
        title: the step's name for people.
        state: how far it is.
        headline: what is to be done or what happened, in one sentence; "" when there is nothing to say.
        cause: why Larry waits, or why the step is open.
        then: what happens when the time is up.
        deadline_at: when the wait ends (ISO 8601, UTC), None without a wait.
        wait_s: length of the whole wait in seconds, for drawing the ring.
        next_step: the one button, or None.
        act: the physical act the wait asks for, or None.
        act_on: the device of the plan at which it is to be done; "" without an act.
        words: key of `resources/commission.toml` behind the texts: lights to expect, hints, translations.
        code: why the step is open, for programs: `unreachable`, `window-closed`, `cloud-offline` …
        log: lines, oldest first.
        changed_at: ISO 8601, UTC.
    """

    node_id: str
    step: str
    title: str = ""
    state: StepStatus = StepStatus.TODO
    headline: str = ""
    cause: str = ""
    then: str = ""
    deadline_at: str | None = None
    wait_s: float | None = None
    next_step: NextStep | None = None
    act: PhysicalAct | None = None
    act_on: str = ""
    words: str = ""
    code: str = ""
    log: tuple[LogLine, ...] = ()
    changed_at: str = ""

    def moved(self, state: StepStatus, at: str, **texts: Any) -> Self:
        """Return the step in another state; what belonged to the state before is gone."""
        cleared: dict[str, Any] = {
            "headline": "",
            "cause": "",
            "then": "",
            "deadline_at": None,
            "wait_s": None,
            "next_step": None,
            "act": None,
            "act_on": "",
            "words": "",
            "code": "",
        }
        return replace(self, state=state, changed_at=at, **{**cleared, **texts})

    def logged(self, at: str, level: LogLevel, text: str) -> Self:
        """Return the step with one more line."""
        return replace(self, log=(*self.log, LogLine(at, level, text))[-LOG_LIMIT:], changed_at=at)

    def to_json(self) -> dict[str, Any]:
        """Return JSON values; `from_json` reads them."""
        return {
            "step": self.step,
            "title": self.title,
            "state": self.state.value,
            "headline": self.headline,
            "cause": self.cause,
            "then": self.then,
            "deadline_at": self.deadline_at,
            "wait_s": self.wait_s,
            "next_step": [self.next_step.label, self.next_step.action] if self.next_step else None,
            "act": self.act.value if self.act else None,
            "act_on": self.act_on,
            "words": self.words,
            "code": self.code,
            "log": [[line.at, line.level, line.text] for line in self.log],
            "changed_at": self.changed_at,
        }

    @classmethod
    def from_json(cls, node_id: str, data: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; keys of a newer Larry are ignored.

        Raises:
            KeyError, TypeError, ValueError: it is not a saved step.
        """
        button, act = data.get("next_step"), data.get("act")
        return cls(
            node_id=node_id,
            step=str(data["step"]),
            title=str(data.get("title", "")),
            state=StepStatus(data["state"]),
            headline=str(data.get("headline", "")),
            cause=str(data.get("cause", "")),
            then=str(data.get("then", "")),
            deadline_at=data.get("deadline_at"),
            wait_s=data.get("wait_s"),
            next_step=NextStep(str(button[0]), str(button[1])) if button else None,
            act=PhysicalAct(act) if act else None,
            act_on=str(data.get("act_on", "")),
            words=str(data.get("words", "")),
            code=str(data.get("code", "")),
            log=tuple(LogLine(str(at), level, str(text)) for at, level, text in data.get("log", ())),
            changed_at=str(data.get("changed_at", "")),
        )
