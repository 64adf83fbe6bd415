"""Reading lists: a bare array, or pages with `items` and `next_page_link`."""

from __future__ import annotations

from typing import Any

from larry.cloud.connection import CloudConnection
from larry.cloud.unreachable import foreign_answer

_MOST_PAGES = 1000


async def read_list(connection: CloudConnection, url: str, action: str) -> list[Any]:
    """Return all items of a list, in the order the server gives them.

    Raises:
        CloudRefusedError: the cloud said no.
        CloudUnreachableError: no answer, or an answer that is no list, or pages that run in a circle.
    """
    items: list[Any] = []
    seen: set[str] = set()
    while True:
        answer = await connection.request("GET", url, action)
        seen.add(url)
        if isinstance(answer, list):
            return items + answer
        if not isinstance(answer, dict) or not isinstance(answer.get("items"), list):
            raise foreign_answer(connection.host, action)
        items += answer["items"]
        link = answer.get("next_page_link")
        if not link:
            return items
        url = connection.host.own_url(str(link), url)
        if url in seen or len(seen) >= _MOST_PAGES:
            raise foreign_answer(connection.host, action)
