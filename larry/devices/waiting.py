"""Waits that cannot hang: each has a deadline and ends with the link."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from larry.errors import DeviceDisconnectedError, DeviceTimeoutError

_T = TypeVar("_T")


async def race(
    operation: Coroutine[Any, Any, _T], ended: asyncio.Event, *, timeout_s: float, device: str, doing: str
) -> _T:
    """Await an operation on a link.

    Args:
        operation: is cancelled when the wait ends without it.
        ended: set when the link is lost.
        timeout_s: the deadline.
        device: how the device is named in the error.
        doing: what is done, as it completes "while …".

    Raises:
        DeviceDisconnectedError: the link was lost first.
        DeviceTimeoutError: the deadline came first.
    """
    if ended.is_set():
        operation.close()
        raise disconnected(device, doing)
    task = asyncio.ensure_future(operation)
    loss = asyncio.ensure_future(ended.wait())
    try:
        await asyncio.wait({task, loss}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        if task.done() and not task.cancelled():
            return task.result()
        if ended.is_set() or task.cancelled():
            raise disconnected(device, doing)
        raise DeviceTimeoutError(
            f"{device} did not answer while {doing}.",
            why=f"No answer came within {timeout_s:g} s.",
            remedy="Move closer, check its power and batteries, and try again.",
        )
    finally:
        loss.cancel()
        if not task.done():
            task.cancel()
        await asyncio.gather(task, loss, return_exceptions=True)


def disconnected(device: str, doing: str) -> DeviceDisconnectedError:
    """Return the error for a link that was lost."""
    return DeviceDisconnectedError(
        f"The link to {device} was lost while {doing}.",
        why="The device moved out of range, was switched off, or closed the link.",
        remedy="Move closer, check its power, and try again.",
    )
