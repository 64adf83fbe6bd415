"""A procedure: named steps in order, as data with a coroutine each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from larry.services.commission.step_context import StepContext

StepRunner = Callable[["StepContext"], Awaitable[str]]
"""Does one step and returns the log line of its success.

It reads the device's actual state first and does only what is missing, so that it can be run again after
any break. It ends by `StepOpenError` or `StepSkipError`, or by an error of the device and cloud families,
which the job turns into a retry, a wait or an open step.
"""


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step.

    Attributes:
        name: unique inside the procedure; kept in project files, never renamed.
        run: what it does.
        needs: steps of the same procedure that must be done before; what does not need an open step goes on.
    """

    name: str
    run: StepRunner
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """Named steps for one device."""

    name: str
    steps: tuple[StepSpec, ...]
