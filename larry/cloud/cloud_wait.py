"""A wait of the client, for whoever shows progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class CloudWait:
    """The client is about to wait before it repeats a request.

    Attributes:
        reason: "settling" (a new thing is not known everywhere yet) or "busy" (the cloud asked to slow down).
        action: what is being done, for a person.
        next_try_s: seconds until the next try.
        deadline_s: seconds until the client gives up.
    """

    reason: Literal["settling", "busy"]
    action: str
    next_try_s: float
    deadline_s: float
