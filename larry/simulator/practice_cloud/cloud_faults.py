"""What can go wrong with the practice cloud, switched from the control API or a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class CloudFaults:
    """Faults of the practice cloud; change an attribute and the next request meets it.

    Attributes:
        offline: every connection is dropped without an answer.
        delay_s: real seconds every answer is late.
        next_error: this published code is the answer to the next request of the API.
        error_status: HTTP status to send with it, for a code that has several; None: the first published.
        error_stays: `next_error` answers every request until it is taken away.
        on_error_sent: called when `next_error` was sent once and is used up.
        too_many_s: the next request is answered 429 with this Retry-After.
        captive_portal: every answer is a network's sign-in page (HTML, HTTP 200).
        half_answer: the connection is cut in the middle of the next answer, after the work was done.
        subscription_expired: every site counts as without valid subscription.
        settle_s: virtual seconds new things answer 403/2203 (sites, IQs) or 404/2202 (trees of new IQs).
    """

    offline: bool = False
    delay_s: float = 0.0
    next_error: int | None = None
    error_status: int | None = None
    error_stays: bool = False
    on_error_sent: Callable[[], None] = lambda: None
    too_many_s: int | None = None
    captive_portal: bool = False
    half_answer: bool = False
    subscription_expired: bool = False
    settle_s: float = 0.0
