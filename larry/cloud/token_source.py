"""Where the bearer token comes from."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable

from larry.errors import InputError

TokenSource = Callable[[], "str | Awaitable[str]"]
"""Called for every request; answers the token, at once or awaited. Raises what it wants shown."""


async def read_token(source: TokenSource) -> str:
    """Ask the source.

    Raises:
        InputError: what it gave cannot be sent; the token itself is never part of the text.
    """
    answer = source()
    token = (await answer if inspect.isawaitable(answer) else answer).strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            "The sign-in to the cloud cannot be used.",
            why="The token is empty or has characters no token has.",
            remedy="Sign in again.",
        )
    return token
