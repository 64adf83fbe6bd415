"""The sentences for everything that is not an answer of the cloud."""

from __future__ import annotations

import ssl

import httpx

from larry.cloud.host import CloudHost
from larry.errors import CloudUnreachableError

_MAY_HAVE_ARRIVED = " What was sent may have arrived: read it again before sending it again."
_KEPT = "Check this laptop's network and repeat; the plan and everything done so far are kept."


def transport_error(
    error: Exception, host: CloudHost, action: str, *, writes: bool, answer_s: float
) -> CloudUnreachableError:
    """Translate an exception of httpx or the operating system.

    Args:
        error: what was caught.
        host: where the request went.
        action: what did not happen, one sentence.
        writes: the request was meant to change something.
        answer_s: how long the answer was waited for.
    """
    name = "The practice cloud" if host.practice else host.origin.partition("//")[2]
    maybe = _MAY_HAVE_ARRIVED if writes else ""
    if isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout | TimeoutError):
        return CloudUnreachableError(
            action,
            why=f"{name} did not answer within {answer_s:g} s.",
            remedy="Wait a minute and repeat." + maybe,
        )
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError):
        return _no_connection(error, name, host, action)
    if isinstance(error, httpx.DecodingError | httpx.TooManyRedirects | httpx.InvalidURL):
        return foreign_answer(host, action)
    return CloudUnreachableError(
        action, why=f"{name} cut the connection before its answer was complete.", remedy=_KEPT + maybe
    )


def captive_portal(action: str) -> CloudUnreachableError:
    """Return the error for a web page where the cloud's answer should be."""
    return CloudUnreachableError(
        action,
        why="A web page came instead of the cloud's answer: this network asks for a sign-in first.",
        remedy="Open a browser, sign in to the network (hotel or guest Wi-Fi), then repeat.",
    )


def foreign_answer(host: CloudHost, action: str) -> CloudUnreachableError:
    """Return the error for an answer that no cloud of this kind gives."""
    return CloudUnreachableError(
        action,
        why=f"What answered at {host.origin} is not the cloud Larry knows.",
        remedy="Check the address of the cloud; behind a proxy, ask IT to let it through unchanged.",
    )


def cloud_in_trouble(action: str, status: int, *, writes: bool) -> CloudUnreachableError:
    """Return the error for an HTTP 5xx without a published code."""
    return CloudUnreachableError(
        action,
        why=f"The cloud has trouble of its own (HTTP {status}).",
        remedy="Wait 10 minutes and repeat." + (_MAY_HAVE_ARRIVED if writes else ""),
    )


def cloud_is_busy(action: str, wait_s: float) -> CloudUnreachableError:
    """Return the error for a cloud that asks to wait longer than the client may."""
    return CloudUnreachableError(
        action,
        why=f"The cloud has too many requests now and asks to wait {max(1, round(wait_s))} s.",
        remedy=f"Repeat in {max(1, round(wait_s))} s; nothing was changed.",
        code="HTTP 429",
    )


def _no_connection(error: Exception, name: str, host: CloudHost, action: str) -> CloudUnreachableError:
    if _has_cause(error, ssl.SSLError):
        return CloudUnreachableError(
            action,
            why=f"The secure connection to {name} was not accepted: this laptop's clock is wrong, "
            "or the network looks into the traffic.",
            remedy="Check date and time of this laptop, then try another network (for example a phone's).",
        )
    if host.practice:
        return CloudUnreachableError(
            action,
            why="No practice cloud answers on this computer.",
            remedy="Start the practice site, then repeat.",
        )
    return CloudUnreachableError(
        action,
        why=f"No connection to {name}: no internet here, or a firewall or proxy in between.",
        remedy=_KEPT,
    )


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        # anyio and httpcore carry the reason as cause, context, or only as text of the OpenSSL library.
        if isinstance(error, kind) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
