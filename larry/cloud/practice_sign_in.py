"""Signing in to the practice cloud: no secret, no browser."""

from __future__ import annotations

import httpx

from larry.cloud.connection import CloudConnection
from larry.cloud.host import CloudHost
from larry.cloud.timeouts import CloudTimeouts
from larry.cloud.unreachable import foreign_answer
from larry.errors import InputError


class PracticeSignIn:
    """A token source for `CloudClient` on the practice cloud; asks for the installer's token once.

    Raises:
        InputError: the address is not on this computer.
    """

    def __init__(self, base_url: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._host = CloudHost.from_url(base_url)
        self._transport = transport
        self._token: str | None = None
        if not self._host.practice:
            raise InputError(
                "The practice sign-in works only with the practice cloud of this computer.",
                why=f"{self._host.origin} is another host.",
                remedy="Sign in to that cloud with your installer account.",
            )

    async def __call__(self) -> str:
        """Return the token.

        Raises:
            CloudUnreachableError: the practice cloud does not answer.
        """
        if self._token is None:
            self._token = await self._ask()
        return self._token

    async def _ask(self) -> str:
        action = "No sign-in to the practice cloud."
        connection = CloudConnection(
            self._host,
            lambda: "",
            transport=self._transport,
            timeouts=CloudTimeouts(connect_s=5, answer_s=10),
        )
        try:
            url = self._host.url("/practice/token")
            answer = await connection.request("POST", url, action, body={"role": "installer"}, signed=False)
        finally:
            await connection.close()
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str):
            raise foreign_answer(self._host, action)
        return token
