"""Faults between the network and the practice cloud."""

from __future__ import annotations

import asyncio

from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from larry.simulator.practice_cloud.api_error import ApiError
from larry.simulator.practice_cloud.cloud_faults import CloudFaults

_API = ("/v1", "/v2", "/practice/sites")
_SIGN_IN_PAGE = "<!doctype html><title>Guest network</title><h1>Sign in to the guest network</h1>"


class FaultMiddleware:
    """Applies `CloudFaults` to each request before (or instead of) the app."""

    def __init__(self, app: ASGIApp, faults: CloudFaults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._faults.offline:
            await _drop(scope, receive)
            return
        if self._faults.delay_s > 0:
            await asyncio.sleep(self._faults.delay_s)
        if self._faults.captive_portal:
            await HTMLResponse(_SIGN_IN_PAGE)(scope, receive, send)
            return
        if not scope["path"].startswith(_API):
            await self._app(scope, receive, send)
            return
        await self._api(scope, receive, send)

    async def _api(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._faults
        if faults.too_many_s is not None:
            headers = {"Retry-After": str(faults.too_many_s)}
            faults.too_many_s = None
            await JSONResponse({}, status_code=429, headers=headers)(scope, receive, send)
        elif faults.next_error is not None:
            error = ApiError(faults.next_error, status=faults.error_status)
            if not faults.error_stays:
                faults.next_error = faults.error_status = None
                faults.on_error_sent()
            await error.response(scope["path"])(scope, receive, send)
        elif faults.half_answer:
            faults.half_answer = False
            await self._half(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _half(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app do its work, then cut the connection in the middle of the answer."""
        dropped = asyncio.Event()

        async def cut(message: Message) -> None:
            if dropped.is_set():
                return
            if message["type"] == "http.response.body":
                dropped.set()
                body = message.get("body", b"")
                await send({"type": message["type"], "body": body[: len(body) // 2], "more_body": True})
            else:
                await send(message)

        await self._app(scope, receive, cut)
        await _drop(scope, receive)


async def _drop(scope: Scope, receive: Receive) -> None:
    """Cut the connection without (the rest of) an answer.

    `PracticeCloudServer` puts a function for that into the scope's state; without a server, in a test, the
    caller meets the same error that a cut connection raises.
    """
    drop = scope.get("state", {}).get("drop_connection")
    if drop is None:
        raise ConnectionResetError("the practice cloud is offline")
    drop()
    while (await receive())["type"] != "http.disconnect":
        pass
