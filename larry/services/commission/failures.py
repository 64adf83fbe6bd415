"""Errors of devices and cloud as open steps: what happened, why, and the one next step."""

from __future__ import annotations

from larry.errors import (
    CloudRefusedError,
    CloudUnreachableError,
    DeviceError,
    DeviceProtocolError,
    DeviceUnavailableError,
    DeviceUnsupportedError,
    LarryError,
)
from larry.services.commission.step_context import StepContext
from larry.services.commission.step_open import StepOpenError

UNREACHABLE_CODES = frozenset(
    {
        "unreachable",
        "out-of-range",
        "no-way",
        "link-lost",
        "cloud-offline",
        "iq-not-ready",
        "parent-not-attached",
    }
)
"""Codes of open steps that mean: nothing said no, nothing answered (or what it hangs on did not)."""


def open_for(context: StepContext, error: LarryError) -> StepOpenError:
    """Return the open step for an error."""
    key, code = _kind(error)
    problem = context.open(key, code=code, what=error.what, why=error.why, remedy=error.remedy)
    if error.code:
        problem.cause = f"{problem.cause} {error.code}".strip()
    return problem


def _kind(error: LarryError) -> tuple[str, str]:
    if isinstance(error, DeviceUnavailableError):
        return "no-way", "no-way"
    if isinstance(error, DeviceUnsupportedError | DeviceProtocolError):
        return "refused", "unsupported"
    if isinstance(error, DeviceError):
        return "unreachable", "unreachable"
    if isinstance(error, CloudUnreachableError):
        return "cloud-offline", "cloud-offline"
    if isinstance(error, CloudRefusedError):
        return "cloud-refused", f"cloud-{error.code}" if error.code else "cloud-refused"
    return "refused", error.code or "refused"
