"""How a step ends when it is not done: it stays open, with a cause and one next step."""

from __future__ import annotations

from larry.services.commission.step_state import NextStep


class StepOpenError(Exception):
    """Ends the run of a step; the job goes on with what does not need it.

    Args:
        headline: what happened, in one sentence.
        cause: why.
        next_step: the one button.
        code: for programs; kebab-case.
        words: key of `resources/commission.toml`, or "".
    """

    def __init__(
        self, headline: str, cause: str, next_step: NextStep | None, code: str, words: str = ""
    ) -> None:
        super().__init__(headline)
        self.headline = headline
        self.cause = cause
        self.next_step = next_step
        self.code = code
        self.words = words


class StepNotYetError(Exception):
    """Ends the run of a step that has nothing to stand on yet; it stays to do and asks nobody."""


class StepSkipError(Exception):
    """Ends the run of a step that is not needed here; the text says why."""
